import { cpuUsage } from "node:process";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { ColumnDataSource, Div } from "../../models/mod.ts";
import { Document } from "../document.ts";
import { createDocument, syncOf } from "../document_sync.ts";

function setUp() {
  const warnings: string[] = [];
  const doc = createDocument({ warn: (message) => warnings.push(message) });
  const [out, other] = [new Div({ name: "out" }), new Div({ name: "other" })];
  const source = new ColumnDataSource({ data: { x: [1] } });
  out.tags = [source];
  doc.add_root(out);
  doc.add_root(other);
  const received: string[] = [];
  syncOf(doc).onEvent((event) => {
    received.push(
      event.kind === "ModelChanged" ? `${event.model.name}.${event.attr}=${event.new} was ${event.old}` : event.kind,
    );
  });
  return { doc, out, other, source, received, warnings };
}

Deno.test("hold() collects events until unhold()", () => {
  const { doc, out, received } = setUp();
  doc.hold("collect");
  out.text = "a";
  out.text = "b";
  assertEquals(received, []);
  doc.unhold();
  assertEquals(received, ["out.text=a was ", "out.text=b was a"]);
});

Deno.test("hold() combines values of an attribute at the position of the first", () => {
  const { doc, out, other, source, received } = setUp();
  doc.hold();
  out.text = "a";
  other.text = "x";
  out.text = "b";
  source.stream({ x: [2] });
  source.stream({ x: [3] });
  doc.title = "one";
  doc.title = "two";
  doc.unhold();
  assertEquals(received, [
    "out.text=b was ",
    "other.text=x was ",
    "ColumnsStreamed",
    "ColumnsStreamed",
    "TitleChanged",
  ]);
});

Deno.test("hold() does not combine changes of different sources", () => {
  const { doc, out, received } = setUp();
  doc.hold();
  out.text = "a";
  out.setv("text", "b", { changeSource: {} });
  doc.unhold();
  assertEquals(received.length, 2);
});

Deno.test("unhold() runs the callbacks of held events, those of combined events once", () => {
  const { doc, out } = setUp();
  const calls: unknown[] = [];
  out.on_change("text", (_attr, _old, value) => calls.push(value));
  doc.hold();
  out.text = "a";
  out.text = "b";
  assertEquals(calls, []);
  doc.unhold();
  assertEquals(calls, ["b"]);
});

Deno.test("hold() does not replace a hold in force", () => {
  const { doc, warnings } = setUp();
  doc.hold("collect");
  doc.hold("combine");
  assertEquals(doc.hold_value, "collect");
  assertEquals(warnings.length, 1);
  assertThrows(() => doc.hold(JSON.parse('"keep"')), TypeError, "policies");
});

Deno.test("hold() does not delay events of session callbacks", () => {
  const { doc, received } = setUp();
  doc.hold();
  doc.add_next_tick_callback(() => {});
  assertEquals(received, ["SessionCallbackAdded"]);
});

Deno.test("hold() keeps the order of values from different clients", () => {
  const { doc, out, received } = setUp();
  doc.hold();
  out.text = "a";
  out.setv("text", "by a client", { changeSource: {} });
  out.text = "b";
  doc.unhold();
  assertEquals(received, ["out.text=a was ", "out.text=by a client was a", "out.text=b was by a client"]);
  doc.hold();
  doc.title = "a";
  doc.apply_json_patch({ events: [{ kind: "TitleChanged", title: "by a client" }] }, undefined, {});
  doc.title = "b";
  received.length = 0;
  const titles: string[] = [];
  syncOf(doc).onEvent((event) => event.kind === "TitleChanged" && titles.push(event.title));
  doc.unhold();
  assertEquals(titles, ["a", "by a client", "b"]);
});

Deno.test("hold() takes linear time", () => {
  // During a hold, a patch of 200,000 events must not block the server for minutes.
  const short = holdMilliseconds(2000), long = holdMilliseconds(16_000);
  assert(long < 24 * short + 20, `8 times as many values took ${long.toFixed(1)} ms instead of ${short.toFixed(1)} ms`);
});

/**
 * Returns the least CPU time of several attempts, in milliseconds, to change a number of models
 * during a hold. Elapsed time would depend on the load of the machine.
 */
function holdMilliseconds(count: number): number {
  const doc = new Document();
  const models = Array.from({ length: count }, () => new Div());
  doc.add_root(new Div({ tags: models }));
  const patch = (text: string) => ({
    events: models.map(({ id }) => ({ kind: "ModelChanged" as const, model: { id }, attr: "text", new: text })),
  });
  const attempts = ["a", "b", "c"].map((text) => {
    doc.hold();
    const start = cpuMilliseconds();
    doc.apply_json_patch(patch(text));
    doc.unhold();
    return cpuMilliseconds() - start;
  });
  return Math.min(...attempts);
}

function cpuMilliseconds(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
}
