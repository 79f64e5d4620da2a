import { assert, assertEquals, assertThrows } from "@std/assert";
import { propertyType, type PropertyTypeRow, PropertyTypeTable } from "./type_table.ts";
import { Circle, ColorBar, Div, Line, Plot, Range1d, Scatter, Slider, Spinner, Stack } from "../mod.ts";
import { Field, Value } from "../values/values.ts";

/** The last of some rows as a kind. */
function type(...rows: PropertyTypeRow[]) {
  return new PropertyTypeTable(rows).get(rows.length - 1);
}

/** Checks which values a kind takes. */
function assertTakes(row: PropertyTypeRow[], valid: unknown[], invalid: unknown[]): void {
  const made = type(...row);
  for (const value of valid) assert(made.valid(value), `${made} takes ${Deno.inspect(value)}`);
  for (const value of invalid) assert(!made.valid(value), `${made} does not take ${Deno.inspect(value)}`);
}

Deno.test("Float takes all numbers and no texts", () => {
  assertTakes(["Float"], [1, -0.5, NaN, Infinity], ["1", null, true, undefined, 1n]);
});

Deno.test("Int takes whole numbers", () => assertTakes(["Int"], [0, -3, 1e9], [0.5, NaN, Infinity, "1"]));

Deno.test("Percent takes numbers from 0 to 1", () => assertTakes(["Percent"], [0, 0.5, 1], [-0.1, 1.1, NaN]));

Deno.test("Any takes anything but undefined", () => assertTakes(["Any"], [null, 0, {}, "x"], [undefined]));

Deno.test("Enum takes its values only", () => assertTakes([["Enum", "a", 1]], ["a", 1], ["b", "1", null]));

Deno.test("Nullable takes null too", () => assertTakes(["Str", ["Nullable", 0]], ["x", null], [1, undefined]));

Deno.test("Or takes what one of its parts takes", () =>
  assertTakes(["Str", "Int", ["Or", 0, 1]], ["x", 1], [0.5, null]));

Deno.test("NonNegative and Positive have limits", () => {
  assertTakes(["Float", ["NonNegative", 0]], [0, 1], [-1, "1"]);
  assertTakes(["Float", ["Positive", 0]], [1], [0, -1]);
});

Deno.test("Tuple takes lists of its length", () => {
  assertTakes(["Float", ["Tuple", 0, 0]], [[1, 2]], [[1], [1, 2, 3], ["a", 1], 1]);
  assertTakes(["Float", ["Opt", 0], ["Tuple", 0, 1]], [[1], [1, 2]], [[]]);
});

Deno.test("List takes arrays of its items", () => {
  assertTakes(["Int", ["List", 0]], [[], [1, 2]], [[0.5], new Float64Array(1), null]);
  assertTakes(["Int", ["NonEmptyList", 0]], [[1]], [[]]);
});

Deno.test("Arrayable takes typed arrays, with a shape too", () => {
  const matrix = Object.assign([1, 2, 3, 4], { shape: [2, 2] });
  assertTakes(["Float", ["Arrayable", 0]], [[1], new Float64Array(2), matrix], [
    ["a"],
    "ab",
    new DataView(new ArrayBuffer(1)),
  ]);
  assertTakes(["Str", ["Arrayable", 0]], [["a"]], [new Float64Array(2)]);
});

Deno.test("Dict takes maps and plain objects", () => {
  const bare = Object.assign(Object.create(null), { a: 1 });
  assertTakes(["Int", ["Dict", 0]], [{ a: 1 }, new Map([["a", 1]]), {}, bare], [
    { a: "x" },
    new Map([[1, 1]]),
    [],
    new Date(),
  ]);
});

Deno.test("Mapping makes numbers of the keys of a plain object", () => {
  const made = type("Float", "Str", ["Mapping", 0, 1]);
  assert(made.valid({ 1: "a", 2.5: "b" }));
  assert(!made.valid({ x: "a" }));
  assertEquals(made.convert({ 1: "a" }), new Map([[1, "a"]]));
});

