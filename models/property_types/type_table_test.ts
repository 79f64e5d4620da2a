import { assert, assertEquals, assertThrows } from "@std/assert";
import { propertyType, type PropertyTypeRow, PropertyTypeTable } from "./type_table.ts";
import { Circle, ColorBar, Div, Line, Plot, Range1d, Scatter, Slider, Spinner, Stack } from "../mod.ts";
import { Field, Value } from "../values/values.ts";

/** Returns the type of the last row of a table. */
function type(...rows: PropertyTypeRow[]) {
  return new PropertyTypeTable(rows).get(rows.length - 1);
}

/** Asserts which values a type accepts and rejects. */
function assertAccepts(row: PropertyTypeRow[], valid: unknown[], invalid: unknown[]): void {
  const made = type(...row);
  for (const value of valid) assert(made.valid(value), `${made} accepts ${Deno.inspect(value)}`);
  for (const value of invalid) assert(!made.valid(value), `${made} rejects ${Deno.inspect(value)}`);
}

Deno.test("Float accepts all numbers and no texts", () => {
  assertAccepts(["Float"], [1, -0.5, NaN, Infinity], ["1", null, true, undefined, 1n]);
});

Deno.test("Int accepts integers", () => assertAccepts(["Int"], [0, -3, 1e9], [0.5, NaN, Infinity, "1"]));

Deno.test("Percent accepts numbers from 0 to 1", () => assertAccepts(["Percent"], [0, 0.5, 1], [-0.1, 1.1, NaN]));

Deno.test("Any accepts all values except undefined", () => assertAccepts(["Any"], [null, 0, {}, "x"], [undefined]));

Deno.test("Enum accepts its values only", () => assertAccepts([["Enum", "a", 1]], ["a", 1], ["b", "1", null]));

Deno.test("Nullable accepts null", () => assertAccepts(["Str", ["Nullable", 0]], ["x", null], [1, undefined]));

Deno.test("Or accepts the values of its parts", () =>
  assertAccepts(["Str", "Int", ["Or", 0, 1]], ["x", 1], [0.5, null]));

Deno.test("NonNegative and Positive reject numbers below their limits", () => {
  assertAccepts(["Float", ["NonNegative", 0]], [0, 1], [-1, "1"]);
  assertAccepts(["Float", ["Positive", 0]], [1], [0, -1]);
});

Deno.test("Tuple accepts lists of its length", () => {
  assertAccepts(["Float", ["Tuple", 0, 0]], [[1, 2]], [[1], [1, 2, 3], ["a", 1], 1]);
  assertAccepts(["Float", ["Opt", 0], ["Tuple", 0, 1]], [[1], [1, 2]], [[]]);
});

Deno.test("List accepts arrays of its items", () => {
  assertAccepts(["Int", ["List", 0]], [[], [1, 2]], [[0.5], new Float64Array(1), null]);
  assertAccepts(["Int", ["NonEmptyList", 0]], [[1]], [[]]);
});

Deno.test("Arrayable accepts typed arrays, with and without a shape", () => {
  const matrix = Object.assign([1, 2, 3, 4], { shape: [2, 2] });
  assertAccepts(["Float", ["Arrayable", 0]], [[1], new Float64Array(2), matrix], [
    ["a"],
    "ab",
    new DataView(new ArrayBuffer(1)),
  ]);
  assertAccepts(["Str", ["Arrayable", 0]], [["a"]], [new Float64Array(2)]);
});

Deno.test("Dict accepts maps and plain objects", () => {
  const bare = Object.assign(Object.create(null), { a: 1 });
  assertAccepts(["Int", ["Dict", 0]], [{ a: 1 }, new Map([["a", 1]]), {}, bare], [
    { a: "x" },
    new Map([[1, 1]]),
    [],
    new Date(),
  ]);
});

Deno.test("Mapping converts keys of plain objects to numbers", () => {
  const made = type("Float", "Str", ["Mapping", 0, 1]);
  assert(made.valid({ 1: "a", 2.5: "b" }));
  assert(!made.valid({ x: "a" }));
  assertEquals(made.convert({ 1: "a" }), new Map([[1, "a"]]));
});

Deno.test("Struct accepts objects with all of its fields, PartialStruct with some", () => {
  assertAccepts(["Int", ["Struct", { x: 0, y: 0 }]], [{ x: 1, y: 2 }], [{ x: 1 }, { x: 1, y: 2, z: 3 }, null]);
  assertAccepts(["Int", ["PartialStruct", { x: 0, y: 0 }]], [{}, { x: 1 }], [{ z: 1 }, { x: "a" }]);
});

Deno.test("Set accepts sets of its items", () =>
  assertAccepts(["Str", ["Set", 0]], [new Set(["a"])], [new Set([1]), ["a"]]));

