import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import type { Document } from "../document/document.ts";
import { Slider } from "../models/mod.ts";
import { figure } from "../plotting/mod.ts";
import { InProcessClient, makeRegistry } from "../session/session_test_support.ts";
import { sharedSource } from "./shared_source.ts";

let count = 0;

/** Starts two sessions with a client each, which show a shared source. */
async function twoSessions(data: Record<string, readonly unknown[] | Float64Array>) {
  const source = sharedSource<typeof data>(`test ${++count}`, data);
  const { registry, events } = makeRegistry((doc: Document) => {
    const plot = figure();
    plot.line({ x: "x", y: "y", source: source.source(doc) });
    doc.add_root(plot);
    doc.add_root(new Slider({ name: "slider" }));
  });
  const sessions = await Promise.all(["one", "two"].map((id) => registry.getOrCreate(id)));
  const clients = sessions.map((session) => new InProcessClient(session));
  for (const client of clients) client.pull();
  for (const client of clients) client.take();
  return { source, sessions, clients, events };
}

Deno.test("sharedSource sends the same bytes to all sessions", async () => {
  const { source, clients, sessions } = await twoSessions({ x: [1], y: new Float64Array([2]) });
  for (
    const change of [
      () => source.stream({ x: [2, 3], y: [3, 4] }, 2),
      () => source.patch({ x: [[0, 7]], y: [[{ start: 0, stop: 2 }, [8, 9]]] }),
      () => source.replace({ x: [5, 6], y: [7, 8] }),
    ]
  ) {
    const [before, other] = clients.map(({ port }) => port.frames.length);
    change();
    const [one, two] = clients.map(({ port }, i) => port.frames.slice([before, other][i]));
    assertEquals(one!.length, 3);
    one!.forEach((frame, i) => assertStrictEquals(frame, two![i]));
  }
  for (const { document } of sessions) {
    const { data } = source.source(document);
    assertEquals([[...data.x!], [...data.y!]], [[5, 6], [7, 8]]);
  }
});

Deno.test("sharedSource gives clients the columns as they were when they pulled", async () => {
  const { source, sessions } = await twoSessions({ x: [1], y: [2] });
  const [session] = sessions;
  const unlock = Promise.withResolvers<void>();
  const busy = session!.transact({}, () => unlock.promise);
  source.stream({ x: [2], y: [3] });
  source.patch({ y: [[0, 9]] });
  assertEquals([...source.source(session!.document).data.x!], [1]); // the document is locked
  assertEquals([...source.source(session!.document).data.y!], [2]);
  unlock.resolve();
  await busy;
  await session!.transact({}, () => {});
  assertEquals([...source.source(session!.document).data.y!], [9, 3]);
});

Deno.test("sharedSource sends one change to a document that was locked during many", async () => {
  const { source, sessions, clients } = await twoSessions({ x: [1], y: [2] });
  const unlock = Promise.withResolvers<void>();
  const busy = sessions[0]!.transact({}, () => unlock.promise);
  for (let i = 0; i < 250; i++) source.stream({ x: [i], y: [i] }, 10);
  assertEquals(clients[0]!.take(), []);
  unlock.resolve();
  await busy;
  await sessions[0]!.transact({}, () => {});
  const { length } = clients[0]!.takeEvents();
  assert(length <= 101, `${length} events`);
  assertEquals([...source.source(sessions[0]!.document).data.x!].at(-1), 249);
});

Deno.test("sharedSource changes the document of a callback within its transaction", async () => {
  const { source, sessions, clients } = await twoSessions({ x: [1], y: [2] });
  const [session] = sessions;
  await session!.transact({}, () => {
    source.stream({ x: [2], y: [3] });
    assertEquals([...source.source(session!.document).data.x!], [1, 2]);
  });
  for (const client of clients) assertEquals(client.take().map(({ type }) => type), ["PATCH-DOC"]);
});

Deno.test("sharedSource makes a change of a callback after the one that caused it, in all sessions", async () => {
  const { source, sessions, clients } = await twoSessions({ x: [1], y: [2] });
  const shown = source.source(sessions[0]!.document);
  shown.on_change("data", () => {
    if (source.length < 3) source.stream({ x: [3], y: [4] });
    else if (source.data.y![2] === 4) source.patch({ y: [[2, 5]] });
  });
  source.stream({ x: [2], y: [3] });
  for (const { document } of sessions) {
    const { data } = source.source(document);
    assertEquals([[...data.x!], [...data.y!]], [[1, 2, 3], [2, 3, 5]]);
  }
  const [one, two] = clients.map((client) => client.takeEvents());
  assertEquals(one!.map(({ kind }) => kind), ["ColumnsStreamed", "ColumnsStreamed", "ColumnsPatched"]);
  assertEquals(two, one);
});

Deno.test("sharedSource refuses changes of clients and of single documents", async () => {
  const { source, sessions, clients } = await twoSessions({ x: [1], y: [2] });
  const shown = source.source(sessions[0]!.document);
  const refused = "call the methods of the shared source";
  assertThrows(() => shown.stream({ x: [2], y: [2] }), TypeError, refused);
  assertThrows(() => shown.patch({ x: [[0, 2]] }), TypeError, refused);
  assertThrows(() => shown.data = { x: [], y: [] }, TypeError, refused);
  assertThrows(() => shown.add([1]), TypeError, refused);
  const model = { id: shown.id }, attr = "data";
  for (
    const event of [
      { kind: "ColumnsStreamed", model, attr, data: { x: [2], y: [2] }, rollover: null },
      { kind: "ColumnsPatched", model, attr, patches: { x: [[0, 5]] } },
      { kind: "ColumnDataChanged", model, attr, data: { x: [], y: [] }, cols: null },
      { kind: "ModelChanged", model, attr, new: { type: "map", entries: [["x", []]] } },
    ] as const
  ) {
    clients[0]!.send("PATCH-DOC", { events: [event as never] });
    assertEquals(clients[0]!.take().map(({ type }) => type), ["ERROR"]);
  }
  assertEquals([...source.data.x!], [1]);
});

Deno.test("sharedSource does not keep documents alive for its changes", async () => {
  const { source, sessions } = await twoSessions({ x: [1], y: [2] });
  assertEquals(source.statistics.documents, 2);
  await sessions[0]!.destroy();
  assertEquals(source.statistics.documents, 1);
  source.stream({ x: [3], y: [3] });
  assertEquals(source.statistics.changes, 1);
});

Deno.test("sharedSource checks names, columns and rows", () => {
  const source = sharedSource("checked", { x: [1] });
  assertStrictEquals(sharedSource("checked", { x: [2] }), source);
  assertThrows(() => sharedSource("", { x: [1] }), TypeError, "name is empty");
  assertThrows(() => sharedSource("models", { x: [new Slider()] }), TypeError, "models");
  assertThrows(() => source.stream({ z: [1] } as never), RangeError);
  assertThrows(() => source.patch({ x: [[5, 1]] }), RangeError);
  const replaced = sharedSource("checked", { y: [1] });
  assert(replaced as unknown !== source);
});
