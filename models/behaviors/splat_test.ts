import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { Legend, LinearAxis } from "../gen/classes.ts";
import { splat } from "./splat.ts";

Deno.test("splat() of one model is read and set like the model", () => {
  const axis = new LinearAxis({ axis_label: "x" });
  const axes = splat([axis], { name: "axis" });
  assertEquals(axes.axis_label, "x");
  axes.axis_label = "y";
  assertEquals(axis.axis_label, "y");
  assertStrictEquals(axes.ticker, axis.ticker);
});

Deno.test("splat() sets all models and reads a list of all values", () => {
  const models = [new LinearAxis({ axis_label: "a" }), new LinearAxis({ axis_label: "b" })];
  const axes = splat(models, { name: "axis" });
  axes.visible = false;
  assertEquals(models.map((axis) => axis.visible), [false, false]);
  assertEquals([...axes.axis_label as unknown as Iterable<unknown>], ["a", "b"]);
  axes.ticker.set("desired_num_ticks", 3);
  assertEquals(models.map((axis) => axis.ticker.get("desired_num_ticks")), [3, 3]);
});

Deno.test("splat() returns a list", () => {
  const models = [new LinearAxis(), new LinearAxis()];
  const axes = splat(models, { name: "axis" });
  assertEquals(axes.length, 2);
  assertStrictEquals(axes[1], models[1]);
  assertEquals([...axes].length, 2);
  assertEquals(axes.filter((axis) => axis === models[0]).length, 1);
});

Deno.test("splat() calls a method of all models", () => {
  const models = [new LinearAxis(), new LinearAxis()];
  const labels: unknown[] = [];
  splat(models, { name: "axis" }).on_change("visible", (_attr, _old, value) => labels.push(value));
  for (const model of models) model.visible = false;
  assertEquals(labels, [false, false]);
});

Deno.test("splat() of an empty list throws when read and ignores assignments", () => {
  const none = splat<Legend>([], { name: "legend", remedy: "Add one first" });
  none.location = "top_left";
  assertThrows(() => none.location, TypeError, "the plot has no legend. Add one first");
});

Deno.test("splat() throws for attributes that the models do not have", () => {
  const axes = splat([new LinearAxis()], { name: "axis" });
  assertThrows(() => Reflect.get(axes, "axis_lable"), TypeError, "axis.axis_lable");
  assertThrows(() => Reflect.set(axes, "axis_lable", "x"), TypeError, "axis_label");
});
