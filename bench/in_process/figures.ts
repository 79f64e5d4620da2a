/** Operations on documents that are measured in one process, without a server. */

import { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { ColumnDataSource, Slider } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { encodeMessage } from "../../protocol/encode.ts";
import gallery from "../../tests/apps/gallery.ts";
import sliders from "../../tests/apps/sliders.ts";
import { syncOf } from "../../document/document_sync.ts";

/** Fills a document. */
type Build = (doc: Document) => void;

/** Functions that fill the documents, by name. */
export const documents: Record<string, Build> = { sliders, gallery, scatter, many };

/** Adds a figure with 1,000 points. */
function scatter(doc: Document): void {
  const x = Float64Array.from({ length: 1000 }, (_, i) => i);
  const source = new ColumnDataSource({ data: { x, y: x.map((v) => v * 7919 % 1000) } });
  const plot = figure({ height: 400, width: 400 });
  plot.scatter({ x: "x", y: "y", source });
  doc.add_root(plot);
}

/** Adds 10,000 models. */
function many(doc: Document): void {
  const titles = Array.from({ length: 9999 }, (_, i) => `slider ${i}`);
  doc.add_root(column(titles.map((title) => new Slider({ title, start: 0, end: 10, step: 0.5, value: 1 }))));
}

/** Returns a new document, filled by the function with a name. */
export function build(name: string): Document {
  const doc = new Document();
  documents[name]!(doc);
  return doc;
}

/** Encodes the reply to a pull. Returns its size in bytes. */
export function pull(doc: Document): number {
  const { doc: content, buffers } = syncOf(doc).snapshot({ deferred: true });
  const frames = encodeMessage("PULL-DOC-REPLY", { doc: content }, { reqid: "1", buffers });
  return frames.reduce((sum, frame) => sum + frame.length, 0);
}

/** Returns a function that streams 10 points into a source of 1,000,000 and drops the oldest. */
export function streamer(): () => void {
  const doc = new Document();
  const x = new Float64Array(1_000_000);
  const source = new ColumnDataSource({ data: { x, y: x.slice() } });
  doc.add_root(source);
  syncOf(doc).snapshot();
  const rows = { x: new Float64Array(10), y: new Float64Array(10) };
  return () => source.stream(rows, 1_000_000);
}
