/**
 * Documents written once, for pages without a server.
 *
 * @module
 */

import { asTheme, type BuiltInThemeName } from "../../document/themes/built_in_themes.ts";
import { Document } from "../../document/document.ts";
import { syncOf } from "../../document/document_sync.ts";
import type { Theme } from "../../document/themes/theme.ts";
import { type Snapshot, writeDocument } from "../../document/wire/write_document.ts";
import type { Model } from "../../models/base/model.ts";

type WrittenDocument = Snapshot["doc"];

/** What can be written into a page: a model, several, or a document with all its roots. */
export type Embeddable = Model | readonly Model[] | Document;

/** A document written for a page. */
export interface Standalone {
  /** The document in JSON, its binary data within. */
  readonly json: WrittenDocument;
  /** The roots to show. */
  readonly roots: readonly Model[];
  /** All models in it. */
  readonly models: Iterable<Model>;
}

/** How models are written. */
export interface StandaloneOptions {
  /**
   * The theme, Bokeh's own by name, or null for none. That of the models' document where it is not given.
   */
  readonly theme?: Theme | BuiltInThemeName | null;
}

/** Writes models, which may belong to one document or to none. */
export function standalone(source: Embeddable, { theme }: StandaloneOptions = {}): Standalone {
  const write = (doc: Document, fn: () => WrittenDocument) =>
    theme === undefined ? fn() : syncOf(doc).withTheme(asTheme(theme), fn);
  if (source instanceof Document) {
    const json = write(source, () => source.to_json());
    return { json, roots: source.roots, models: source.models };
  }
  const roots = "id" in source ? [source] : [...source];
  if (roots.length === 0) throw new TypeError("Cannot embed models: none is given");
  const documents = new Set(roots.map((root) => root.document));
  const [owner] = documents;
  if (documents.size > 1) throw new TypeError("Cannot embed models: they belong to different documents");
  const models = new Set(roots.flatMap((root) => [...root.references()]));
  const json = owner instanceof Document
    ? write(owner, () => writePart(owner, roots))
    : writeLoose(roots, (doc) => write(doc, () => doc.to_json()));
  return { json, roots, models };
}

function writePart(document: Document, roots: readonly Model[]): WrittenDocument {
  const { title, config } = document;
  const version = syncOf(document).bokehVersion;
  return writeDocument({ version, title, config, roots, callbacks: new Map() }, { deferred: false }).doc;
}

/** Models of no document get their ids from one that they leave again. */
function writeLoose(roots: readonly Model[], write: (doc: Document) => WrittenDocument): WrittenDocument {
  const doc = new Document();
  try {
    for (const root of roots) doc.add_root(root);
    return write(doc);
  } finally {
    doc.clear();
    // a document lets go of models late: when it is next asked for them
    void doc.models;
  }
}
