/**
 * The generated table of classes and kinds. It is read as text: the type of a JSON module would cost the type checker more
 * than all models.
 *
 * @module
 */

import text from "./gen/spec.json" with { type: "text" };

/** The generated table, whose rows are read where they are used. */
export const specTable: { readonly models: readonly unknown[]; readonly kinds: readonly unknown[] } = JSON.parse(text);