Deno.test("Ref accepts models of the class and of derived classes", () => {
  assertAccepts([["Ref", "Range"]], [new Range1d()], [new Slider(), {}, null, { isA: () => true }]);
});

Deno.test("Color accepts the colors of CSS and BokehJS", () => {
  assertAccepts(
    ["Color"],
    ["red", "Red", "transparent", "#fff", "#ffff", "#ffffff", "#ffffff80", "rgb(1, 2, 3)", "rgb(1 2 3 / 0.5)"],
    ["reddish", "#ff", "#ggg", "rgb(1, 2)", "", null, -1, [1, 2], [1, 2, 300]],
  );
  assertAccepts(["Color"], [
    "rgba(1, 2, 3, 0.5)",
    "hsl(120deg 50% 50%)",
    "rgb(10%, 20%, 30%)",
    [1, 2, 3],
    [1, 2, 3, 0.5],
    0xff,
  ], []);
});

Deno.test("Color converts lists to texts", () => {
  assertEquals(type("Color").convert([255, 0, 1]), "rgb(255, 0, 1)");
  assertEquals(type("Color").convert([255, 0, 1, 0.5]), "rgba(255, 0, 1, 0.5)");
});

Deno.test("DashPattern converts names and texts to lists", () => {
  const made = type("DashPattern");
  assertEquals(["solid", "dashed", "6 4", ""].map((text) => made.convert(text)), [[], [6], [6, 4], []]);
  assert(!made.valid("dashing"));
});

Deno.test("Spec accepts values, columns and expressions", () => {
  const rows: PropertyTypeRow[] = ["Float", ["Enum", "data", "screen"], ["Spec", "DistanceSpec", 0, "data", 1]];
  const field = new Field("x", { units: "screen" });
  assertAccepts(rows, [1, "column", new Value(1), field], [
    null,
    [1],
    new Value("x"),
    new Field("x", { units: "inch" }),
  ]);
  assert(type(...rows).valid(new Field("x")));
  assert(!type(...rows).valid(new Stack({ fields: [] })));
  assertEquals(type(...rows).dataSpec?.units, "data");
});

Deno.test("acceptsText() distinguishes values from names of columns", () => {
  const texts = ["red", "column"];
  assertEquals(texts.map((text) => type("Color", ["Nullable", 0]).acceptsText(text)), [true, false]);
  assertEquals(texts.map((text) => type("Str").acceptsText(text)), [false, false]);
  assertEquals(["12px", "size"].map((text) => type("FontSize").acceptsText(text)), [true, false]);
});

Deno.test("mayHaveRefs is true if a part can be a model", () => {
  assert(type(["Ref", "Range"], ["Dict", 0]).mayHaveRefs);
  assert(!type("Float", ["List", 0]).mayHaveRefs);
});

Deno.test("toString() includes the parts", () => {
  assertEquals(String(type("Float", ["Nullable", 0])), "Nullable(Float)");
  assertEquals(String(type(["Enum", "a", "b"])), 'Enum("a", "b")');
  assertEquals(String(type("Int", ["PartialStruct", { x: 0 }])), "PartialStruct({x?: Int})");
});

Deno.test("propertyType() throws if there is no such row", () => {
  assertThrows(() => propertyType(100000), RangeError, "Cannot find property type 100000");
});

Deno.test("sizes reject NaN, infinite numbers and, as in Python, negative numbers", () => {
  const refused: readonly [make: (value: number) => unknown, name: string, values: readonly number[]][] = [
    [(width) => new Div({ width }), "Div.width", [NaN, -1, -0.5, Infinity, -Infinity]],
    [(height) => new Plot({ height }), "Plot.height", [NaN, -1, Infinity]],
    [(min_width) => new Div({ min_width }), "Div.min_width", [NaN, -1, Infinity]],
    [(margin) => new Div({ margin }), "Div.margin", [NaN, Infinity]],
    [(size) => new Scatter({ size }), "Scatter.size", [NaN, -1]],
    [(radius) => new Circle({ radius }), "Circle.radius", [NaN, -1]],
    [(line_alpha) => new Line({ line_alpha }), "Line.line_alpha", [NaN, -1, 1.5]],
    [(step) => new Spinner({ step }), "Spinner.step", [NaN, 0, -1]],
    [(width) => new ColorBar({ width }), "ColorBar.width", [NaN, Infinity]],
  ];
  for (const [make, name, values] of refused) {
    for (const value of values) assertThrows(() => make(value), TypeError, `Cannot set ${name} to ${value}`);
  }
  // BokehJS accepts fractions for attributes that are integers in Python.
  assertEquals([new Div({ width: 0 }).width, new Div({ width: 33.3, margin: -5 }).margin], [0, -5]);
});
