import { assertEquals, assertThrows } from "@std/assert";
import { ColumnDataSource, defineModel, Div, LayoutDOM, Range1d, Slider } from "../mod.ts";
import { Deserializer } from "../wire/deserializer.ts";
import { Serializer } from "../wire/serializer.ts";
import { definedExtensions } from "./extension.ts";

const view = new URL("./no_view.ts", import.meta.url);

Deno.test("defineModel() creates a class with typed attributes and change callbacks", () => {
  const Dial = defineModel({
    name: "TestDial",
    base: LayoutDOM,
    properties: ({ Enum, Float, List, Nullable, Ref, Str, Struct, Tuple }) => ({
      value: [Float, 0],
      mode: [Enum("a", "b"), "a"],
      marks: [List(Float), [1, 2]],
      source: Ref(ColumnDataSource),
      range: [Ref(Range1d), () => new Range1d({ start: 0, end: 1 })],
      pair: [Tuple(Float, Str), [1, "x"]],
      point: [Struct({ x: Float }), { x: 1 }],
      hint: [Nullable(Str), null],
    }),
    overrides: { width: 300 },
    view,
  });
  const source = new ColumnDataSource();
  const dial = new Dial({ value: 2, source, height: 10 });
  const value: number = dial.value;
  const mode: "a" | "b" = dial.mode;
  const range: Range1d = dial.range;
  assertEquals([value, mode, dial.marks, dial.width, range.end], [2, "a", [1, 2], 300, 1]);
  const received: unknown[] = [];
  dial.on_change("value", (attr, old, now) => received.push(attr, old, now));
  dial.value = 3;
  assertEquals(received, ["value", 2, 3]);
  // @ts-expect-error the attribute is a number
  assertThrows(() => dial.value = "3", TypeError, "TestDial.value");
  // @ts-expect-error not one of the texts
  assertThrows(() => dial.mode = "c", TypeError, "TestDial.mode");
  assertThrows(() => dial.set("source", new Div()), TypeError, "TestDial.source");
  assertThrows(() => new Dial().source, Error, "no default");
  dial.marks.push(3);
  assertEquals([dial.marks, new Dial().marks], [[1, 2, 3], [1, 2]]);
  assertEquals(new Dial().range === new Dial().range, false);
  assertEquals([dial.isA("LayoutDOM"), dial instanceof LayoutDOM, Dial.type], [true, true, "TestDial"]);
});

Deno.test("defineModel() creates models that can be serialized and deserialized, and derived classes", () => {
  const Base = defineModel({ name: "TestBase", base: LayoutDOM, properties: ({ Int }) => ({ size: [Int, 1] }), view });
  const Derived = defineModel({ name: "test_module.Derived", base: Base, overrides: { size: 5 }, view });
  const derived = new Derived({ height: 20 });
  assertEquals([derived.size, derived instanceof Base, derived.isA("TestBase")], [5, true, true]);
  const other = new Derived({ size: 6 });
  other.size += 1;
  assertEquals(other.size, 7);
  // @ts-expect-error the attribute is a number
  assertThrows(() => other.size = "8", TypeError, "Derived.size");
  const read = new Deserializer().decode(new Serializer().encode(derived));
  assertEquals(read instanceof Derived && [read.size, read.height], [5, 20]);
  const [base, extension] = [...definedExtensions()].filter(({ name }) =>
    ["TestBase", "test_module.Derived"].includes(name)
  );
  assertEquals([base!.properties, extension!.overrides, extension!.base], [
    [{ name: "size", kind: "Int", default: 1 }],
    { size: 5 },
    "TestBase",
  ]);
});

Deno.test("defineModel() rejects invalid definitions", () => {
  const base = LayoutDOM;
  assertThrows(() => defineModel({ name: "Slider", base, view }), TypeError, "Bokeh has a class");
  assertThrows(() => defineModel({ name: "a b", base, view }), TypeError, "not the name of a class");
  assertThrows(() => defineModel({ name: "TestWrong", base }), TypeError, "either a view or a bundle");
  assertThrows(
    () => defineModel({ name: "TestWrong", base, view: "x.ts" as unknown as URL }),
    TypeError,
    "must be a URL",
  );
  const define = (properties: Parameters<typeof defineModel>[0]["properties"]) =>
    defineModel({ name: "TestWrong", base, properties: properties!, view });
  assertThrows(() => define(({ Int }) => ({ width: [Int, 1] })), TypeError, '"width" cannot be a property');
  assertThrows(() => define(({ Int }) => ({ size: [Int, "1"] })), TypeError, "TestWrong.size");
  assertThrows(() => define(({ Ref }) => ({ part: [Ref(Slider), new Slider()] })), TypeError, "need a function");
  assertThrows(
    () => defineModel({ name: "TestWrong", base, overrides: { width: "1" as unknown as number }, view }),
    TypeError,
  );
});
