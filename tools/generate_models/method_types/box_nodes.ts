import type { Node } from "../../../models/gen/class_types.ts";

/** Name of a point of a box (an edge, a corner or a center), or its width or height. */
export type BoxSymbol =
  | ("left" | "right" | "top" | "bottom" | "width" | "height")
  | ("top_left" | "top_center" | "top_right")
  | ("center_left" | "center" | "center_right")
  | ("bottom_left" | "bottom_center" | "bottom_right");

/** Points of a box by name. Each access creates a new model. */
export type BoxNodes = { readonly [S in BoxSymbol]: Node };

/** Static members of `Node`: the points of boxes that surround the element that uses them. */
export interface NodeStatics {
  /** Points of the canvas. */
  readonly canvas: BoxNodes;
  /** Points of the plot. */
  readonly plot: BoxNodes;
  /** Points of the plot's frame, the area in which glyphs are drawn. */
  readonly frame: BoxNodes;
  /** Points of the element's parent. */
  readonly parent: BoxNodes;
}

/** Additional members of box annotations. */
export interface BoxAnnotationMethods {
  /** Points of the box, at which other elements can be positioned. */
  readonly nodes: BoxNodes;
}
