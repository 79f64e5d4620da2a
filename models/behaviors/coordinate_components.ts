/**
 * The two halves of what transforms of coordinates make.
 *
 * @module
 */

import type { CoordinateTransform, XComponent, YComponent } from "../gen/classes.ts";
import { makeModel } from "../base/make_model.ts";

/** What transforms of coordinates offer glyphs: `plot.line({ x: polar.x, y: polar.y, source })`. */
export interface CoordinateTransformMethods {
  /** The x-coordinates that it makes, a new model each time. */
  readonly x: XComponent;
  /** The y-coordinates that it makes, a new model each time. */
  readonly y: YComponent;
}

/** The implementation, for the prototype of transforms of coordinates. */
export const coordinateTransformMethods: CoordinateTransformMethods & ThisType<CoordinateTransform> = {
  get x() {
    return makeModel<XComponent>("XComponent", { transform: this });
  },
  get y() {
    return makeModel<YComponent>("YComponent", { transform: this });
  },
};
