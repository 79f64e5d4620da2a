/**
 * Named points of boxes, at which other elements can be positioned: `Node.frame.top_left`,
 * `box.nodes.right`.
 *
 * @module
 */

import type {
  BoxAnnotation,
  BoxAnnotationMethods,
  BoxNodes,
  BoxSymbol,
  Node,
  NodeStatics,
} from "../gen/class_types.ts";
import { makeModel } from "../spec/registry.ts";

const SYMBOLS: readonly BoxSymbol[] = [
  ...["left", "right", "top", "bottom", "width", "height"] as const,
  ...["top_left", "top_center", "top_right"] as const,
  ...["center_left", "center", "center_right"] as const,
  ...["bottom_left", "bottom_center", "bottom_right"] as const,
];

/** Implementation of the static members of `Node`. */
export const nodeStatics: NodeStatics = {
  canvas: nodesOf("canvas"),
  plot: nodesOf("plot"),
  frame: nodesOf("frame"),
  parent: nodesOf("parent"),
};

/** Implementation for the prototype of `BoxAnnotation`. */
export const boxAnnotationMethods: BoxAnnotationMethods & ThisType<BoxAnnotation> = {
  get nodes() {
    return nodesOf(this);
  },
};

function nodesOf(target: Node["target"]): BoxNodes {
  const nodes = {};
  for (const symbol of SYMBOLS) {
    Object.defineProperty(nodes, symbol, { get: () => makeModel<Node>("Node", { target, symbol }), enumerable: true });
  }
  return nodes as BoxNodes;
}
