/**
 * Integrity checks of renderers, color mappers and edit tools.
 *
 * @module
 */

import {
  AllIndices,
  Block,
  BoxEditTool,
  CategoricalColorMapper,
  FactorRange,
  GlyphRenderer,
  GraphRenderer,
  HStrip,
  Line,
  LineEditTool,
  LRTB,
  MultiLine,
  Patch,
  Patches,
  PointDrawTool,
  PolyDrawTool,
  PolyEditTool,
  RangeTool,
  Rect,
  VStrip,
  WeightedStackColorMapper,
  XYGlyph,
} from "../../models/gen/classes.ts";
import { missingColumns } from "../../models/diagnostics/missing_columns.ts";
import type { Model } from "../../models/base/model.ts";
import { check, type IntegrityCheck, listed, repeated, requiredCheck } from "./check.ts";
import { columnNames, sourceOf } from "./columns.ts";

/** Glyphs that connect all points to one shape. */
const CONNECTED = [Line, Patch];

type GlyphClass = abstract new (...args: never[]) => Model;

/** Checks of renderers, color mappers, and tools that edit glyphs. */
export const rendererChecks: readonly IntegrityCheck[] = [
  requiredCheck(
    GlyphRenderer,
    "glyph",
    "E-1002",
    "MISSING_GLYPH",
    "set a glyph, such as new Scatter()",
  ),
  requiredCheck(
    GlyphRenderer,
    "data_source",
    "E-1003",
    "NO_SOURCE_FOR_GLYPH",
    "set a source, such as new ColumnDataSource()",
  ),
  check(GlyphRenderer, "E-1001", "BAD_COLUMN_NAME", findBadColumns),
  check(
    GlyphRenderer,
    "E-1024",
    "CDSVIEW_FILTERS_WITH_CONNECTED",
    ({ glyph, view }) =>
      CONNECTED.some((cls) => glyph instanceof cls) && !(view.filter instanceof AllIndices)
        ? `${glyph.type} glyphs connect their points, which a filter cannot: filter the source's data instead`
        : undefined,
  ),
  check(GraphRenderer, "E-1011", "MALFORMED_GRAPH_SOURCE", ({ node_renderer, edge_renderer }) => {
    const nodes = columnNames(sourceOf(node_renderer));
    const edges = columnNames(sourceOf(edge_renderer));
    const missing = [
      ...["index"].filter((name) => !nodes.includes(name)).map((name) => `${name} of the nodes`),
      ...["start", "end"].filter((name) => !edges.includes(name)).map((name) => `${name} of the edges`),
    ];
    return listed(missing, (columns) => `a column is missing: add ${columns}`);
  }),
  check(FactorRange, "E-1019", "DUPLICATE_FACTORS", ({ factors }) =>
    listed(
      repeated(factors.map((factor) => JSON.stringify(factor))),
      (list) => `factors occur more than once (${list}): name each once`,
    )),
  check(
    CategoricalColorMapper,
    "W-1008",
    "PALETTE_LENGTH_FACTORS_MISMATCH",
    ({ palette, factors }) =>
      palette.length < factors.length
        ? `${factors.length} factors share ${palette.length} colors: the last will have nan_color, use a longer palette`
        : undefined,
  ),
  check(
    WeightedStackColorMapper,
    "E-1030",
    "WEIGHTED_STACK_COLOR_MAPPER_LABEL_LENGTH_MISMATCH",
    ({ stack_labels, palette }) =>
      stack_labels !== null && stack_labels.length !== palette.length
        ? `it has ${stack_labels.length} labels for ${palette.length} colors: the numbers must be equal`
        : undefined,
  ),
  check(
    RangeTool,
    "E-1018",
    "NO_RANGE_TOOL_RANGES",
    ({ x_range, y_range }) =>
      x_range === null && y_range === null ? "it moves no range: set x_range or y_range" : undefined,
  ),
  editorCheck(PointDrawTool, "E-1013", "INCOMPATIBLE_POINT_DRAW_RENDERER", [XYGlyph]),
  editorCheck(BoxEditTool, "E-1014", "INCOMPATIBLE_BOX_EDIT_RENDERER", [LRTB, Block, Rect, HStrip, VStrip]),
  editorCheck(PolyDrawTool, "E-1015", "INCOMPATIBLE_POLY_DRAW_RENDERER", [MultiLine, Patches]),
  editorCheck(PolyEditTool, "E-1016", "INCOMPATIBLE_POLY_EDIT_RENDERER", [MultiLine, Patches]),
  editorCheck(PolyDrawTool, "E-1017", "INCOMPATIBLE_POLY_EDIT_VERTEX_RENDERER", [XYGlyph], "vertex_renderer"),
  editorCheck(PolyEditTool, "E-1017", "INCOMPATIBLE_POLY_EDIT_VERTEX_RENDERER", [XYGlyph], "vertex_renderer"),
  editorCheck(
    LineEditTool,
    "E-1026",
    "INCOMPATIBLE_LINE_EDIT_INTERSECTION_RENDERER",
    [XYGlyph],
    "intersection_renderer",
  ),
  editorCheck(LineEditTool, "E-1025", "INCOMPATIBLE_LINE_EDIT_RENDERER", [MultiLine, Line]),
];

/** Creates a check that the renderers of an edit tool draw only glyphs that the tool can edit. */
function editorCheck(
  cls: abstract new (...args: never[]) => Model,
  code: `E-${number}`,
  name: string,
  glyphs: readonly GlyphClass[],
  attr = "renderers",
): IntegrityCheck {
  return check(cls, code, name, (tool) => {
    const wrong = [tool.get(attr)].flat()
      .filter((renderer) => renderer instanceof GlyphRenderer)
      .map((renderer) => renderer.rawValue("glyph"))
      .filter((glyph) => glyph !== undefined && !glyphs.some((known) => glyph instanceof known));
    const names = glyphs.map((known) => known.name).join(" and ");
    return listed(
      wrong.map(String),
      (list) => `its ${attr} draws ${list}, which it cannot edit: use ${names} glyphs`,
    );
  });
}

function findBadColumns(renderer: GlyphRenderer): string | undefined {
  return listed(
    missingColumns(renderer),
    (list) => `the glyph refers to columns that its source does not have: ${list}; it has ${columnsOf(renderer)}`,
  );
}

function columnsOf(renderer: GlyphRenderer): string {
  return columnNames(sourceOf(renderer)).join(", ") || "none";
}
