/**
 * Serialization of models for pages without a server.
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

/** Models to embed: one, several, or the roots of a document. */
export type Embeddable = Model | readonly Model[] | Document;

/** Serialized models. */
interface Standalone {
  /** The document as JSON, with its binary data inline as base64. */
  readonly json: WrittenDocument;
  /** The roots to show. */
  readonly roots: readonly Model[];
  /** All models of the document. */
  readonly models: Iterable<Model>;
}

/** Options of `fileHtml`, `components` and `jsonItem`. */
export interface StandaloneOptions {
  /**
   * Theme of the models: a theme, the name of one of Bokeh's, or null for none.
   *
   * @default The theme of the models' document; none if they belong to no document.
   */
  readonly theme?: Theme | BuiltInThemeName | null;
}

/**
 * Serializes models that belong to one document or to none.
 *
 * @throws {TypeError} If there is no model, or if the models belong to different documents.
 * @throws {RangeError} If the theme is not the name of a theme.
 */
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
    : writeDetached(roots, (doc) => write(doc, () => doc.to_json()));
  return { json, roots, models };
}

function writePart(document: Document, roots: readonly Model[]): WrittenDocument {
  const { title, config } = document;
  const version = syncOf(document).bokehVersion;
  return writeDocument({ version, title, config, roots, callbacks: new Map() }, { deferred: false }).doc;
}

/** Serializes models of no document. Adds them to a temporary document, which gives them ids. */
function writeDetached(roots: readonly Model[], write: (doc: Document) => WrittenDocument): WrittenDocument {
  const doc = new Document();
  try {
    for (const root of roots) doc.add_root(root);
    return write(doc);
  } finally {
    doc.clear();
    // a document releases removed models when its models are next read
    void doc.models;
  }
}
