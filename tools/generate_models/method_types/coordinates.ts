import type { EdgeCoordinates, NodeCoordinates, XComponent, YComponent } from "../../../models/gen/class_types.ts";

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

/** Additional members of graph layouts: transforms for the coordinates of glyphs and labels. */
export interface LayoutProviderMethods {
  /** Coordinates of the nodes. Each access creates a new model. */
  readonly node_coordinates: NodeCoordinates;
  /** Coordinates of the edges. Each access creates a new model. */
  readonly edge_coordinates: EdgeCoordinates;
}
