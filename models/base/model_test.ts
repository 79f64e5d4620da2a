import { assert, assertEquals, assertMatch, assertStrictEquals, assertThrows } from "@std/assert";
import type { ModelChange, ModelHost } from "./host.ts";
import type { Model } from "./model.ts";
import {
  Button,
  ColumnDataSource,
  CustomJS,
  dataModel,
  DatetimeAxis,
  Div,
  LinearAxis,
  Plot,
  Range1d,
  Row,
  Selection,
  Slider,
} from "../mod.ts";

/** A host that records the calls of its models. */
class Host implements ModelHost {
  readonly document = this;
  warn = () => {};
  readonly changes: ModelChange[] = [];
  readonly models = new Set<Model>();
  theme: Map<string, Map<string, unknown>> = new Map();
  #ids = 1000;
  allocateId(): string {
    return `p${++this.#ids}`;
  }
  attach(model: Model): void {
    if (this.models.has(model)) return;
    this.models.add(model);
    model.attachTo({ host: this });
    for (const other of model.references()) this.attach(other);
  }
  invalidate(): void {}
  modelChanged(change: ModelChange): void {
    this.changes.push(change);
  }
  themeFor(type: string): ReadonlyMap<string, unknown> | null {
    return this.theme.get(type) ?? null;
  }
  sendEvent(): void {}
  callbackAdded(): void {}

  valueMissing(_model: Model, error: Error): void {
    throw error;
  }
}

function sent(model: Model): Record<string, unknown> {
  return Object.fromEntries(model.serializableAttributes());
}

Deno.test("Model stores values that were set and reads defaults for other attributes", () => {
  const slider = new Slider({ start: 0, end: 10, value: 1 });
  assertEquals(slider.value, 1);
  assertEquals(slider.step, 1);
  assertEquals(slider.type, "Slider");
  assertEquals(sent(slider), { start: 0, end: 10, value: 1 });
});

Deno.test("Model rejects an attribute that its class does not have", () => {
  // @ts-expect-error no such attribute
  const error = assertThrows(() => new Slider({ star: 0 }), TypeError);
  assert(error.message.includes("Slider.star") && error.message.includes("start"), error.message);
});

Deno.test("Model rejects a value of another type with an error that names both", () => {
  const slider = new Slider({ start: 0, end: 10, value: 1 });
  const error = assertThrows(() => slider.set("value", "x"), TypeError);
  assertEquals(error.message, 'Cannot set Slider.value to "x" (string): expected Float');
  assertEquals(slider.value, 1);
});

Deno.test("Model does not store a value that equals the default", () => {
  assertEquals(sent(new Div({ text: "" })), {});
  assertEquals(sent(new Range1d({ start: 0, end: 1 })), {});
});

Deno.test("Model serializes a value that was changed and changed back", () => {
  const div = new Div({ text: "a" });
  div.text = "";
  assertEquals(sent(div), { text: "" });
});

Deno.test("Model cannot be serialized before its required attributes are set", () => {
  assertThrows(() => sent(new Slider({ start: 0, end: 1 })), Error, "Slider.value");
});

Deno.test("Model creates defaults that are models for each model", () => {
  const [a, b] = [new LinearAxis(), new LinearAxis()];
  assert(a.ticker !== b.ticker);
  assertStrictEquals(a.ticker, a.ticker);
  assertEquals(Object.keys(sent(a)).sort(), ["formatter", "major_label_policy", "ticker"]);
  assertEquals(Object.keys(sent(new Selection())).sort(), ["indices", "line_indices"]);
  assert(new DatetimeAxis().ticker.type === "DatetimeTicker");
});

Deno.test("Model accepts short forms of values", () => {
  const plot = new Plot({ title: "hello" });
  assertEquals(plot.title?.text, "hello");
  const axis = new LinearAxis({ ticker: [1, 2, 3] });
  assertEquals(axis.ticker.type, "FixedTicker");
});

Deno.test("Model reports changes and references to its host", () => {
  const host = new Host();
  const row = new Row({ children: [] });
  host.attach(row);
  const div = new Div({ text: "x" });
  row.children = [div];
  assertStrictEquals(div.document, host);
  div.text = "y";
  assertEquals(host.changes.map(({ attr, old, value }) => [attr, old, value]), [
    ["children", [], [div]],
    ["text", "x", "y"],
  ]);
});

Deno.test("Model reports lists that are changed in place", () => {
  const host = new Host();
  const row = new Row({ children: [new Div()] });
  host.attach(row);
  const div = new Div();
  row.children.push(div);
  assertEquals(row.children.length, 2);
  assertEquals(host.changes.length, 1);
  assertStrictEquals(div.document, host);
  row.tags[0] = "first";
  assertEquals(row.tags, ["first"]);
  assertEquals(sent(row).tags, ["first"]);
});

