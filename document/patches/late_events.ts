/**
 * Distinguishes late changes from invalid ones: a client may change a model that the server removes
 * at the same time.
 *
 * @module
 */

import { IdMap } from "../../protocol/hash_flooding.ts";
import type { PatchEvent } from "../../protocol/patch.ts";

/**
 * Returns the events of a patch without those that change removed models. Events that change a
 * removed model are kept if the patch itself contains that model in full.
 *
 * @param events The events of the patch.
 * @param wasRemoved Returns whether the model with an id was removed from the document.
 */
export function withoutLateEvents(
  events: readonly PatchEvent[],
  wasRemoved: (id: string) => boolean,
): readonly PatchEvent[] {
  const late = events.filter((event) => "model" in event && refersTo(event.model, wasRemoved));
  if (late.length === 0) return events;
  const renewed = new IdMap<true>();
  walk(events, (value) => {
    if (isFullModel(value)) renewed.set(value.id, true);
  });
  const isLate = (id: string) => wasRemoved(id) && !renewed.has(id);
  return events.filter((event) => !("model" in event && refersTo(event.model, isLate)));
}

/** Returns whether a representation contains a reference to a removed model. */
export function mentionsRemovedModel(rep: unknown, wasRemoved: (id: string) => boolean): boolean {
  let found = false;
  walk(rep, (value) => found ||= refersTo(value, wasRemoved));
  return found;
}

function refersTo(value: unknown, test: (id: string) => boolean): boolean {
  return typeof value === "object" && value !== null && !isFullModel(value) && "id" in value &&
    typeof value.id === "string" && test(value.id);
}

function isFullModel(value: object): value is { type: "object"; id: string } {
  return "type" in value && value.type === "object" && "id" in value && typeof value.id === "string";
}

/**
 * Visits all objects inside of a value. It does not recurse, because the depth of the value has no
 * limit.
 */
function walk(root: unknown, visit: (value: object) => void): void {
  const open = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== "object" || value === null) continue;
    visit(value);
    for (const item of Object.values(value)) {
      if (typeof item === "object") open.push(item);
    }
  }
}
