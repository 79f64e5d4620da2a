import { assertEquals, assertStrictEquals } from "@std/assert";
import { Line, PolarTransform } from "../gen/classes.ts";
import { Expr } from "../values/values.ts";

Deno.test("coordinate transforms have x- and y-components", () => {
  const polar = new PolarTransform({ radius: "r", angle: "a" });
  assertEquals([polar.x.type, polar.y.type], ["XComponent", "YComponent"]);
  assertStrictEquals(polar.x.transform, polar);
  const line = new Line({ x: polar.x, y: polar.y });
  assertEquals(line.x instanceof Expr && line.x.expr instanceof Object, true);
});
