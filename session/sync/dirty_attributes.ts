import type { PatchEvent } from "../../protocol/patch.ts";

/**
 * Values that clients were not told of because they lag behind. Only that they are old is remembered: what counts is the
 * value at the time when the client can take it, so a thousand changes and streams cost no more than one.
 */
export class StaleValues {
  #values: Map<object, Map<string, Set<string>>> | undefined;

  /** Takes an event in its place; answers false for one that has to be sent itself. */
  add(client: object, event: PatchEvent): boolean {
    if (!("attr" in event) || introducesModels(event)) return false;
    const values = this.#values ??= new Map();
    let models = values.get(client);
    if (!models) values.set(client, models = new Map());
    const attrs = models.get(event.model.id);
    if (attrs) attrs.add(event.attr);
    else models.set(event.model.id, new Set([event.attr]));
    return true;
  }

  /** What a client was not told of: pairs of model id and attribute. They are forgotten. */
  take(client: object): [modelId: string, attr: string][] {
    const models = this.#values?.get(client);
    this.#values?.delete(client);
    return [...models ?? []].flatMap(([id, attrs]) => [...attrs].map((attr): [string, string] => [id, attr]));
  }
}

// a model is written in full once, and what comes later only names it
function introducesModels(event: PatchEvent): boolean {
  return JSON.stringify(event).includes('"type":"object"');
}
