/**
 * The generated table of classes and kinds. It is read as text, a row a line: most servers use few of them, and the
 * type of a JSON module would cost the type checker more than all models.
 *
 * @module
 */

import text from "../gen/spec.jsonl" with { type: "text" };

const [types = "", models = ""] = text.split("\n\n");

/** The generated table: kinds, and rows of JSON for the models, each to be read when it is first used. */
export const specTable: { readonly types: readonly unknown[]; readonly models: readonly string[] } = {
  types: JSON.parse(`[${types.replaceAll("\n", ",")}]`),
  models: models.trimEnd().split("\n"),
};
