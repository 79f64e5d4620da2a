import { CDSView, ColumnDataSource, DataRange1d, IndexFilter, Range1d } from "../../models/gen/classes.ts";
import type { Model } from "../../models/base/model.ts";
import { ndarray } from "../../models/wire/ndarray.ts";
import { figure } from "../figure.ts";
import type { Figure } from "../figure_model.ts";
import { Viridis256 } from "../palettes/gen/palettes.ts";
import { linear_cmap } from "../transform.ts";

function draw(glyphs: (p: Figure) => void): () => Model {
  return () => {
    const p = figure({ tools: "" });
    glyphs(p);
    return p;
  };
}

function pixels(): Float64Array {
  return ndarray(Float64Array.of(1, 2, 3, 4), [2, 2]);
}

/** Cases of capture.py for glyphs. */
export const glyphCases: Record<string, () => Model> = {
  glyph_line_literals: draw((p) =>
    p.line([1, 2, 3], [4.5, 5.5, 6.5], { line_width: 2, line_dash: "dashed", color: "red", alpha: 0.5 })
  ),
  glyph_line_typed: draw((p) => p.line(Float64Array.of(1, 2), Int32Array.of(3, 4), { line_dash: [6, 3] })),
  glyph_source: draw((p) => {
    const source = new ColumnDataSource({ data: { a: [1, 2], b: [3, 4], c: ["red", "blue"] } });
    p.line("a", "b", { source, name: "l", level: "underlay", visible: false, muted: true });
    p.scatter("a", "b", { source, color: "c", size: 10, marker: "square" });
    p.scatter({ x: "a", y: 1, source, fill_color: null, line_color: { field: "c" } });
  }),
  glyph_source_dict: draw((p) => p.scatter("x", "y", { source: { x: [1], y: [2] } })),
  glyph_marker: draw((p) => {
    p.scatter({ x: [1], y: [2], marker: "o+" });
    p.scatter([1, 2], [2, 3], { marker: ["circle", "x"], size: [3, 4], angle: 0.5 });
    p.scatter([1], [2], 12, 0.1, { marker: "^" });
  }),
  glyph_color_columns: draw((p) =>
    p.scatter([1, 2], [3, 4], { color: ["red", "blue"], alpha: [0.1, 0.2], line_width: [1, 2] })
  ),
  glyph_color_tuple: draw((p) => p.scatter([1, 2], [3, 4], { fill_color: [255, 0, 0], line_color: [0, 0, 255, 0.5] })),
  glyph_variants: draw((p) => {
    p.scatter([1], [2], {
      selection_color: "firebrick",
      nonselection_fill_alpha: 0.2,
      nonselection_fill_color: "blue",
      nonselection_line_color: "firebrick",
      nonselection_line_alpha: 1.0,
    });
    p.scatter([1], [2], {
      alpha: 0.7,
      hover_alpha: 1,
      hover_fill_color: "red",
      muted_alpha: 0.05,
      muted_line_color: "gray",
    });
    p.line([1], [2], { selection_line_width: 4, hover_line_color: "red" });
  }),
  glyph_hatch: draw((p) =>
    p.vbar({
      x: [1, 2],
      top: [3, 4],
      width: 0.5,
      hatch_pattern: "/",
      hatch_color: "red",
      hatch_alpha: 0.5,
      fill_alpha: 0.2,
    })
  ),
  glyph_hatch_columns: draw((p) => p.vbar({ x: [1, 2], top: [3, 4], width: 0.5, hatch_pattern: ["/", "x"] })),
  glyph_bars: draw((p) => {
    p.vbar([1, 2], 0.5, [3, 4]);
    p.hbar({ y: [1, 2], height: 0.5, right: [3, 4], left: 1, fill_color: "green", line_color: null });
    p.quad({ left: [1], right: [2], top: [3], bottom: [4] });
    p.block(1, 2, 3, 4);
  }),
  glyph_round: draw((p) => {
    p.circle([1], [2], { radius: 0.5, radius_units: "screen" });
    // Bokeh still accepts `size`, which turns the circles into a scatter.
    Reflect.apply(p.circle, p, [[1], [2], { size: 5 }]);
    p.wedge({ x: 0, y: 1, radius: 0.4, start_angle: 0.1, end_angle: 2, direction: "clock" });
    p.annular_wedge({
      x: [1],
      y: [2],
      inner_radius: 0.1,
      outer_radius: 0.2,
      start_angle: 45,
      end_angle: 90,
      start_angle_units: "deg",
    });
    p.annulus([1], [2], 0.1, 0.2);
    p.arc([1], [2], { radius: 0.1, start_angle: 0, end_angle: 1, color: "blue" });
    p.ellipse([1], [2], { width: 3, height: 4, angle: 0.5 });
    p.ngon([1], [2], 0.5, { n: 5 });
  }),
  glyph_lines: draw((p) => {
    p.multi_line({ xs: [[1, 2], [3, 4]], ys: [[1, 2], [3, 4]], color: ["red", "blue"], line_width: [1, 2] });
    p.segment({ x0: [1], y0: [2], x1: [3], y1: [4], line_dash: "dotdash" });
    p.ray({ x: [1], y: [2], length: 45, angle: 0, length_units: "data" });
    p.step([1, 2], [3, 4], { mode: "after" });
    p.bezier({ x0: [1], y0: [2], x1: [3], y1: [4], cx0: [5], cy0: [6], cx1: [7], cy1: [8] });
    p.quadratic({ x0: [1], y0: [2], x1: [3], y1: [4], cx: [5], cy: [6] });
  }),
  glyph_spans: draw((p) => {
    p.hspan({ y: [1, 2], line_color: "red" });
    p.vspan({ x: 3 });
    p.hstrip({ y0: [1], y1: [2], fill_alpha: 0.3 });
    p.vstrip({ x0: [1], x1: [2] });
  }),
  glyph_areas: draw((p) => {
    p.patch([1, 2, 3], [1, 2, 1], { fill_color: "orange" });
    p.patches({ xs: [[1, 2, 3], [4, 5, 6]], ys: [[1, 2, 1], [3, 4, 3]], color: ["red", "blue"] });
    p.multi_polygons({ xs: [[[[1, 2, 3]]]], ys: [[[[1, 2, 1]]]] });
    p.varea({ x: [1, 2], y1: [0, 0], y2: [1, 2], alpha: 0.2 });
    p.harea({ x1: [0, 0], x2: [1, 2], y: [1, 2] });
    p.varea_step({ x: [1, 2], y1: [0, 0], y2: [1, 2], step_mode: "after" });
    p.harea_step({ x1: [0, 0], x2: [1, 2], y: [1, 2] });
  }),
  glyph_rect: draw((p) => {
    p.rect({ x: [1], y: [2], width: 3, height: 4, angle: 45, angle_units: "deg", dilate: true });
    p.rect([1], [2], [3], 4, { width_units: "screen" });
  }),
  glyph_text: draw((p) => {
    p.text({ x: [0, 1], y: [2, 3], text: ["a", "b"], text_font_size: "14px", text_color: "navy", x_offset: 3 });
    p.text([0], [1], ["c"], { color: "red", alpha: 0.5 });
    p.text("x", "y", "label", { source: new ColumnDataSource({ data: { x: [1], y: [2], label: ["q"] } }) });
  }),
  glyph_images: draw((p) => {
    p.image({ image: [pixels()], x: 0, y: 0, dw: 1, dh: 2, palette: "Viridis256", level: "image" });
    p.image({ image: [pixels()], x: 0, y: 0, dw: 1, dh: 2 });
    const color_mapper = linear_cmap("a", Viridis256, 0, 1).transform;
    p.image({ image: [pixels()], x: [0], y: [0], dw: [1], dh: [2], color_mapper });
    const rgba = ndarray(Uint32Array.of(1, 2, 3, 4), [2, 2]);
    p.image_rgba({ image: [rgba], x: [0], y: [0], dw: [1], dh: [1], global_alpha: 0.5 });
    p.image_url({ url: ["a.png", "b.png"], x: [1, 2], y: 3, w: 10, h: 20, anchor: "center", w_units: "screen" });
  }),
  glyph_hex_tile: draw((p) =>
    p.hex_tile({ q: [0, 1], r: [0, -1], size: 0.5, fill_color: ["red", "blue"], line_color: "white" })
  ),
  glyph_math: draw((p) => {
    p.tex([1], [2], ["x^2"]);
    p.mathml({ x: 1, y: 2, text: "m" });
  }),
  glyph_ranges_and_views: () => {
    const p = figure({ tools: "", x_range: [0, 1] });
    p.extra_y_ranges = { second: new Range1d({ start: 0, end: 100 }) };
    const source = new ColumnDataSource({ data: { x: [1, 2], y: [3, 4] } });
    const view = new CDSView({ filter: new IndexFilter({ indices: [0] }) });
    p.scatter("x", "y", { source, y_range_name: "second", view });
    return p;
  },
  glyph_markers: draw((p) => {
    for (const name of ["asterisk", "diamond_cross", "hex", "inverted_triangle", "x", "y"] as const) {
      p[name]([1], [2], { size: 10, color: "red" });
    }
  }),
  glyph_subplot: () => {
    const p = figure({ tools: "", x_range: [0, 10], y_range: [0, 10] });
    const xy = p.subplot({
      x_source: new Range1d({ start: 0, end: 1 }),
      y_source: new DataRange1d(),
      x_target: new Range1d({ start: 2, end: 3 }),
      y_target: new Range1d({ start: 4, end: 5 }),
    });
    xy.line([1, 2], [3, 4]);
    return p;
  },
};
