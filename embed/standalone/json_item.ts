/**
 * Embedding a model as JSON.
 *
 * @module
 */

import type { Model } from "../../models/base/model.ts";
import type { DocJson } from "../../protocol/message.ts";
import { standalone, type StandaloneOptions } from "./standalone.ts";

/** The argument of BokehJS's `Bokeh.embed.embed_item`. */
export interface JsonItem {
  /** Id of the element in which the model is shown; null if the page passes it to `embed_item`. */
  readonly target_id: string | null;
  /** Id of the model. */
  readonly root_id: string;
  /** A document with the model as its root. */
  readonly doc: DocJson;
  /** Version of Bokeh, as `3.10.0`. */
  readonly version: string;
}

/**
 * Returns a model as JSON for BokehJS's `Bokeh.embed.embed_item`. A page can fetch the JSON from a
 * server of any kind.
 *
 * @param target Id of the element in which the model is shown. The default is null: the page passes
 * it to `embed_item`.
 * @throws {RangeError} If the theme is not the name of a theme.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { jsonItem } from "@bokeh/server/embed";
 * import { Div } from "@bokeh/server/models";
 *
 * assertEquals(jsonItem(new Div({ text: "Hello" }), "here").target_id, "here");
 * ```
 */
export function jsonItem(model: Model, target: string | null = null, options: StandaloneOptions = {}): JsonItem {
  const { json } = standalone(model, options);
  return { target_id: target, root_id: model.id, doc: { ...json, title: "" }, version: json.version };
}
