import { assertEquals, assertThrows } from "@std/assert";
import { Axis, Div, LinearAxis, type Model, Plot, Range1d, Slider, Title } from "../mod.ts";
import { select, selectOne, type Selector, setSelected } from "./query.ts";

const slider = new Slider({ name: "a", tags: ["x", 10], start: 0, end: 10, value: 3 });
const other = new Slider({ name: "b", tags: [["nested"]], start: 0, end: 5, value: 4 });
const axis = new LinearAxis({ name: "a" });
const plot = new Plot({ width: 400, x_range: new Range1d({ start: 1 }) });
const models: Model[] = [slider, other, axis, plot];

const cases: [what: string, selector: Selector, found: Model[]][] = [
  ["a class", Slider, [slider, other]],
  ["an abstract class", Axis, [axis]],
  ["a name", "a", [slider, axis]],
  ["name and type", { name: "a", type: Slider }, [slider]],
  ["the name of a class", { type: "Axis" }, [axis]],
  ["one of several classes", { type: { $in: [Plot, "Axis"] } }, [axis, plot]],
  ["a tag", { tags: "x" }, [slider]],
  ["one of several tags", { tags: ["y", 10] }, [slider]],
  ["a tag that is a list", { tags: [["nested"]] }, [other]],
  ["a value", { end: 5 }, [other]],
  ["comparisons", { value: { $gt: 3, $leq: 4 } }, [other]],
  ["greater or equal, less", { value: { $geq: 3, $lt: 4 } }, [slider]],
  ["unequal", { type: Slider, value: { $neq: 3 } }, [other]],
  ["one of several values", { name: { $in: ["b", "c"] } }, [other]],
  ["equal", { name: { $eq: "b" } }, [other]],
  ["one of several queries", { $or: [{ end: 10 }, { width: 400 }] }, [slider, plot]],
  ["a model in an attribute", { x_range: { start: 1 } }, [plot]],
  ["a comparison of values without an order", { name: { $gt: 1 } }, []],
  ["an attribute that few classes have", { no_such: 1 }, []],
  ["an empty query", {}, models],
];

for (const [what, selector, found] of cases) {
  Deno.test(`select() finds by ${what}`, () => {
    assertEquals(select(models, selector).map(String), found.map(String));
  });
}

Deno.test("select() ignores required attributes without a value", () => {
  assertEquals(select([new Title(), new Div()], { no_default: 1 }), []);
});

Deno.test("select() rejects invalid selectors", () => {
  assertThrows(() => select(models, { value: { $gt: 3 }, $near: 1 }), TypeError, "$near");
  assertThrows(() => select(models, JSON.parse("5")), TypeError, "expected a query");
  assertThrows(() => select(models, JSON.parse('{ "type": 5 }')), TypeError, "expected a class");
});

Deno.test("selectOne() returns the only match or null, or throws", () => {
  assertEquals(selectOne(models, { name: "b" }), other);
  assertEquals(selectOne(models, { name: "c" }), null);
  assertThrows(() => selectOne(models, Slider), Error, "2 match");
});

Deno.test("setSelected() sets attributes of all matches", () => {
  const divs = [new Div({ name: "x" }), new Div({ name: "x" }), new Div()];
  setSelected(divs, "x", { text: "new" });
  assertEquals(divs.map((div) => div.text), ["new", "new", ""]);
});
