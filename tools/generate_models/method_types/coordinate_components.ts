import type { XComponent, YComponent } from "../../../models/gen/class_types.ts";

/** What transforms of coordinates offer glyphs: `plot.line({ x: polar.x, y: polar.y, source })`. */
export interface CoordinateTransformMethods {
  /** The x-coordinates that it makes, a new model each time. */
  readonly x: XComponent;
  /** The y-coordinates that it makes, a new model each time. */
  readonly y: YComponent;
}
