import type { EdgeCoordinates, NodeCoordinates } from "../../../models/gen/class_types.ts";

/** Additional members of graph layouts: transforms for the coordinates of glyphs and labels. */
export interface LayoutProviderMethods {
  /** Coordinates of the nodes. Each access creates a new model. */
  readonly node_coordinates: NodeCoordinates;
  /** Coordinates of the edges. Each access creates a new model. */
  readonly edge_coordinates: EdgeCoordinates;
}
