/**
 * Writes `plotting/gen/glyph_methods.ts`, the types of the glyph methods of figures, from `plotting/glyph_table.ts`.
 *
 * ```sh
 * deno run -A tools/generate/glyph_methods.ts
 * ```
 *
 * @module
 */

import { type GlyphEntry, GLYPHS } from "../../plotting/glyph_table.ts";

const output = new URL("../../plotting/gen/glyph_methods.ts", import.meta.url);

/**
 * What each method draws, for its doc comment. Methods with a fixed marker need no entry.
 *
 * The texts are not in the glyph table, because every program with a figure loads that.
 */
const SUMMARIES: Readonly<Record<string, string>> = {
  annular_wedge: "ring segments, with radii in data units and angles in radians",
  annulus: "rings, with radii in data units",
  arc: "circular arcs, with radii in data units and angles in radians",
  bezier: "cubic Bézier curves from (x0, y0) to (x1, y1), with the control points (cx0, cy0) and (cx1, cy1)",
  block: "rectangles, given by their lower left corner, width and height",
  circle: "circles, with radii in data units. With the option `size`, draws markers with a size in pixels",
  ellipse: "ellipses, given by their center, width and height",
  harea: "an area between two curves that run vertically: from x1 to x2 at each y",
  harea_step: "an area between two step curves that run vertically: from x1 to x2 at each y",
  hbar: "horizontal bars from `left` to `right`, centered at y",
  hex_tile: "hexagonal tiles, given by their axial coordinates q and r",
  hspan: "infinite horizontal lines",
  hstrip: "infinite horizontal strips between y0 and y1",
  image: "images of numbers, which a color mapper turns into colors",
  image_rgba: "images of RGBA colors, with one 32-bit integer or four bytes for each pixel",
  image_stack: "stacks of images of numbers, which a color mapper combines",
  image_url: "images that the browser loads from URLs",
  line: "one line through all points. NaN interrupts it",
  mathml: "formulas in MathML",
  multi_line: "several lines, one for each array of `xs` and `ys`",
  multi_polygons: "several shapes, each of one or more polygons that may have holes",
  ngon: "regular polygons with `n` sides, with radii in data units",
  patch: "one filled polygon through all points. NaN starts another polygon",
  patches: "several filled polygons, one for each array of `xs` and `ys`",
  quad: "rectangles, given by the positions of their four sides",
  quadratic: "quadratic curves from (x0, y0) to (x1, y1), with the control point (cx, cy)",
  ray: "line segments, given by their start, length in data units (0 for infinite) and angle",
  rect: "rectangles, given by their center, width, height and angle",
  scatter: "markers of any type, with sizes in pixels",
  segment: "line segments from (x0, y0) to (x1, y1)",
  step: "one line of steps through all points",
  tex: "formulas in TeX",
  text: "texts",
  varea: "an area between two curves that run horizontally: from y1 to y2 at each x",
  varea_step: "an area between two step curves that run horizontally: from y1 to y2 at each x",
  vbar: "vertical bars from `bottom` to `top`, centered at x",
  vspan: "infinite vertical lines",
  vstrip: "infinite vertical strips between x0 and x1",
  wedge: "circular sectors, with radii in data units and angles in radians",
};

/**
 * Returns the declarations of one method: one that takes all values by name, and one for each
 * number of values by position. The type checker reports only the declarations with the given
 * number of arguments, so that its message names a misspelled option.
 */
function renderMethod(name: string, { type, args, marker }: GlyphEntry): string {
  const what = marker === undefined ? summaryOf(name) : `\`${marker}\` markers, as \`scatter\` with this marker`;
  const attributes = marker === undefined ? `${type}["$props"]` : `Omit<${type}["$props"], "marker">`;
  const options = `GlyphOptions<${attributes}, S, N>`;
  const result = `GlyphRenderer<${type}, DataSourceOf<S>>`;
  const values = args.map((arg) => `${arg}: GlyphValue<${attributes}, "${arg}", FieldName<N, ColumnName<S>>>`);
  const declare = (parameters: readonly string[]) =>
    `  ${name}<S extends GlyphSource = undefined, N extends string = string>(${parameters.join(", ")}): ${result};`;
  return [
    "  /**",
    `   * Draws ${what}.`,
    "   *",
    `   * @param options Properties of {@linkcode ${type}}, of its renderer and of the legend.`,
    "   */",
    declare([`options?: ${options}`]),
    ...values.flatMap((_, i) => {
      const isOptional = i > 0 || values.length === 1;
      return [
        `  /** Draws ${what}. Values by position: ${args.slice(0, i + 1).join(", ")}. */`,
        declare([...values.slice(0, i + 1), `options${isOptional ? "?" : ""}: ${options}`]),
      ];
    }),
  ].join("\n");
}

/**
 * Returns what a method draws.
 *
 * @throws {RangeError} if there is no summary
 */
function summaryOf(name: string): string {
  const summary = SUMMARIES[name];
  if (summary === undefined) throw new RangeError(`Cannot describe ${name}: it has no summary in SUMMARIES`);
  return summary;
}

/** Returns the source text of the module. */
function render(glyphs: Readonly<Record<string, GlyphEntry>>): string {
  const entries = Object.entries(glyphs).sort(([a], [b]) => a < b ? -1 : 1);
  const types = [...new Set(["GlyphRenderer", ...entries.map(([, { type }]) => type)])].sort();
  return [
    "// Generated by tools/generate/glyph_methods.ts from plotting/glyph_table.ts: do not edit.",
    `import type {\n${types.map((type) => `  ${type},`).join("\n")}`,
    '} from "../../models/gen/classes.ts";',
    'import type { ColumnName, FieldName } from "../../models/columns/column_names.ts";',
    'import type { GlyphOptions, GlyphValue } from "../glyph_options.ts";',
    'import type { DataSourceOf, GlyphSource } from "../glyph_source.ts";',
    "",
    "/**",
    " * The glyph methods of figures, maps and subplots. Each draws one type of glyph and returns its renderer.",
    " *",
    " * Options set properties of the glyph. A property can be a single value, an array with a value for each glyph, or the",
    " * name of a column of `source`. The first properties can also be passed by position.",
    " *",
    " * @example",
    " * ```ts",
    ' * import { figure } from "@bokeh/server/plotting";',
    " *",
    " * const plot = figure();",
    ' * plot.scatter({ x: "x", y: "y", size: 10, color: "navy", source: { x: [1, 2, 3], y: [4, 6, 5] } });',
    ' * plot.line([1, 2, 3], [4, 6, 5], { line_width: 2, legend_label: "trend" });',
    " * ```",
    " */",
    "export interface GlyphMethods {",
    ...entries.map(([name, entry]) => renderMethod(name, entry)),
    "}",
    "",
  ].join("\n");
}

if (import.meta.main) await Deno.writeTextFile(output, render(GLYPHS));
