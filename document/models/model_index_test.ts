import { assertEquals } from "@std/assert";
import { Div, type Model } from "../../models/mod.ts";
import { ModelIndex } from "./model_index.ts";

function model(id: string, name: string | null = null): Model {
  const div = new Div({ name });
  div.assignId(id);
  return div;
}

Deno.test("ModelIndex finds models that were added before and after its first use", () => {
  const index = new ModelIndex();
  const [before, after] = [model("a", "x"), model("b", "x")];
  index.add(before);
  assertEquals(index.named("x"), [before]);
  assertEquals([...index.byId.keys()], ["a"]);
  index.add(after);
  assertEquals(index.named("x"), [before, after]);
  assertEquals([index.byId.get("a"), index.byId.get("b")], [before, after]);
  assertEquals(index.all, [before, after]);
});

Deno.test("ModelIndex.keep() removes the other models by id and name", () => {
  const index = new ModelIndex();
  const [kept, left] = [model("a", "x"), model("b", "x")];
  index.add(kept);
  index.add(left);
  assertEquals([index.byId.size, index.named("x").length], [2, 2]);
  assertEquals(index.keep((present) => present === kept), [left]);
  assertEquals([...index.byId.keys()], ["a"]);
  assertEquals(index.named("x"), [kept]);
  assertEquals(index.keep(() => true), []);
});

Deno.test("ModelIndex.rename() moves one model to its new name", () => {
  const index = new ModelIndex();
  const [one, two] = [model("a", "x"), model("b", "x")];
  index.add(one);
  index.add(two);
  assertEquals(index.named("x").length, 2);
  index.rename(one, "x", "y");
  assertEquals([index.named("x"), index.named("y")], [[two], [one]]);
  index.rename(one, "y", null);
  assertEquals(index.named("y"), []);
});
