/**
 * Encodes the events of a document as patches.
 *
 * @module
 */

import { Slice } from "../../models/values/values.ts";
import { isTypedArray, type Patches, type PatchIndex, type SliceIndex } from "../../models/columns/columns.ts";
import { BokehEvent } from "../../models/events.ts";
import type { ChangeSource } from "../../models/base/host.ts";
import type { Model } from "../../models/base/model.ts";
import { Serializer, type SerializerOptions } from "../../models/wire/serializer.ts";
import type { WireBuffer } from "../../protocol/message.ts";
import type { ModelRef, PatchEvent } from "../../protocol/patch.ts";
import type { DocumentEvent } from "../events/events.ts";
import type { ModelSet } from "../models/model_set.ts";

/** Encoded events with their binary data. */
export interface EncodedEvents {
  /** The events, the content of a `PATCH-DOC` message. */
  readonly events: PatchEvent[];
  /** The buffers that the events refer to. */
  readonly buffers: WireBuffer[];
  /** The models that the events contain in full. */
  readonly models: ReadonlySet<Model>;
}

/** The receivers of encoded events. */
export interface Audience {
  /** The clients. A model is written as a reference if each of them has it. */
  readonly clients: readonly ChangeSource[];
  /**
   * The only client, if the events that it caused or that its snapshot contains are to be omitted.
   */
  readonly for?: ChangeSource | undefined;
  /**
   * Whether the clients may have removed models that they had, so that all models are written in
   * full.
   *
   * @default {false}
   */
  readonly inFull?: boolean;
  /**
   * Whether the receiver is the document's server, which also receives the attributes that only
   * clients set.
   *
   * @default {false}
   */
  readonly isServer?: boolean;
  /** Whether all of the clients accept definitions of model classes in patches. @default {false} */
  readonly decodesDefinitions?: boolean;
  /** See `SerializerOptions.inlineBytes`. @default {0} */
  readonly inlineBytes?: number;
  /** See `SerializerOptions.omits`. */
  readonly omits?: ((model: Model, attr: string) => boolean) | undefined;
}

/**
 * Encodes events for an audience. Does not record that the audience has the written models, because
 * the result may not be sent.
 *
 * @param events Consecutive events of a document, which has not changed since the last of them.
 * @param audience The receivers.
 * @param models The models of the document.
 */
export function encodeEvents(
  events: readonly DocumentEvent[],
  { clients, for: client, inFull = false, isServer = false, decodesDefinitions = false, inlineBytes = 0, omits }:
    Audience,
  models: ModelSet,
): EncodedEvents {
  models.sweep();
  const serializer = new Serializer({
    known: { has: (model: Model) => !inFull && models.isKnownTo(model, clients) },
    acceptsIncomplete: true, // An event can contain a model that a later event has removed.
    inlineBytes,
    omits: omits as SerializerOptions["omits"],
  });
  const snapshotSeq = client === undefined ? 0 : models.seqOfSnapshot(client);
  const encoded: PatchEvent[] = [];
  /** Data sources whose columns an earlier event contains completely, with their current values. */
  const written = new Set<Model>();
  for (const event of events) {
    const isWhole = "isWhole" in event && event.isWhole;
    // The client has its own changes, unless BokehJS computes other columns from them.
    if (client !== undefined && event.changeSource === client && (isServer || !isWhole)) continue;
    if (event.kind === "MessageSent" && event.recipient !== undefined && event.recipient !== client) continue;
    // A snapshot contains the changes before it, but no messages.
    if (event.seq <= snapshotSeq && event.kind !== "MessageSent") continue;
    if (isOfModel(event)) {
      if (!isNeeded(event.model, models, serializer)) continue;
      if (!isServer && !isForClients(event, models)) continue;
      if (event.attr === "data" && written.has(event.model)) continue;
      if (isWhole) written.add(event.model);
    }
    const patch = isOfModel(event) && models.isNewTo(event.model, clients)
      ? introduce(event, serializer)
      : encodeEvent(event, serializer);
    if (patch !== undefined) encoded.push(patch);
  }
  const modelsInFull = serializer.written as Set<Model>;
  const defs = decodesDefinitions ? models.definitionsFor(modelsInFull, clients) : [];
  // BokehJS decodes events in order, including all fields, and defines the classes of `defs` when
  // it finds them.
  if (defs.length > 0 && encoded[0] !== undefined) encoded[0] = { defs, ...encoded[0] };
  return { events: encoded, buffers: serializer.buffers, models: modelsInFull };
}

type ModelEvent = Extract<DocumentEvent, { attr: string }>;

function isOfModel(event: DocumentEvent): event is ModelEvent {
  return "attr" in event;
}

/**
 * Returns whether the change of a model must be sent. It need not be if the model was removed, or
 * if an earlier event contains the model in full: the model was written with its current values,
 * streamed rows included.
 */
function isNeeded(model: Model, models: ModelSet, serializer: Serializer): boolean {
  return models.has(model) && !serializer.written.has(model);
}

/**
 * Returns whether a change is sent to clients. Attributes that only clients set, such as the
 * content of uploaded files, and models that clients cannot find, are not.
 */
function isForClients({ model, attr }: ModelEvent, models: ModelSet): boolean {
  return model.spec.property(attr)?.serialized !== false && !models.isHidden(model);
}

/**
 * Encodes the changed model in full, including new rows, because a later event of the patch will
 * refer to it.
 */
function introduce({ model, attr }: ModelEvent, serializer: Serializer): PatchEvent {
  const target = serializer.encode(model) as ModelRef;
  return {
    kind: "ModelChanged",
    model: target,
    attr,
    new: serializer.encode(model.wireValue(attr, model.rawValue(attr))),
  };
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
      if (event.isWhole) return encodeColumns(event, serializer);
      return { kind, model: { id: model.id }, attr, data: serializer.encode(data), rollover };
    }
    case "ColumnsPatched": {
      const { kind, model, attr, patches } = event;
      if (event.isWhole) return encodeColumns(event, serializer);
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

/**
 * Encodes all columns with their current values. Later changes of them in the patch are omitted.
 */
function encodeColumns({ model, attr }: ModelEvent, serializer: Serializer): PatchEvent {
  const data = serializer.encode(model.rawValue(attr));
  return { kind: "ColumnDataChanged", model: { id: model.id }, attr, data, cols: null };
}

function encodeMessage(data: unknown, serializer: Serializer): unknown {
  if (!(data instanceof BokehEvent)) return serializer.encode(data);
  return { type: "event", name: data.event_name, values: serializer.encode(data.event_values()) };
}

/**
 * Returns patches in their wire form: slices as slices, and values inside rows as flat lists, which
 * BokehJS reads one by one.
 */
function wirePatches(patches: Patches): Map<string, unknown[]> {
  return new Map(
    Object.entries(patches).map(([name, list]) => [
      name,
      list.map(([index, value]) => [wireIndex(index), isList(index) ? wireValues(value) : value]),
    ]),
  );
}

function wireValues(value: unknown): unknown {
  if (isTypedArray(value)) return value;
  return Array.isArray(value) ? value.flat(Infinity) : [value];
}

function wireIndex(index: PatchIndex): unknown {
  if (typeof index === "number") return index;
  if (isList(index)) return index.map(wireIndex);
  return index instanceof Slice ? index : new Slice(index);
}

function isList(index: PatchIndex): index is readonly (number | SliceIndex)[] {
  return Array.isArray(index);
}
