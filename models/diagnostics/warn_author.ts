/**
 * Tells the author of an application of what is probably not meant.
 *
 * @module
 */

/**
 * Logs a warning. The logger is loaded when there is one: it would take a fifth of the time in which all models load.
 *
 * @param room Whose warning it is: the last part of the logger's category.
 * @param message The warning.
 */
export function warnAuthor(room: "models" | "plotting", message: string): void {
  // braces would be placeholders
  void import("@logtape/logtape").then(({ getLogger }) => getLogger(["bokeh", room]).warn("{message}", { message }));
}
