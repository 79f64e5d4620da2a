/**
 * A surface in three dimensions, drawn with vis.js: Bokeh's example of a custom model.
 *
 * @module
 */

import { ColumnDataSource, defineModel, LayoutDOM } from "@bokeh/server/models";

/** A surface in three dimensions. Users turn it with the mouse. */
export const Surface3d = defineModel({
  name: "Surface3d",
  base: LayoutDOM,
  properties: ({ Any, Dict, Ref, Str }) => ({
    /** The data, with the columns that `x`, `y` and `z` name. */
    data_source: Ref(ColumnDataSource),
    x: Str,
    y: Str,
    z: Str,
    /** Options of vis.js. See https://visjs.github.io/vis-graph3d/docs/graph3d/ */
    options: [Dict(Any), {
      width: "600px",
      height: "600px",
      style: "surface",
      showPerspective: true,
      showGrid: true,
      keepAspectRatio: true,
      verticalRatio: 1.0,
      legendLabel: "stuff",
      cameraPosition: { horizontal: -0.35, vertical: 0.22, distance: 1.8 },
    }],
  }),
  view: new URL("./surface3d_view.ts", import.meta.url),
});
