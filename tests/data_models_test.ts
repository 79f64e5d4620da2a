/** Data model classes with equal names: two applications on one server, with BokehJS as their client. */

import { assertEquals, assertThrows } from "@std/assert";
import { Document, serveBokeh } from "@bokeh/server";
import { pullSession } from "@bokeh/server/client";
import { dataModel, Div } from "@bokeh/server/models";
import type { Model } from "../models/base/model.ts";
import type { PatchEvent } from "../protocol/patch.ts";
import { type BokehjsDocument, bokehjsDocument, type BokehjsModel } from "./kit/bokehjs.ts";
import { type Json, message } from "./kit/messages.ts";
import { WireClient } from "./kit/wire_client.ts";

/**
 * Serves two applications whose classes share the name `type`: `/people` with the attribute `first`, `/planets` with `mass`. Each
 * adds a model of its class when the title changes.
 */
async function serveTwo(type: string, hasModelAtFirst: boolean) {
  const Person = dataModel(type, { first: "Ada" });
  const Planet = dataModel(type, { mass: 5, moons: [] as string[] });
  const app = (make: () => Model) => (doc: Document) => {
    const div = new Div({ name: "div", tags: hasModelAtFirst ? [make()] : [] });
    doc.add_root(div);
    doc.on_change((event) => {
      if (event.kind === "TitleChanged") div.tags = [...div.tags as Model[], make()];
    });
  };
  return await serveBokeh({
    "/people": app(() => new Person({ first: "Bob" })),
    "/planets": app(() => new Planet({ mass: 7, moons: ["Io"] })),
  }, { port: 0, hostname: "127.0.0.1" });
}

/** Opens a websocket with `Origin`, as a browser does, and creates a document in BokehJS. */
async function openPage(port: number, path: string, sessionId: string = crypto.randomUUID()) {
  const client = await WireClient.connect(port, sessionId, { path: `${path}/ws`, origin: `http://localhost:${port}` });
  const json: Json = await client.pull();
  return { client, json, document: bokehjsDocument(json) };
}

/** Changes the title. Returns the patch with the model that the application adds in response. */
async function addModel(client: WireClient, title: string): Promise<{ events: PatchEvent[] }> {
  await client.send(...message("PATCH-DOC", { events: [{ kind: "TitleChanged", title }] }));
  for (;;) {
    const received = await client.next();
    if (received === undefined) throw new Error("The server closed the connection");
    if (received.type === "PATCH-DOC") return received.content;
  }
}

function tagsOf(document: BokehjsDocument): (BokehjsModel & Record<string, unknown>)[] {
  const div = document.get_model_by_name("div") as unknown as { tags: (BokehjsModel & Record<string, unknown>)[] };
  return div.tags;
}

function defsOf(json: Json, name: string): Json[] {
  return (json.defs ?? []).filter((definition: Json) => definition.name === name);
}

const APPS = [["/people", "first", "Bob", "Eve"], ["/planets", "mass", 7, 8]] as const;

Deno.test("data models: a document uses its own application's class if another application has a class of that name", async () => {
  await using server = await serveTwo("Homonym", true);
  for (const [path, attr, value, changed] of APPS) {
    const { client, json, document } = await openPage(server.port, path);
    using _client = client;
    assertEquals(defsOf(json, "Homonym").length, 1);
    const model = tagsOf(document)[0]!;
    assertEquals(model[attr], value);

    const events: PatchEvent[] = [];
    document.on_change((event) => events.push(...document.create_json_patch([event]).events), false);
    model.setv({ [attr]: changed });
    assertEquals(await client.patch(...events), "OK");
    const made = { type: "object", name: "Homonym", id: "made", attributes: { [attr]: value } };
    const div = document.get_model_by_name("div")!;
    const tags = [{ id: model.id }, made];
    assertEquals(await client.patch({ kind: "ModelChanged", model: { id: div.id }, attr: "tags", new: tags }), "OK");
    const again = bokehjsDocument(await client.pull());
    assertEquals(tagsOf(again).map((tag) => tag[attr]), [changed, value]);

    const patch = await addModel(client, "more");
    assertEquals(patch.events.filter((event) => event.defs !== undefined), []);
    again.apply_json_patch(patch, new Map());
    assertEquals(tagsOf(again).map((tag) => tag[attr]), [changed, value, value]);
  }
});

Deno.test("data models: a page receives the definition of a new class once, with its first model", async () => {
  await using server = await serveTwo("LateHomonym", false);
  for (const [path, attr, value] of APPS) {
    const { client, json, document } = await openPage(server.port, path);
    using _client = client;
    assertEquals(defsOf(json, "LateHomonym"), []);
    for (const [title, count] of [["first", 1], ["second", 0]] as const) {
      const patch = await addModel(client, title);
      assertEquals(patch.events.flatMap((event) => event.defs ?? []).length, count);
      document.apply_json_patch(patch, new Map());
    }
    assertEquals(tagsOf(document).map((tag) => tag[attr]), [value, value]);
  }
});

