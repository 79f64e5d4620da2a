import type { Node } from "../../../models/gen/class_types.ts";

/** The name of a point of a box: an edge, a corner, a middle, or the width or height. */
export type BoxSymbol =
  | ("left" | "right" | "top" | "bottom" | "width" | "height")
  | ("top_left" | "top_center" | "top_right")
  | ("center_left" | "center" | "center_right")
  | ("bottom_left" | "bottom_center" | "bottom_right");

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
