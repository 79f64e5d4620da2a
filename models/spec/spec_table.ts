/**
 * The generated table of classes and property types.
 *
 * It is imported as text with a row in each line. Most servers use few classes, so that their rows
 * are parsed at first use. The type of a JSON module would cost type checkers more time than the
 * types of all models.
 *
 * @module
 */

import text from "../gen/spec.jsonl" with { type: "text" };

const [types = "", models = ""] = text.split("\n\n");

/** The generated table: the rows of property types, and the rows of classes as JSON texts. */
export const specTable: { readonly types: readonly unknown[]; readonly models: readonly string[] } = {
  types: JSON.parse(`[${types.replaceAll("\n", ",")}]`),
  models: models.trimEnd().split("\n"),
};
