/**
 * The coordinates that layouts of graphs make.
 *
 * @module
 */

import type { EdgeCoordinates, LayoutProvider, LayoutProviderMethods, NodeCoordinates } from "../gen/class_types.ts";
import { makeModel } from "../spec/registry.ts";

/** The implementation, for the prototype of layouts of graphs. */
export const layoutProviderMethods: LayoutProviderMethods & ThisType<LayoutProvider> = {
  get node_coordinates() {
    return makeModel<NodeCoordinates>("NodeCoordinates", { layout: this });
  },
  get edge_coordinates() {
    return makeModel<EdgeCoordinates>("EdgeCoordinates", { layout: this });
  },
};
