/**
 * How notebooks display models.
 *
 * @module
 */

import { packageModule } from "../../common/package_module.ts";
import type { ModelLike } from "./model_like.ts";

/** The representations of a value by media type, as Jupyter expects them. */
export type MimeBundle = Record<string, unknown>;

/**
 * The module that makes the representations. It is loaded in notebooks only, and serializes models
 * with layers above this one.
 */
const RENDERER = "io/display";

/** The method by which Jupyter kernels of Deno display a model, for `Model.prototype`. */
export const displayMethods: object = {
  async [Symbol.for("Jupyter.display")](this: ModelLike): Promise<MimeBundle> {
    const { displayModel } = await import(packageModule(RENDERER));
    return await displayModel(this);
  },
};
