/**
 * Standard output.
 *
 * @module
 */

/** Prints a text, with a line's end. */
export function printLine(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(text + "\n"));
}

/** Prints a text on standard error, with a line's end. */
export function printError(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(text + "\n"));
}
