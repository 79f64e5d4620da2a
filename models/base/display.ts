/**
 * How notebooks display models.
 *
 * @module
 */

import type { ModelLike } from "./model_like.ts";

/** The representations of a value by media type, as Jupyter expects them. */
export type MimeBundle = Record<string, unknown>;

/**
 * The module that makes the representations. It is loaded in notebooks only, and serializes models
 * with layers above this one.
 */
const RENDERER = new URL("../../io/display.ts", import.meta.url).href;

/** The method by which Jupyter kernels of Deno display a model, for `Model.prototype`. */
export const displayMethods: object = {
  async [Symbol.for("Jupyter.display")](this: ModelLike): Promise<MimeBundle> {
    const { displayModel } = await import(RENDERER);
    return await displayModel(this);
  },
};
