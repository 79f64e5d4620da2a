import type { EdgeCoordinates, NodeCoordinates } from "../../../models/gen/class_types.ts";

/** What layouts of graphs offer glyphs and labels, as transforms of the indices of nodes and edges. */
export interface LayoutProviderMethods {
  /** The coordinates of the nodes, a new model each time. */
  readonly node_coordinates: NodeCoordinates;
  /** The coordinates of the edges, a new model each time. */
  readonly edge_coordinates: EdgeCoordinates;
}