Deno.test("data models: only pages that connected before a class was defined receive its definition later", async () => {
  await using server = await serveBokeh({
    "/app": (doc) => {
      const div = new Div({ name: "div" });
      let make: (() => Model) | undefined;
      doc.add_root(div);
      doc.on_change((event) => {
        if (event.kind !== "TitleChanged") return;
        if (make !== undefined) div.tags = [make()];
        const Late = dataModel("DefinedLate", { x: 1 });
        make = () => new Late({ x: 2 });
      });
    },
  }, { port: 0, hostname: "127.0.0.1" });
  const id = crypto.randomUUID();
  const { client: early, document: earlyDocument } = await openPage(server.port, "/app", id);
  using _early = early;
  assertEquals(await early.patch({ kind: "TitleChanged", title: "define" }), "OK");
  const { client: late, json, document: lateDocument } = await openPage(server.port, "/app", id);
  using _late = late;
  assertEquals(defsOf(json, "DefinedLate").length, 1);
  const toLate = await addModel(late, "add");
  const toEarly = (await early.next())?.content as { events: PatchEvent[] };
  assertEquals([toEarly, toLate].map(({ events }) => events.flatMap(({ defs = [] }) => defs).length), [1, 0]);
  for (const [document, patch] of [[earlyDocument, toEarly], [lateDocument, toLate]] as const) {
    document.apply_json_patch(patch, new Map());
    assertEquals(tagsOf(document).map((tag) => tag.x), [2]);
  }
});

Deno.test("data models: clients without Origin receive no definitions", async () => {
  await using server = await serveTwo("UndefinedHomonym", false);
  const id = crypto.randomUUID();
  const { client: page } = await openPage(server.port, "/people", id);
  using _page = page;
  using other = await WireClient.connect(server.port, id, { path: "/people/ws" });
  await other.pull();
  const toOther = await addModel(other, "more");
  const toPage = (await page.next())?.content as { events: PatchEvent[] };
  const [plain, defined] = [toOther, toPage].map(({ events }) => events.filter(({ kind }) => kind === "ModelChanged"));
  assertEquals(plain!.length, 1);
  assertEquals(defined!.map(({ defs: _defs, ...event }) => event), plain);
  assertEquals([toOther, toPage].map(({ events }) => events.flatMap(({ defs = [] }) => defs).length), [0, 1]);
});

Deno.test("data models: pullSession receives the class of each application, also those defined later", async () => {
  for (const hasModelAtFirst of [true, false]) {
    const type = `PulledHomonym${hasModelAtFirst}`;
    await using server = await serveTwo(type, hasModelAtFirst);
    for (const [path, attr, value] of APPS) {
      await using session = await pullSession({ url: new URL(path, server.url).href });
      const { document } = session;
      document.title = "more";
      await session.flushed();
      const tags = (document.get_model_by_name("div") as Div).tags as Model[];
      assertEquals(tags.map((tag) => tag.get(attr)), hasModelAtFirst ? [value, value] : [value]);
      tags[0]!.set(attr, typeof value === "string" ? "Eve" : 8);
      await session.flushed();
    }
  }
});

Deno.test("data models: a document refuses a class whose definition differs from the one with the same name", () => {
  const First = dataModel("Twofold", { x: 1 });
  const Second = dataModel("Twofold", { x: 1, y: 2 });
  const Derived = dataModel("DerivedFromTwofold", { z: 3 }, Second);
  const doc = new Document();
  const div = new Div({ tags: [new First()] });
  doc.add_root(div);
  const message = "another class Twofold with a different definition";
  const refused = [new Second(), new Derived()];
  for (const model of refused) {
    assertThrows(() => doc.add_root(new Div({ tags: [model] })), TypeError, message);
    assertThrows(() => div.tags = [model], TypeError, message);
    assertEquals([model.document, doc.roots.length, div.tags.length], [null, 1, 1]);
  }
  const other = new Document();
  assertThrows(() => other.add_root(new Div({ tags: [new First(), new Derived()] })), TypeError, message);
  other.add_root(new Div({ tags: refused }));
  assertEquals(other.to_json().defs!.slice(0, 2).map((definition) => (definition as Json).properties.length), [2, 1]);
});

Deno.test("data models: classes with equal definitions are equal, for example after loading a module twice", () => {
  const define = () => {
    const Place = dataModel("RepeatedPlace", { street: "?" });
    return [Place, dataModel("RepeatedPerson", { home: new Place() as Model })] as const;
  };
  const [Place, Person] = define();
  const [PlaceAgain, PersonAgain] = define();
  const doc = new Document();
  doc.add_root(new Div({ tags: [new Place(), new PlaceAgain(), new Person(), new PersonAgain()] }));
  const names = (doc.to_json().defs as Json[]).map(({ name }) => name).filter((name) => name.startsWith("Repeated"));
  assertEquals(names, ["RepeatedPlace", "RepeatedPerson"]);
});

Deno.test("data models: a class keeps the classes of its properties and defaults when others take their names", () => {
  const Place = dataModel("Renewed", { street: "High Street" });
  const Person = dataModel("RenewedPerson", { home: new Place() as Model });
  const Base = dataModel("RenewedBase", { x: 1 });
  dataModel("Renewed", { planet: "Mars" });
  dataModel("RenewedBase", { y: 2 });
  const Child = dataModel("RenewedChild", { z: 3 }, Base);
  assertEquals([new Person().home.get("street"), new Child().x], ["High Street", 1]);
});