Deno.test("Struct takes objects with all of its fields, PartialStruct with some", () => {
  assertTakes(["Int", ["Struct", { x: 0, y: 0 }]], [{ x: 1, y: 2 }], [{ x: 1 }, { x: 1, y: 2, z: 3 }, null]);
  assertTakes(["Int", ["PartialStruct", { x: 0, y: 0 }]], [{}, { x: 1 }], [{ z: 1 }, { x: "a" }]);
});

Deno.test("Set takes sets of its items", () =>
  assertTakes(["Str", ["Set", 0]], [new Set(["a"])], [new Set([1]), ["a"]]));

Deno.test("Ref takes models of the class and of derived classes", () => {
  assertTakes([["Ref", "Range"]], [new Range1d()], [new Slider(), {}, null, { isA: () => true }]);
});

Deno.test("Color takes what CSS and BokehJS take", () => {
  assertTakes(
    ["Color"],
    ["red", "Red", "transparent", "#fff", "#ffff", "#ffffff", "#ffffff80", "rgb(1, 2, 3)", "rgb(1 2 3 / 0.5)"],
    ["reddish", "#ff", "#ggg", "rgb(1, 2)", "", null, -1, [1, 2], [1, 2, 300]],
  );
  assertTakes(["Color"], [
    "rgba(1, 2, 3, 0.5)",
    "hsl(120deg 50% 50%)",
    "rgb(10%, 20%, 30%)",
    [1, 2, 3],
    [1, 2, 3, 0.5],
    0xff,
  ], []);
});

Deno.test("Color makes texts of lists", () => {
  assertEquals(type("Color").convert([255, 0, 1]), "rgb(255, 0, 1)");
  assertEquals(type("Color").convert([255, 0, 1, 0.5]), "rgba(255, 0, 1, 0.5)");
});

Deno.test("DashPattern makes lists of names and texts", () => {
  const made = type("DashPattern");
  assertEquals(["solid", "dashed", "6 4", ""].map((text) => made.convert(text)), [[], [6], [6, 4], []]);
  assert(!made.valid("dashing"));
});

Deno.test("Spec takes values, columns and expressions", () => {
  const rows: PropertyTypeRow[] = ["Float", ["Enum", "data", "screen"], ["Spec", "DistanceSpec", 0, "data", 1]];
  const field = new Field("x", { units: "screen" });
  assertTakes(rows, [1, "column", new Value(1), field], [null, [1], new Value("x"), new Field("x", { units: "inch" })]);
  assert(type(...rows).valid(new Field("x")));
  assert(!type(...rows).valid(new Stack({ fields: [] })));
  assertEquals(type(...rows).dataSpec?.units, "data");
});

Deno.test("acceptsText() tells values from columns", () => {
  const texts = ["red", "column"];
  assertEquals(texts.map((text) => type("Color", ["Nullable", 0]).acceptsText(text)), [true, false]);
  assertEquals(texts.map((text) => type("Str").acceptsText(text)), [false, false]);
  assertEquals(["12px", "size"].map((text) => type("FontSize").acceptsText(text)), [true, false]);
});

Deno.test("mayHaveRefs is true where a part may be a model", () => {
  assert(type(["Ref", "Range"], ["Dict", 0]).mayHaveRefs);
  assert(!type("Float", ["List", 0]).mayHaveRefs);
});

Deno.test("toString() names the parts", () => {
  assertEquals(String(type("Float", ["Nullable", 0])), "Nullable(Float)");
  assertEquals(String(type(["Enum", "a", "b"])), 'Enum("a", "b")');
  assertEquals(String(type("Int", ["PartialStruct", { x: 0 }])), "PartialStruct({x?: Int})");
});

Deno.test("propertyType() throws for what is not in the table", () => {
  assertThrows(() => propertyType(100000), RangeError, "Cannot find property type 100000");
});

Deno.test("sizes refuse NaN, what is infinite, and what is negative where Python refuses it", () => {
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
  // BokehJS takes fractions where Python takes whole numbers only
  assertEquals([new Div({ width: 0 }).width, new Div({ width: 33.3, margin: -5 }).margin], [0, -5]);
});
