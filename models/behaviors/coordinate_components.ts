/**
 * The x- and y-components of coordinate transforms.
 *
 * @module
 */

import type { CoordinateTransform, CoordinateTransformMethods, XComponent, YComponent } from "../gen/class_types.ts";
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
