import type { XComponent, YComponent } from "../../../models/gen/class_types.ts";

/**
 * Additional members of coordinate transforms: values for glyphs, as in
 * `plot.line({ x: polar.x, y: polar.y, source })`.
 */
export interface CoordinateTransformMethods {
  /** The x-component. Each access creates a new model. */
  readonly x: XComponent;
  /** The y-component. Each access creates a new model. */
  readonly y: YComponent;
}
