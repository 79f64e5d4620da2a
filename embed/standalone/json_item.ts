import type { Model } from "../../models/base/model.ts";
import type { DocJson } from "../../protocol/message.ts";
import { standalone, type StandaloneOptions } from "./standalone.ts";

/** What `Bokeh.embed.embed_item` takes. */
export interface JsonItem {
  /** Id of the element to show the model in; null where the page says it. */
  readonly target_id: string | null;
  /** Id of the model. */
  readonly root_id: string;
  /** The document that holds it. */
  readonly doc: DocJson;
  /** Version of Bokeh. */
  readonly version: string;
}

/**
 * A model as JSON for `Bokeh.embed.embed_item`.
 *
 * @param target Id of the element to show it in.
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
