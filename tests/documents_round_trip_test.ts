/** Every recorded document of Bokeh's server is unchanged after it was read into models and serialized again. */

import { assert, assertEquals } from "@std/assert";
import { Deserializer } from "../models/wire/deserializer.ts";
import { matches } from "../models/values/equality.ts";
import "../models/mod.ts";
import { modelClass } from "../models/spec/registry.ts";
import { Serializer } from "../models/wire/serializer.ts";

interface RecordedDocument {
  content: { doc: { roots: unknown[]; config?: unknown } };
  buffers: Record<string, string>;
}

type Rep = Record<string, unknown>;

/** Attributes of each model by its id. Other models are references. */
type Models = Map<string, { name: string; attributes: Rep }>;

const folder = new URL("fixtures/documents/", import.meta.url);

/** Collects the models of a representation, with data instead of the ids of buffers and lists instead of arrays of objects. */
function collect(rep: unknown, buffers: ReadonlyMap<string, Uint8Array>, models: Models): unknown {
  if (Array.isArray(rep)) return rep.map((item) => collect(item, buffers, models));
  if (typeof rep !== "object" || rep === null) return rep;
  const { type, id, name, data, array, dtype, shape } = rep as Rep;
  if (type === "bytes") return { type, data: buffers.get((data as { id: string }).id)?.toBase64() };
  if (type === "ndarray" && dtype === "object" && (shape as unknown[]).length === 1) {
    return collect(array, buffers, models);
  }
  const fields = type === "object" ? (rep as Rep).attributes ?? {} : rep;
  const collected = Object.fromEntries(
    Object.entries(fields).map(([key, item]) => [key, collect(item, buffers, models)]),
  );
  if (type !== "object") return collected;
  models.set(id as string, { name: name as string, attributes: collected });
  return { id };
}

/** Removes attributes with default values, which Python also writes if they were set. */
function isDefault(name: string, attr: string, rep: unknown): boolean {
  const fresh = new (modelClass(name)!)();
  return matches(fresh.get(attr), new Deserializer().decode(rep));
}

for await (const { name: file } of Deno.readDir(folder)) {
  Deno.test(`Serializer.encode: the models of ${file} are unchanged`, async () => {
    const { content, buffers }: RecordedDocument = JSON.parse(await Deno.readTextFile(new URL(file, folder)));
    const recorded = new Map(Object.entries(buffers).map(([id, text]) => [id, Uint8Array.fromBase64(text)]));
    const warnings: string[] = [];
    const rep = [content.doc.config, content.doc.roots];
    const read = new Deserializer({ buffers: recorded, warn: (message) => warnings.push(message) }).decode(rep);
    assertEquals(warnings, []);
    const serializer = new Serializer();
    const written: Models = new Map();
    const wanted: Models = new Map();
    collect(serializer.encode(read), new Map(serializer.buffers.map(({ id, data }) => [id, data])), written);
    collect(rep, recorded, wanted);
    for (const [id, { name, attributes }] of wanted) {
      for (const attr of Object.keys(attributes)) {
        if (written.get(id)?.attributes[attr] !== undefined) continue;
        assert(isDefault(name, attr, attributes[attr]), `${name}.${attr} of ${id} is missing`);
        delete attributes[attr];
      }
    }
    assertEquals(written, wanted);
  });
}
