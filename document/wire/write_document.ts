/**
 * Writes whole documents.
 *
 * @module
 */

import type { Model } from "../../models/base/model.ts";
import { Serializer } from "../../models/wire/serializer.ts";
import type { DocJson, WireBuffer } from "../../protocol/message.ts";
import { BOKEH_VERSION } from "../../protocol/version.ts";
import { DocumentClasses } from "../models/document_classes.ts";

/** What a whole document is written of. */
export interface WritableDocument {
  /** Version of the BokehJS that shows it. @default {BOKEH_VERSION} */
  readonly version?: string;
  /** The title. */
  readonly title: string;
  /** The configuration. */
  readonly config: Model;
  /** The roots in their order. */
  readonly roots: readonly Model[];
  /** JavaScript callbacks by event. */
  readonly callbacks: ReadonlyMap<string, readonly Model[]>;
  /** The classes of its own; those of applications are written anyway. */
  readonly classes?: DocumentClasses;
  /** Returns the number of a new arrival of classes. */
  readonly nextArrival?: () => number;
}

/** A whole document as it goes over the wire, with the binary data beside it. */
export interface Snapshot {
  /** The document. */
  readonly doc: DocJson & { version: string };
  /** The buffers that it refers to; none where its data is written into it. */
  readonly buffers: WireBuffer[];
}

/** Writes a whole document. Without `deferred`, binary data is written into it. */
export function writeDocument(document: WritableDocument, { deferred = true }: { deferred?: boolean } = {}): Snapshot {
  const serializer = new Serializer({ deferred });
  const config = serializer.encode(document.config);
  const roots = document.roots.map((root) => serializer.encode(root));
  const doc: Snapshot["doc"] = { version: document.version ?? BOKEH_VERSION, title: document.title, config, roots };
  const definitions = (document.classes ?? new DocumentClasses()).definitions(document.nextArrival ?? (() => 0));
  if (definitions.length > 0) doc.defs = definitions;
  if (document.callbacks.size > 0) doc.callbacks = serializer.encode(new Map(document.callbacks));
  return { doc, buffers: [...serializer.buffers] };
}
