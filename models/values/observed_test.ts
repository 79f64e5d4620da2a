import { assertEquals, assertThrows } from "@std/assert";
import { ColumnDataSource, Div, Row } from "../mod.ts";

Deno.test("views are printed like the containers that they show", () => {
  const div = new Div({ tags: [1, 2], styles: { color: "red" } });
  div.tags.push(3);
  assertEquals(Deno.inspect(div.tags), "[ 1, 2, 3 ]");
  assertEquals(Deno.inspect(div.styles), '[Object: null prototype] { color: "red" }');
  const source = new ColumnDataSource({ data: { x: [1] } });
  source.stream({ x: [2] });
  assertEquals(Deno.inspect(source.data), "[Object: null prototype] { x: [ 1, 2 ] }");
});

Deno.test("views of lists have no own members besides the items", () => {
  const { tags } = new Div({ tags: [1] });
  assertEquals(Object.keys(tags), ["0"]);
  assertEquals(Reflect.ownKeys(tags), ["0", "length"]);
  assertEquals([...tags], structuredClone([...tags]));
});

Deno.test("views of records read and set members", () => {
  const div = new Div({ styles: { color: "red" } });
  const { styles } = div as { styles: Record<string, string | null> };
  assertEquals([styles["color"], styles["width"], "color" in styles], ["red", undefined, true]);
  styles["width"] = "1px";
  delete styles["color"];
  assertEquals({ ...styles }, { width: "1px" });
  assertEquals(Object.entries(div.styles), [["width", "1px"]]);
});

Deno.test("views follow the copies that changes in place create", () => {
  const div = new Div({ tags: [1] });
  const { tags, subscribed_events } = div;
  tags.push(3);
  tags.push(2);
  tags.sort();
  tags.sort();
  tags.push(4);
  assertEquals([[...tags], div.tags], [[1, 2, 3, 4], [1, 2, 3, 4]]);
  subscribed_events.add("a");
  subscribed_events.add("a").add("b");
  assertEquals(div.subscribed_events, new Set(["a", "b"]));
});

Deno.test("views keep the old value if a change is rejected", () => {
  const row = new Row();
  const { children } = row;
  assertThrows(() => children.push("text" as unknown as Div), TypeError, "Row.children");
  assertEquals([children.length, row.children.length], [0, 0]);
  children.push(new Div());
  assertEquals([children.length, row.children.length], [1, 1]);
});
