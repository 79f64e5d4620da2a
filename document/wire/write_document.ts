/**
 * Serializes documents.
 *
 * @module
 */

import type { Model } from "../../models/base/model.ts";
import { Serializer, type SerializerOptions } from "../../models/wire/serializer.ts";
import type { DocJson, WireBuffer } from "../../protocol/message.ts";
import { BOKEH_VERSION } from "../../protocol/version.ts";
import { DocumentClasses } from "../models/document_classes.ts";

/** The parts of a document to serialize. */
export interface WritableDocument {
  /** Version of the BokehJS that shows the document. @default {BOKEH_VERSION} */
  readonly version?: string;
  /** The title. */
  readonly title: string;
  /** The configuration. */
  readonly config: Model;
  /** The roots, in order. */
  readonly roots: readonly Model[];
  /** The JavaScript callbacks, by name of the event. */
  readonly callbacks: ReadonlyMap<string, readonly Model[]>;
  /** The model classes that the document defines. Those of applications are always written. */
  readonly classes?: DocumentClasses;
  /** Returns the number of a new arrival, under which added classes are recorded. */
  readonly nextArrival?: () => number;
}

/** A serialized document with its binary data. */
export interface Snapshot {
  /** The document. */
  readonly doc: DocJson & { version: string };
  /** The buffers that the document refers to; none if its data is part of the JSON form. */
  readonly buffers: WireBuffer[];
}

/** Which binary data is written into the JSON form, and how buffers are named: see `SerializerOptions`. */
export type BinaryForm = Pick<
  SerializerOptions,
  "deferred" | "inlineBytes" | "knownBuffer" | "numbersBuffers" | "omits"
>;

/** Serializes a document. Without `deferred`, binary data is part of the JSON form. */
export function writeDocument(document: WritableDocument, form: BinaryForm = {}): Snapshot {
  const serializer = new Serializer(form);
  const config = serializer.encode(document.config);
  const roots = document.roots.map((root) => serializer.encode(root));
  const doc: Snapshot["doc"] = { version: document.version ?? BOKEH_VERSION, title: document.title, config, roots };
  const definitions = (document.classes ?? new DocumentClasses()).definitions(document.nextArrival ?? (() => 0));
  if (definitions.length > 0) doc.defs = definitions;
  if (document.callbacks.size > 0) doc.callbacks = serializer.encode(new Map(document.callbacks));
  return { doc, buffers: [...serializer.buffers] };
}
