/**
 * Printing to standard output and standard error. The console is used because Deno exports its
 * lines to OpenTelemetry.
 *
 * @module
 */

/** Prints `text` and a line break to standard output. */
export function printLine(text: string): void {
  console.log(text);
}

/** Prints `text` and a line break to standard error. */
export function printError(text: string): void {
  console.error(text);
}

/** Writes bytes to standard output. */
export async function printBytes(bytes: Uint8Array): Promise<void> {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await Deno.stdout.write(rest));
}
