/**
 * The coordinates that layouts of graphs make.
 *
 * @module
 */

import type { EdgeCoordinates, LayoutProvider, NodeCoordinates } from "../gen/classes.ts";
import { makeModel } from "../base/make_model.ts";

/** What layouts of graphs offer glyphs and labels, as transforms of the indices of nodes and edges. */
export interface LayoutProviderMethods {
  /** The coordinates of the nodes, a new model each time. */
  readonly node_coordinates: NodeCoordinates;
  /** The coordinates of the edges, a new model each time. */
  readonly edge_coordinates: EdgeCoordinates;
}

/** The implementation, for the prototype of layouts of graphs. */
export const layoutProviderMethods: LayoutProviderMethods & ThisType<LayoutProvider> = {
  get node_coordinates() {
    return makeModel<NodeCoordinates>("NodeCoordinates", { layout: this });
  },
  get edge_coordinates() {
    return makeModel<EdgeCoordinates>("EdgeCoordinates", { layout: this });
  },
};
