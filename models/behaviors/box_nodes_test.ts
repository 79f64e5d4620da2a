import { assertEquals, assertNotStrictEquals, assertStrictEquals } from "@std/assert";
import { BoxAnnotation, Node } from "../mod.ts";

Deno.test("Node has the points of surrounding boxes", () => {
  const node = Node.frame.top_left;
  assertEquals([node.type, node.target, node.symbol], ["Node", "frame", "top_left"]);
  assertNotStrictEquals(node, Node.frame.top_left);
  assertEquals([Node.canvas, Node.plot, Node.parent].map(({ center }) => center.target), ["canvas", "plot", "parent"]);
});

Deno.test("BoxAnnotation.nodes returns points of the box", () => {
  const box = new BoxAnnotation({ left: Node.frame.left, right: 3, top: 1, bottom: 0 });
  assertStrictEquals(box.nodes.right.target, box);
  assertEquals(Object.keys(box.nodes).length, 15);
});
