/**
 * The named points of boxes, to place other things by: `Node.frame.top_left`, `box.nodes.right`.
 *
 * @module
 */

import type { BoxAnnotation, Node } from "../gen/classes.ts";
import { makeModel } from "../base/make_model.ts";

/** The name of a point of a box: an edge, a corner, a middle, or the width or height. */
export type BoxSymbol =
  | ("left" | "right" | "top" | "bottom" | "width" | "height")
  | ("top_left" | "top_center" | "top_right")
  | ("center_left" | "center" | "center_right")
  | ("bottom_left" | "bottom_center" | "bottom_right");

const SYMBOLS: readonly BoxSymbol[] = [
  ...["left", "right", "top", "bottom", "width", "height"] as const,
  ...["top_left", "top_center", "top_right"] as const,
  ...["center_left", "center", "center_right"] as const,
  ...["bottom_left", "bottom_center", "bottom_right"] as const,
];

/** The points of a box by name. Each is a new model each time. */
export type BoxNodes = { readonly [S in BoxSymbol]: Node };

/** What a class of points offers: those of boxes that the nearest element around has. */
export interface NodeStatics {
  /** The points of the canvas. */
  readonly canvas: BoxNodes;
  /** The points of the plot. */
  readonly plot: BoxNodes;
  /** The points of the plot's frame, where glyphs are drawn. */
  readonly frame: BoxNodes;
  /** The points of what the element is inside of. */
  readonly parent: BoxNodes;
}

/** What a box can do beyond holding its attributes. */
export interface BoxAnnotationMethods {
  /** The points of the box, to place other things by. */
  readonly nodes: BoxNodes;
}

/** The implementation, for the class of points. */
export const nodeStatics: NodeStatics = {
  canvas: nodesOf("canvas"),
  plot: nodesOf("plot"),
  frame: nodesOf("frame"),
  parent: nodesOf("parent"),
};

/** The implementation, for the prototype of boxes. */
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
