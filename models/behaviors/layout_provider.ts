/**
 * Coordinates that graph layouts compute.
 *
 * @module
 */

import type { EdgeCoordinates, LayoutProvider, LayoutProviderMethods, NodeCoordinates } from "../gen/class_types.ts";
import { makeModel } from "../spec/registry.ts";

/** Implementation for the prototype of graph layouts. */
export const layoutProviderMethods: LayoutProviderMethods & ThisType<LayoutProvider> = {
  get node_coordinates() {
    return makeModel<NodeCoordinates>("NodeCoordinates", { layout: this });
  },
  get edge_coordinates() {
    return makeModel<EdgeCoordinates>("EdgeCoordinates", { layout: this });
  },
};
