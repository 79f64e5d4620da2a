/**
 * Brings a document to what its server says it is, without letting go of the models that others
 * hold in their hands.
 *
 * @module
 */

import type { Document } from "./document.ts";
import type { DocumentSync } from "./document_sync.ts";
import type { ChangeSource } from "../models/base/host.ts";
import type { Model } from "../models/base/model.ts";
import type { DocJson } from "../protocol/message.ts";
import type { PatchEvent } from "../protocol/patch.ts";

/** A whole document as it came. */
export interface ReceivedDocument {
  doc: DocJson;
  buffers: ReadonlyMap<string, Uint8Array>;
}

/** A model as it is written where it first appears. */
interface ModelRep {
  type: "object";
  name: string;
  id: string;
  attributes?: Record<string, unknown>;
}

/**
 * Makes a document equal to one that came. Models that both have stay the same objects, with their
 * callbacks; only where an id now stands for a model of another class, everything is replaced.
 *
 * @throws {PatchError} Where what came is wrong; then nothing was changed.
 */
export function applyDifference(
  sync: DocumentSync,
  { doc, buffers }: ReceivedDocument,
  changeSource: ChangeSource,
): void {
  const difference = new Difference(sync.document);
  const events = difference.events(doc);
  if (difference.isHopeless) sync.replaceWith(doc, buffers, changeSource);
  else sync.applyPatch(events, buffers, changeSource);
}

/** Writes the way from one state of a document to another as a patch. */
class Difference {
  /** Whether an id has come to stand for a model of another class. */
  isHopeless = false;
  readonly #document: Document;
  readonly #changes: PatchEvent[] = [];
  /** Models that are not here yet, and are not written out yet. */
  readonly #fresh = new Map<string, ModelRep>();

  constructor(document: Document) {
    this.#document = document;
  }

  events(doc: DocJson): PatchEvent[] {
    const roots = doc.roots.map((root) => this.#reduced(root));
    this.#reduced(doc.config);
    const before = this.#document.roots.map((root) => root.id);
    if (before.join() !== roots.map(idOf).join()) {
      for (const id of before) this.#changes.push({ kind: "RootRemoved", model: { id } });
      for (const model of roots) this.#changes.push({ kind: "RootAdded", model });
    }
    this.#changes.push({ kind: "TitleChanged", title: doc.title });
    return this.#changes.map((event) => this.#writtenOut(event) as PatchEvent);
  }

  /**
   * A value in which models are named only: what differs in those that are here is noted, others
   * are put aside.
   */
  #reduced(rep: unknown): unknown {
    if (typeof rep !== "object" || rep === null) return rep;
    if (Array.isArray(rep)) return rep.map((item) => this.#reduced(item));
    if (isModelRep(rep)) {
      const model = this.#document.get_model_by_id(rep.id);
      if (model !== null) return this.#noted(model, rep);
      this.#fresh.set(rep.id, { ...rep, attributes: mapValues(rep.attributes ?? {}, (value) => this.#reduced(value)) });
      return { id: rep.id };
    }
    return mapValues(rep, (value) => this.#reduced(value));
  }

  /**
   * A value in which the models that were put aside are written in full where they first appear.
   */
  #writtenOut(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.#writtenOut(item));
    if ("type" in value && value.type === "bytes") return value; // what has an id there is a buffer
    const id = idOf(value);
    const fresh = typeof id === "string" ? this.#fresh.get(id) : undefined;
    if (fresh === undefined) return mapValues(value, (item) => this.#writtenOut(item));
    this.#fresh.delete(fresh.id);
    return { ...fresh, attributes: this.#writtenOut(fresh.attributes) };
  }

  #noted(model: Model, { id, name, attributes = {} }: ModelRep): { id: string } {
    if (model.type !== name) this.isHopeless = true;
    const own = model.serializableAttributes().map(([attr]) => attr).filter((attr) => !Object.hasOwn(attributes, attr));
    for (const attr of own) {
      const property = model.spec.property(attr);
      // a default that is a model is made by the server too, and is written with the rest
      if (property === undefined || property.required || property.unstable) continue;
      this.#changes.push({ kind: "ModelChanged", model: { id }, attr, new: property.defaultRep });
    }
    for (const [attr, value] of Object.entries(attributes)) {
      this.#changes.push({ kind: "ModelChanged", model: { id }, attr, new: this.#reduced(value) });
    }
    return { id };
  }
}

function isModelRep(rep: object): rep is ModelRep {
  return "type" in rep && rep.type === "object" && "id" in rep && typeof rep.id === "string" && "name" in rep;
}

function mapValues(rep: object, fn: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(rep).map(([key, value]) => [key, fn(value)]));
}

function idOf(rep: unknown): unknown {
  return typeof rep === "object" && rep !== null && "id" in rep ? rep.id : undefined;
}
