import type { PatchEvent } from "../../protocol/patch.ts";

/**
 * Attributes that have changed and whose new values were not sent to clients that lag behind. Only
 * their names are kept, not the values: when the client has caught up it is sent the current
 * values, so that a thousand changes of an attribute cost as much as one.
 */
export class DirtyAttributes {
  #byClient: Map<object, Map<string, Set<string>>> | undefined;

  /**
   * Marks the attribute of an event as changed, in place of sending the event.
   *
   * @param writesModels Whether the patch that the event belongs to writes models in full.
   * @returns False if the event must be sent: it changes no attribute, or it writes a model in
   * full, which later events only refer to.
   */
  add(client: object, event: PatchEvent, writesModels: boolean): boolean {
    if (!("attr" in event) || writesModels && holdsModel(event)) return false;
    const byClient = this.#byClient ??= new Map();
    let models = byClient.get(client);
    if (!models) byClient.set(client, models = new Map());
    const attrs = models.get(event.model.id);
    if (attrs) attrs.add(event.attr);
    else models.set(event.model.id, new Set([event.attr]));
    return true;
  }

  /** Removes and returns the attributes of a client, as pairs of model id and attribute name. */
  take(client: object): [modelId: string, attr: string][] {
    const models = this.#byClient?.get(client);
    this.#byClient?.delete(client);
    return [...models ?? []].flatMap(([id, attrs]) => [...attrs].map((attr): [string, string] => [id, attr]));
  }
}

/**
 * Returns whether an encoded event holds a model that is written in full, `{"type": "object", …}`.
 */
function holdsModel(event: PatchEvent): boolean {
  const open: unknown[] = [event];
  while (open.length > 0) { // not recursive: the depth of a value is not limited
    const value = open.pop();
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) continue;
    if ("type" in value && value.type === "object") return true;
    for (const item of Object.values(value)) open.push(item);
  }
  return false;
}
