/**
 * Coordinates that coordinate transforms and graph layouts compute, as values for glyphs.
 *
 * @module
 */

import type {
  CoordinateTransform,
  CoordinateTransformMethods,
  EdgeCoordinates,
  LayoutProvider,
  LayoutProviderMethods,
  NodeCoordinates,
  XComponent,
  YComponent,
} from "../gen/class_types.ts";
import { makeModel } from "../spec/registry.ts";

/** Implementation for the prototype of coordinate transforms. */
export const coordinateTransformMethods: CoordinateTransformMethods & ThisType<CoordinateTransform> = {
  get x() {
    return makeModel<XComponent>("XComponent", { transform: this });
  },
  get y() {
    return makeModel<YComponent>("YComponent", { transform: this });
  },
};

/** Implementation for the prototype of graph layouts. */
export const layoutProviderMethods: LayoutProviderMethods & ThisType<LayoutProvider> = {
  get node_coordinates() {
    return makeModel<NodeCoordinates>("NodeCoordinates", { layout: this });
  },
  get edge_coordinates() {
    return makeModel<EdgeCoordinates>("EdgeCoordinates", { layout: this });
  },
};
