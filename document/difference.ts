/**
 * Makes a document equal to a document that was received, and keeps the model objects of the
 * application.
 *
 * @module
 */

import type { Document } from "./document.ts";
import type { DocumentSync } from "./document_sync.ts";
import type { ChangeSource } from "../models/base/host.ts";
import type { Model } from "../models/base/model.ts";
import type { DocJson } from "../protocol/message.ts";
import type { PatchEvent } from "../protocol/patch.ts";
import { isModelRep, type ModelRep } from "./wire/model_rep.ts";

/** The content of a `PULL-DOC-REPLY` message. */
export interface ReceivedDocument {
  /** The JSON form of the document. */
  doc: DocJson;
  /** The binary data of the document, by id. */
  buffers: ReadonlyMap<string, Uint8Array>;
}

/**
 * Makes a document equal to a received one, by applying the difference as a patch. Models with ids
 * that both documents have stay the same objects and keep their callbacks. If such a model has
 * another class now, the whole document is replaced instead.
 *
 * @param sync The document to change.
 * @param received The other document.
 * @param changeSource The server that sent it.
 * @param keeps Returns whether this document keeps its own value of an attribute. By default it
 * keeps none.
 * @throws {PatchError} If the received document is invalid. Then nothing is changed.
 */
export function applyDifference(
  sync: DocumentSync,
  { doc, buffers }: ReceivedDocument,
  changeSource: ChangeSource,
  keeps: (model: Model, attr: string) => boolean = () => false,
): void {
  const difference = new Difference(sync.document, keeps);
  // A theme is not part of the difference: what it sets is not set by the models.
  const { events, callbacks } = sync.withTheme(null, () => difference.with(doc));
  if (difference.mustReplaceAll) return sync.replaceWith(doc, buffers, changeSource);
  sync.applyPatch(events, buffers, changeSource);
  if (sync.jsCallbackCount > 0 || doc.callbacks !== undefined) {
    sync.replaceJsCallbacks(callbacks, buffers, changeSource);
  }
}

/** Computes the patch that makes a document equal to another one. */
class Difference {
  /** Whether a model has another class in the other document, which a patch cannot express. */
  mustReplaceAll = false;
  readonly #document: Document;
  readonly #changes: PatchEvent[] = [];
  /** Models that only the other document has, by id, until they are written in full. */
  readonly #newModels = new Map<string, ModelRep>();

  readonly #keeps: (model: Model, attr: string) => boolean;

  constructor(document: Document, keeps: (model: Model, attr: string) => boolean) {
    this.#document = document;
    this.#keeps = keeps;
  }

  /** Returns the events of the patch, and the JavaScript callbacks of the other document. */
  with(doc: DocJson): { events: PatchEvent[]; callbacks: DocJson["callbacks"] } {
    const roots = doc.roots.map((root) => this.#asReferences(root));
    this.#asReferences(doc.config);
    const callbacks = this.#asReferences(doc.callbacks);
    const before = this.#document.roots.map((root) => root.id);
    if (before.join() !== roots.map(idOf).join()) {
      for (const id of before) this.#changes.push({ kind: "RootRemoved", model: { id } });
      for (const model of roots) this.#changes.push({ kind: "RootAdded", model });
    }
    this.#changes.push({ kind: "TitleChanged", title: doc.title });
    const events = this.#changes.map((event) => this.#inFull(event) as PatchEvent);
    return { events, callbacks: this.#inFull(callbacks) as DocJson["callbacks"] };
  }

  /**
   * Returns a value with references in place of models in full. Adds changes for the models that
   * this document has, and collects the others.
   */
  #asReferences(rep: unknown): unknown {
    if (typeof rep !== "object" || rep === null) return rep;
    if (Array.isArray(rep)) return rep.map((item) => this.#asReferences(item));
    if (isModelRep(rep)) {
      const model = this.#document.get_model_by_id(rep.id);
      if (model !== null) return this.#compare(model, rep);
      this.#newModels.set(rep.id, {
        ...rep,
        attributes: mapValues(rep.attributes ?? {}, (value) => this.#asReferences(value)),
      });
      return { id: rep.id };
    }
    return mapValues(rep, (value) => this.#asReferences(value));
  }

  /** Returns a value in which each collected model is in full at its first occurrence. */
  #inFull(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.#inFull(item));
    if ("type" in value && value.type === "bytes") return value; // its id is that of a buffer
    const id = idOf(value);
    const newModel = typeof id === "string" ? this.#newModels.get(id) : undefined;
    if (newModel === undefined) return mapValues(value, (item) => this.#inFull(item));
    this.#newModels.delete(newModel.id);
    return { ...newModel, attributes: this.#inFull(newModel.attributes) };
  }

  /** Adds the changes of a model that both documents have, and returns a reference to it. */
  #compare(model: Model, { id, name, attributes = {} }: ModelRep): { id: string } {
    if (model.type !== name) this.mustReplaceAll = true;
    const ownAttrs = model.serializableAttributes().map(([attr]) => attr).filter((attr) =>
      !Object.hasOwn(attributes, attr)
    );
    for (const attr of ownAttrs) {
      const property = model.spec.property(attr);
      // The default value of an `unstable` property is a model, which the received document
      // contains.
      if (property === undefined || property.required || property.unstable || this.#keeps(model, attr)) continue;
      this.#changes.push({ kind: "ModelChanged", model: { id }, attr, new: property.defaultRep });
    }
    for (const [attr, value] of Object.entries(attributes)) {
      const received = this.#asReferences(value); // also if it is kept: later values may refer to its models
      if (!this.#keeps(model, attr)) this.#changes.push({ kind: "ModelChanged", model: { id }, attr, new: received });
    }
    return { id };
  }
}

function mapValues(rep: object, fn: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(rep).map(([key, value]) => [key, fn(value)]));
}

function idOf(rep: unknown): unknown {
  return typeof rep === "object" && rep !== null && "id" in rep ? rep.id : undefined;
}
