/**
 * The two halves of what transforms of coordinates make.
 *
 * @module
 */

import type { CoordinateTransform, CoordinateTransformMethods, XComponent, YComponent } from "../gen/class_types.ts";
import { makeModel } from "../spec/registry.ts";

/** The implementation, for the prototype of transforms of coordinates. */
export const coordinateTransformMethods: CoordinateTransformMethods & ThisType<CoordinateTransform> = {
  get x() {
    return makeModel<XComponent>("XComponent", { transform: this });
  },
  get y() {
    return makeModel<YComponent>("YComponent", { transform: this });
  },
};