Deno.test("Model copies a list that is set", () => {
  const tags: unknown[] = [1];
  const div = new Div({ tags });
  tags.push(2);
  assertEquals(div.tags, [1]);
  const before = div.tags;
  div.tags = [];
  div.tags = before;
  assertEquals(div.tags, [1]);
});

Deno.test("Model calls change callbacks with the old and the new value", () => {
  const slider = new Slider({ start: 0, end: 10, value: 1 });
  const received: unknown[] = [];
  const callback = (attr: string, old: number, value: number) => received.push([attr, old, value]);
  slider.on_change("value", callback);
  slider.value = 2;
  slider.value = 2;
  slider.remove_on_change("value", callback);
  slider.value = 3;
  assertEquals(received, [["value", 1, 2]]);
});

Deno.test("Model serializes values of the theme for attributes that were not set", () => {
  const host = new Host();
  host.theme.set("Div", new Map<string, unknown>([["text", "themed"], ["width", 5]]));
  const div = new Div({ width: 7 });
  host.attach(div);
  assertEquals(div.text, "themed");
  assertEquals(sent(div), { width: 7, text: "themed" });
});

Deno.test("Model.on_event() subscribes to the event", () => {
  const button = new Button({ label: "b" });
  button.on_click(() => {});
  assertEquals(sent(button), { label: "b", subscribed_events: new Set(["button_click"]) });
});

Deno.test("Model.js_link() creates a CustomJS", () => {
  const [a, b] = [new Slider({ start: 0, end: 1, value: 0 }), new Div()];
  a.js_link("value", b, "text");
  const callback = a.js_property_callbacks["change:value"]![0];
  assertEquals(callback instanceof CustomJS && callback.code, "other.text = this.value");
});

Deno.test("Model.references() returns all models that it refers to", () => {
  const inner = new Div();
  const row = new Row({ children: [new Row({ children: [inner] })] });
  assertEquals(row.references().size, 3);
  assert(row.references().has(inner));
});

Deno.test("ColumnDataSource reports changes of single columns", () => {
  const host = new Host();
  const source = new ColumnDataSource({ data: { x: [1, 2], y: [3, 4] } });
  host.attach(source);
  source.data.y = [5, 6];
  assertEquals(source.data.y, [5, 6]);
  assertEquals(host.changes[0]?.hint, { kind: "ColumnDataChanged", cols: ["y"] });
});

Deno.test("ColumnDataSource streams and patches", () => {
  const host = new Host();
  const x = Float64Array.of(1, 2);
  const source: ColumnDataSource = new ColumnDataSource({ data: { x, y: [3, 4] } });
  host.attach(source);
  source.stream({ x: Float64Array.of(3), y: [5] }, 2);
  assertEquals(source.data, Object.assign(Object.create(null), { x: Float64Array.of(2, 3), y: [4, 5] }));
  source.patch({ y: [[0, 9], [{ start: 0, stop: 2 }, [7, 8]]] });
  assertEquals(source.data.y, [7, 8]);
  assertEquals(x, Float64Array.of(1, 2));
  assertEquals(host.changes.map(({ hint }) => hint?.kind), ["ColumnsStreamed", "ColumnsPatched"]);
  assertThrows(() => source.patch({ y: [[2, 1]] }), RangeError, "outside its 2 rows");
  assertThrows(() => source.stream({ x: [1] }), RangeError, "missing: y");
});

Deno.test("Model reports changes through all views of its current list", () => {
  const div = new Div();
  const before = div.tags;
  div.tags.push(1);
  before.push(2);
  assertEquals(div.tags, [1, 2]);
  assertEquals(before, [1, 2]);
  div.tags = [3];
  before.push(4);
  assertEquals(div.tags, [3]);
  assertEquals(before, [1, 2, 4]);
});

Deno.test("Model separates members of an application's subclass from its attributes", () => {
  class Counter extends dataModel("CountedValue", { value: 0 }) {
    count = { changes: 0 };
  }
  const counter = new Counter({ value: 1 });
  assertEquals(counter.count, { changes: 0 });
  assertEquals(sent(counter), { value: 1 });
  assertEquals(counter.references().size, 1);
  assertEquals(counter.clone().value, 1);
});

Deno.test("Model is printed with the values that were set", () => {
  const slider = new Slider({ title: "a", value: 1 });
  slider.tags = [slider];
  slider.assignId("p1");
  assertEquals(Deno.inspect(slider), 'Slider(p1) { title: "a", value: 1, tags: an array of 1 items }');
  assertEquals(Deno.inspect([new Div()]), "[ Div() ]");
});

Deno.test("new Model() throws an error whose stack begins with its caller", () => {
  const error = assertThrows(() => new Slider({ start: 0, end: 1, value: Number.NaN, title: 3 as never }));
  assertMatch((error as Error).stack!.split("\n")[1]!, /model_test\.ts:/);
});
