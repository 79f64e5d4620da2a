import { assertEquals, assertStrictEquals } from "@std/assert";
import { StaticLayoutProvider } from "../mod.ts";

Deno.test("graph layouts have coordinates of nodes and edges", () => {
  const layout = new StaticLayoutProvider();
  const { node_coordinates, edge_coordinates } = layout;
  assertEquals([node_coordinates.type, edge_coordinates.type], ["NodeCoordinates", "EdgeCoordinates"]);
  assertStrictEquals(node_coordinates.layout, layout);
  assertStrictEquals(edge_coordinates.layout, layout);
});
