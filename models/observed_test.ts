import { assertEquals } from "@std/assert";
import { ColumnDataSource, Div } from "./mod.ts";

Deno.test("lists, records and columns are printed as what they are", () => {
  const div = new Div({ tags: [1, 2], styles: { color: "red" } });
  div.tags.push(3);
  assertEquals(Deno.inspect(div.tags), "[ 1, 2, 3 ]");
  assertEquals(Deno.inspect(div.styles), '[Object: null prototype] { color: "red" }');
  const source = new ColumnDataSource({ data: { x: [1] } });
  source.stream({ x: [2] });
  assertEquals(Deno.inspect(source.data), "[Object: null prototype] { x: [ 1, 2 ] }");
});

Deno.test("what prints lists is no member of theirs", () => {
  const { tags } = new Div({ tags: [1] });
  assertEquals(Object.keys(tags), ["0"]);
  assertEquals(Reflect.ownKeys(tags), ["0", "length"]);
  assertEquals([...tags], structuredClone([...tags]));
});
