/** Every document that Bokeh's own server was recorded with is read into models and written again as it was. */

import { assertEquals } from "@std/assert";
import { Deserializer } from "../models/deserializer.ts";
import "../models/mod.ts";
import { Serializer } from "../models/serializer.ts";

interface RecordedDocument {
  content: { doc: { roots: unknown[]; config?: unknown } };
  buffers: Record<string, string>;
}

type Rep = Record<string, unknown>;

const folder = new URL("fixtures/documents/", import.meta.url);

/** With data in place of the ids of buffers, plain lists for arrays of objects, and attributes in alphabetical order. */
function normalized(rep: unknown, buffers: ReadonlyMap<string, Uint8Array>): unknown {
  if (Array.isArray(rep)) return rep.map((item) => normalized(item, buffers));
  if (typeof rep !== "object" || rep === null) return rep;
  const { type, data, array, dtype, shape } = rep as Rep;
  if (type === "bytes") return { type, data: buffers.get((data as { id: string }).id)?.toBase64() };
  if (type === "ndarray" && dtype === "object" && (shape as unknown[]).length === 1) return normalized(array, buffers);
  const keys = Object.keys(rep).sort();
  return Object.fromEntries(keys.map((key) => [key, normalized((rep as Rep)[key], buffers)]));
}

for await (const { name } of Deno.readDir(folder)) {
  Deno.test(`Serializer.encode() writes the models of ${name} as they were read`, async () => {
    const { content, buffers }: RecordedDocument = JSON.parse(await Deno.readTextFile(new URL(name, folder)));
    const recorded = new Map(Object.entries(buffers).map(([id, text]) => [id, Uint8Array.fromBase64(text)]));
    const warnings: string[] = [];
    const deserializer = new Deserializer({ buffers: recorded, warn: (message) => warnings.push(message) });
    const { config, roots } = content.doc;
    const models = deserializer.decode([config, roots]);
    const serializer = new Serializer();
    const written = serializer.encode(models);
    const own = new Map(serializer.buffers.map(({ id, data }) => [id, data]));
    assertEquals(warnings, []);
    assertEquals(normalized(written, own), normalized([config, roots], recorded));
  });
}
