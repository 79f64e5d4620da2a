/** Values that are not serializable are rejected when they are assigned, and the session continues. */

import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { ColumnDataSource, CustomJS, Div, Select, Slider } from "@bokeh/server/models";
import { InProcessClient, makeRegistry } from "../session/session_test_support.ts";

class Foo {
  name = "foo";
}

const cyclic: unknown[] = [1];
cyclic.push([cyclic]);
const loop: Record<string, unknown> = {};
loop.self = { loop };

const BAD: readonly [value: unknown, where: string, why: string][] = [
  [[new Foo()], "[0]", "an instance of Foo"],
  [[1, { deep: [0, new Foo()] }], "[1].deep[1]", "an instance of Foo"],
  [[{ "odd key": () => {} }], '[0]["odd key"]', "a function"],
  [[Symbol("s")], "[0]", "a symbol"],
  [[2n ** 60n], "[0]", "which a number cannot represent"],
  [[new Map([["a", [Symbol()]]])], '[0].get("a")[0]', "a symbol"],
  [[new Set([new Foo()])], "[0][0]", "an instance of Foo"],
  [[new Error("no")], "[0]", "an instance of Error"],
  [[/x/], "[0]", "an instance of RegExp"],
  [[Promise.resolve()], "[0]", "an instance of Promise"],
  [cyclic, "[1][0]", "refers to itself"],
  [[loop], "[0].self.loop", "refers to itself"],
];

Deno.test("serializable values: assigning another value throws and changes nothing", async () => {
  const div = new Div({ name: "div", tags: ["kept"] });
  const source: ColumnDataSource = new ColumnDataSource({ data: { x: ["a", "b"] } });
  const { registry } = makeRegistry((doc) => {
    doc.add_root(div);
    doc.add_root(new Div({ tags: [source] }));
  });
  const session = await registry.getOrCreate("s");
  const client = new InProcessClient(session);
  client.pull();
  const js = new CustomJS({ code: "" });
  for (const [value, where, why] of BAD) {
    const list = value as unknown[];
    const ways: [what: string, change: () => void][] = [
      ["Div.tags", () => div.tags = list],
      ["Div.tags", () => new Div({ tags: list })],
      ["Div.tags", () => div.tags.push(list)],
      ["Div.tags", () => div.tags[0] = list],
      ["Div.tags", () => div.update({ tags: list })],
      ["CustomJS.args", () => js.args = { list }],
      ["column x of ColumnDataSource", () => source.data = { x: list }],
      ["column x of ColumnDataSource", () => source.data.x = list],
      ["column x of ColumnDataSource", () => source.stream({ x: list })],
      ["column x of ColumnDataSource", () => source.patch({ x: [[0, list]] })],
      ["column y of ColumnDataSource", () => void source.add(list, "y")],
      ["message of type note", () => session.document.send_message("note", list)],
    ];
    for (const [what, change] of ways) {
      await session.transact({}, () => {
        const error = assertThrows(change, TypeError, why);
        assertStringIncludes(error.message, what);
        assertStringIncludes(error.message, where);
      });
    }
  }
  assertEquals([div.tags, source.data.x, source.column_names], [["kept"], ["a", "b"], ["x"]]);
  assertEquals(client.takeEvents(), []);
  assertEquals(new InProcessClient(session).pull().content.doc.roots.length, 2);
});

Deno.test("serializable values: changes before a rejected one in the same callback are sent", async () => {
  const div = new Div({ name: "div" });
  const slider = new Slider({ start: 0, end: 10, value: 1 });
  slider.on_change("value", () => {
    div.text = "before";
    div.tags = [new Foo()];
  });
  const { registry, clock } = makeRegistry((doc) => [div, slider].forEach((root) => doc.add_root(root)));
  const session = await registry.getOrCreate("s");
  const client = new InProcessClient(session);
  client.pull();
  client.set(slider, "value", 2);
  await clock.tick();
  const [patch, reply] = client.take();
  assertEquals([patch?.type, reply?.type], ["PATCH-DOC", "ERROR"]);
  assertEquals(patch?.type === "PATCH-DOC" && patch.content.events.map((event) => "new" in event && event.new), [
    "before",
  ]);
  assertEquals(client.pull().content.doc.roots.length, 2);
});

Deno.test("serializable values: are accepted", () => {
  const date = new Date(0);
  const shared = [1];
  const tags = [
    1n,
    date,
    Temporal.PlainDate.from("2024-02-29"),
    new Map([[1, new Set([2])]]),
    Uint8Array.of(1),
    shared,
    shared,
  ];
  assertEquals(new Div({ tags: [...tags, null, new Select()] }).tags.slice(0, tags.length), tags);
});
