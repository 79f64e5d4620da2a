/**
 * What an audience must hear of events: their form on the wire.
 *
 * @module
 */

import { Slice } from "../models/values.ts";
import type { Patches, PatchIndex, SliceIndex } from "../models/columns.ts";
import { BokehEvent } from "../models/events.ts";
import type { Origin } from "../models/host.ts";
import type { Model } from "../models/model.ts";
import { Serializer } from "../models/serializer.ts";
import type { WireBuffer } from "../protocol/message.ts";
import type { PatchEvent } from "../protocol/patch.ts";
import type { DocumentEvent } from "./events.ts";
import type { ModelSet } from "./model_set.ts";

/** Events as they go over the wire, with the binary data beside them. */
export interface EncodedEvents {
  /** The content of a PATCH-DOC. */
  readonly events: PatchEvent[];
  /** The buffers that it refers to. */
  readonly buffers: WireBuffer[];
}

/** Whom events are encoded for. */
export interface Audience {
  /** The client: what it caused itself is left out. Undefined for those that caused nothing. */
  readonly for: Origin | undefined;
  /** Whether it is the document's server, which also hears of the attributes that only clients set. None by default. */
  readonly isServer?: boolean;
}

/**
 * Encodes events for an audience. Encoding the same events again, for the same audience or another, is always right:
 * what an audience knows depends on the number of the first event alone.
 *
 * @param events Successive events of a document, which has not changed since the last of them.
 * @param audience Whom they are for.
 * @param models The models of the document.
 */
export function encodeEvents(
  events: readonly DocumentEvent[],
  { for: audience, isServer = false }: Audience,
  models: ModelSet,
): EncodedEvents {
  models.sweep();
  const known = models.knownBefore(events[0]?.seq ?? 0, audience);
  const serializer = new Serializer({ known });
  const encoded: PatchEvent[] = [];
  for (const event of events) {
    if (event.origin !== undefined && event.origin === audience) continue;
    if (isOfModel(event) && !(isNews(event.model, models, serializer) && (isServer || isForClients(event)))) continue;
    const patch = encodeEvent(event, serializer);
    if (patch !== undefined) encoded.push(patch);
  }
  return { events: encoded, buffers: serializer.buffers };
}

type ModelEvent = Extract<DocumentEvent, { attr: string }>;

function isOfModel(event: DocumentEvent): event is ModelEvent {
  return "attr" in event;
}

/**
 * A model that has left needs no news, and one that is written in full among these events is written as it is after the
 * last of them: rows that were streamed to it are in it already.
 */
function isNews(model: Model, models: ModelSet, serializer: Serializer): boolean {
  return models.has(model) && !serializer.written.has(model);
}

/** Servers keep to themselves what only clients set, as the content of files that were chosen. */
function isForClients({ model, attr }: ModelEvent): boolean {
  return model.spec.property(attr)?.serialized !== false;
}

function encodeEvent(event: DocumentEvent, serializer: Serializer): PatchEvent | undefined {
  switch (event.kind) {
    case "ModelChanged": {
      const { kind, model, attr } = event;
      return { kind, model: { id: model.id }, attr, new: serializer.encode(model.wireValue(attr, event.new)) };
    }
    case "ColumnDataChanged": {
      const { kind, model, attr, data, cols } = event;
      return { kind, model: { id: model.id }, attr, data: serializer.encode(data), cols: cols && [...cols] };
    }
    case "ColumnsStreamed": {
      const { kind, model, attr, data, rollover } = event;
      return { kind, model: { id: model.id }, attr, data: serializer.encode(data), rollover };
    }
    case "ColumnsPatched": {
      const { kind, model, attr, patches } = event;
      return { kind, model: { id: model.id }, attr, patches: serializer.encode(wirePatches(patches)) };
    }
    case "TitleChanged":
      return { kind: event.kind, title: event.title };
    case "RootAdded":
      return { kind: event.kind, model: serializer.encode(event.model) };
    case "RootRemoved":
      return { kind: event.kind, model: { id: event.model.id } };
    case "MessageSent":
      return { kind: event.kind, msg_type: event.msg_type, msg_data: encodeMessage(event.msg_data, serializer) };
    case "SessionCallbackAdded":
    case "SessionCallbackRemoved":
      return undefined;
  }
}

function encodeMessage(data: unknown, serializer: Serializer): unknown {
  if (!(data instanceof BokehEvent)) return serializer.encode(data);
  return { type: "event", name: data.event_name, values: serializer.encode(data.event_values()) };
}

/** Patches whose slices are written as slices. */
function wirePatches(patches: Patches): Map<string, unknown[]> {
  return new Map(
    Object.entries(patches).map(([name, list]) => [name, list.map(([index, value]) => [wireIndex(index), value])]),
  );
}

function wireIndex(index: PatchIndex): unknown {
  if (typeof index === "number") return index;
  if (isList(index)) return index.map(wireIndex);
  return index instanceof Slice ? index : new Slice(index);
}

function isList(index: PatchIndex): index is readonly (number | SliceIndex)[] {
  return Array.isArray(index);
}
