/**
 * Standard output and standard error. Lines of the console reach a collector of OpenTelemetry, where one is set up.
 *
 * @module
 */

/** Prints a text, with a line's end. */
export function printLine(text: string): void {
  console.log(text);
}

/** Prints a text on standard error, with a line's end. */
export function printError(text: string): void {
  console.error(text);
}
