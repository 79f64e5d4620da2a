import { assertEquals, assertStrictEquals } from "@std/assert";
import { Line, PolarTransform, StaticLayoutProvider } from "../mod.ts";
import { Expr } from "../values/values.ts";

Deno.test("CoordinateTransform has an x- and a y-component", () => {
  const polar = new PolarTransform({ radius: "r", angle: "a" });
  assertEquals([polar.x.type, polar.y.type], ["XComponent", "YComponent"]);
  assertStrictEquals(polar.x.transform, polar);
  const line = new Line({ x: polar.x, y: polar.y });
  assertEquals(line.x instanceof Expr && line.x.expr instanceof Object, true);
});

Deno.test("LayoutProvider has coordinates of nodes and edges", () => {
  const layout = new StaticLayoutProvider();
  const { node_coordinates, edge_coordinates } = layout;
  assertEquals([node_coordinates.type, edge_coordinates.type], ["NodeCoordinates", "EdgeCoordinates"]);
  assertStrictEquals(node_coordinates.layout, layout);
  assertStrictEquals(edge_coordinates.layout, layout);
});
