/** Documents in JSON files: they are equal to the document that was written, and can be served. */

import { assertEquals } from "@std/assert";
import { Application, Document } from "@bokeh/server";
import { Slider } from "@bokeh/server/models";
import type { DocJson } from "../protocol/message.ts";

const gallery = new URL("../examples/gallery/", import.meta.url);
const examples = Array.from(Deno.readDirSync(gallery), ({ name }) => name).filter((name) => name.endsWith(".ts"))
  .sort();

async function madeBy(source: string | URL): Promise<Document> {
  const doc = new Document();
  await (await Application.from(source)).fill(doc, "off");
  return doc;
}

/** Returns the JSON of a document for a file. */
function written(doc: Document): DocJson {
  return JSON.parse(JSON.stringify(doc.to_json()));
}

/** Removes references to columns that are the default, `x: { type: "field", field: "x" }`, which reading drops as in Python. */
function withoutDefaults<T>(rep: T): T {
  if (Array.isArray(rep)) return rep.map(withoutDefaults) as T;
  if (typeof rep !== "object" || rep === null) return rep;
  const kept = Object.entries(rep)
    .filter(([key, value]) => JSON.stringify(value) !== `{"type":"field","field":"${key}"}`)
    .map(([key, value]) => [key, withoutDefaults(value)] as const)
    .filter(([key, value]) => key !== "attributes" || Object.keys(value).length > 0);
  return Object.fromEntries(kept) as T;
}

for (const name of examples) {
  Deno.test(`JSON files: the document of ${name} is unchanged`, async () => {
    const json = written(await madeBy(new URL(name, gallery)));
    assertEquals(withoutDefaults(written(Document.from_json(json))), withoutDefaults(json));
    const file = await Deno.makeTempFile({ suffix: ".json" });
    try {
      await Deno.writeTextFile(file, JSON.stringify(json));
      assertEquals(withoutDefaults(written(await madeBy(file))), withoutDefaults(json));
    } finally {
      await Deno.remove(file);
    }
  });
}

Deno.test("JSON files: sessions do not share models", async () => {
  const doc = new Document();
  doc.add_root(new Slider({ start: 0, end: 9, value: 1 }));
  const file = await Deno.makeTempFile({ suffix: ".json" });
  await Deno.writeTextFile(file, JSON.stringify(doc.to_json()));
  const application = await Application.from(file);
  await Deno.remove(file);
  const [one, other] = [new Document(), new Document()];
  await application.fill(one);
  await application.fill(other);
  const before = written(other);
  assertEquals(written(one), before);
  const [mine, theirs] = [one, other].map((doc) => doc.select_one(Slider));
  assertEquals([mine?.value, theirs?.value, mine === theirs], [1, 1, false]);
  mine!.value = 2;
  one.title = "changed";
  assertEquals(written(other), before);
  const third = new Document();
  await application.fill(third);
  assertEquals(written(third), before);
});
