/** Definition of a glyph method. */
export interface GlyphEntry {
  /** Name of the glyph class. */
  readonly type: string;
  /** Properties that can be passed by position, in order. */
  readonly args: readonly string[];
  /** Marker type, for methods that draw `Scatter` glyphs with a fixed marker. */
  readonly marker?: string;
}

const MARKER_ARGS = ["x", "y", "size", "angle"];

/**
 * All glyph methods by name. `tools/generate_glyph_methods.ts` generates their types from this
 * table.
 */
export const GLYPHS = {
  annular_wedge: {
    type: "AnnularWedge",
    args: ["x", "y", "inner_radius", "outer_radius", "start_angle", "end_angle", "direction"],
  },
  annulus: { type: "Annulus", args: ["x", "y", "inner_radius", "outer_radius"] },
  arc: { type: "Arc", args: ["x", "y", "radius", "start_angle", "end_angle", "direction"] },
  bezier: { type: "Bezier", args: ["x0", "y0", "x1", "y1", "cx0", "cy0", "cx1", "cy1"] },
  block: { type: "Block", args: ["x", "y", "width", "height"] },
  circle: { type: "Circle", args: ["x", "y", "radius"] },
  ellipse: { type: "Ellipse", args: ["x", "y", "width", "height", "angle"] },
  harea: { type: "HArea", args: ["x1", "x2", "y"] },
  harea_step: { type: "HAreaStep", args: ["x1", "x2", "y"] },
  hbar: { type: "HBar", args: ["y", "height", "right", "left"] },
  hex_tile: { type: "HexTile", args: ["q", "r"] },
  hspan: { type: "HSpan", args: ["y"] },
  hstrip: { type: "HStrip", args: ["y0", "y1"] },
  image: { type: "Image", args: ["image", "x", "y", "dw", "dh", "dilate"] },
  image_rgba: { type: "ImageRGBA", args: ["image", "x", "y", "dw", "dh", "dilate"] },
  image_stack: { type: "ImageStack", args: ["image", "x", "y", "dw", "dh", "dilate"] },
  image_url: { type: "ImageURL", args: ["url", "x", "y", "w", "h", "angle", "dilate"] },
  line: { type: "Line", args: ["x", "y"] },
  mathml: { type: "MathMLGlyph", args: ["x", "y", "text", "angle", "x_offset", "y_offset"] },
  multi_line: { type: "MultiLine", args: ["xs", "ys"] },
  multi_polygons: { type: "MultiPolygons", args: ["xs", "ys"] },
  ngon: { type: "Ngon", args: ["x", "y", "radius"] },
  patch: { type: "Patch", args: ["x", "y"] },
  patches: { type: "Patches", args: ["xs", "ys"] },
  quad: { type: "Quad", args: ["left", "right", "top", "bottom"] },
  quadratic: { type: "Quadratic", args: ["x0", "y0", "x1", "y1", "cx", "cy"] },
  ray: { type: "Ray", args: ["x", "y", "length", "angle"] },
  rect: { type: "Rect", args: ["x", "y", "width", "height", "angle", "dilate"] },
  scatter: { type: "Scatter", args: ["x", "y", "size", "angle", "marker"] },
  segment: { type: "Segment", args: ["x0", "y0", "x1", "y1"] },
  step: { type: "Step", args: ["x", "y"] },
  tex: { type: "TeXGlyph", args: ["x", "y", "text", "angle", "x_offset", "y_offset"] },
  text: { type: "Text", args: ["x", "y", "text", "angle", "x_offset", "y_offset"] },
  varea: { type: "VArea", args: ["x", "y1", "y2"] },
  varea_step: { type: "VAreaStep", args: ["x", "y1", "y2"] },
  vbar: { type: "VBar", args: ["x", "width", "top", "bottom"] },
  vspan: { type: "VSpan", args: ["x"] },
  vstrip: { type: "VStrip", args: ["x0", "x1"] },
  wedge: { type: "Wedge", args: ["x", "y", "radius", "start_angle", "end_angle", "direction"] },
  asterisk: marker("asterisk"),
  circle_cross: marker("circle_cross"),
  circle_dot: marker("circle_dot"),
  circle_x: marker("circle_x"),
  circle_y: marker("circle_y"),
  cross: marker("cross"),
  dash: marker("dash"),
  diamond: marker("diamond"),
  diamond_cross: marker("diamond_cross"),
  diamond_dot: marker("diamond_dot"),
  dot: marker("dot"),
  hex: marker("hex"),
  hex_dot: marker("hex_dot"),
  inverted_triangle: marker("inverted_triangle"),
  plus: marker("plus"),
  square: marker("square"),
  square_cross: marker("square_cross"),
  square_dot: marker("square_dot"),
  square_pin: marker("square_pin"),
  square_x: marker("square_x"),
  star: marker("star"),
  star_dot: marker("star_dot"),
  triangle: marker("triangle"),
  triangle_dot: marker("triangle_dot"),
  triangle_pin: marker("triangle_pin"),
  x: marker("x"),
  y: marker("y"),
} satisfies Record<string, GlyphEntry>;

/** Short names of markers that `scatter` accepts. */
export const MARKER_SHORTCUTS: Readonly<Record<string, string>> = {
  "*": "asterisk",
  "+": "cross",
  "o": "circle",
  "o+": "circle_cross",
  "o.": "circle_dot",
  "ox": "circle_x",
  "oy": "circle_y",
  "-": "dash",
  ".": "dot",
  "v": "inverted_triangle",
  "^": "triangle",
  "^.": "triangle_dot",
};

function marker(name: string): GlyphEntry {
  return { type: "Scatter", args: MARKER_ARGS, marker: name };
}
