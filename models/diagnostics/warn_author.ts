/**
 * Warnings for authors of applications.
 *
 * @module
 */

/**
 * Logs a warning about a probable mistake in an application.
 *
 * The logger is imported at the first warning, since importing it takes a fifth of the time of
 * importing all models.
 *
 * @param layer The layer that warns, which is the last part of the category of the log line.
 * @param message The warning.
 */
export function warnAuthor(layer: "models" | "plotting", message: string): void {
  // A message is passed as a property, because braces in a template are placeholders.
  void import("@logtape/logtape").then(({ getLogger }) => getLogger(["bokeh", layer]).warn("{message}", { message }));
}
