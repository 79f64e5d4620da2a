import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  AllIndices,
  Block,
  BoxEditTool,
  CategoricalColorMapper,
  CDSView,
  Column,
  ColumnDataSource,
  CustomJS,
  DataRange1d,
  DataTable,
  Div,
  FactorRange,
  GlyphRenderer,
  GMapOptions,
  GMapPlot,
  GroupFilter,
  HBar,
  HoverTool,
  HStrip,
  IndexFilter,
  InversionFilter,
  LayoutDOM,
  LegendItem,
  Line,
  LinearScale,
  LineEditTool,
  MercatorTicker,
  MultiLine,
  Plot,
  PointDrawTool,
  PolyDrawTool,
  PolyEditTool,
  Quad,
  Range1d,
  RangeTool,
  Rect,
  Row,
  Scatter,
  SetValue,
  Slider,
  TableColumn,
  Toolbar,
  VBar,
  VStrip,
} from "../../models/gen/classes.ts";
import type { Model } from "../../models/base/model.ts";
import { modelClass, modelNames } from "../../models/spec/registry.ts";
import { checkIntegrity } from "./check_integrity.ts";
import { layoutChecks } from "./layout_checks.ts";
import { Document } from "../document.ts";
import { Theme } from "../themes/theme.ts";

const source = new ColumnDataSource({ data: { x: [1], height: [2] } });

function renderer(glyph: Line | MultiLine | Rect | Scatter, view?: CDSView): GlyphRenderer {
  return new GlyphRenderer({ data_source: source, glyph, ...view === undefined ? {} : { view } });
}

/** Returns the issues of a model in the form of Bokeh. */
function found(...models: Model[]): string[] {
  return checkIntegrity(models).map(({ level, code, name }) => `${level} ${code} ${name}`);
}

const WRONG: readonly [name: string, code: string, make: () => Model][] = [
  ["MISSING_RENDERERS", "warning 1000", () => new Plot({ x_range: new Range1d(), y_range: new Range1d() })],
  ["INCOMPATIBLE_SCALE_AND_RANGE", "error 1009", () =>
    new Plot({
      x_range: new FactorRange({ factors: ["a"] }),
      y_range: new Range1d(),
      x_scale: new LinearScale(),
      renderers: [renderer(new Scatter({ x: { field: "x" } }))],
    })],
  ["BAD_EXTRA_RANGE_NAME", "error 1020", () => {
    const drawn = renderer(new Scatter({ x: { field: "x" } }));
    drawn.y_range_name = "far";
    return new Plot({ x_range: new Range1d(), y_range: new Range1d(), renderers: [drawn] });
  }],
  ["MISSING_MERCATOR_DIMENSION", "error 1007", () => new MercatorTicker()],
  [
    "BAD_COLUMN_NAME",
    "error 1001",
    () => new LegendItem({ label: { field: "no" }, renderers: [renderer(new Line())] }),
  ],
  [
    "CDSVIEW_FILTERS_WITH_CONNECTED",
    "error 1024",
    () => renderer(new Line({ x: 1, y: 2 }), new CDSView({ filter: new IndexFilter({ indices: [0] }) })),
  ],
  ["DUPLICATE_FACTORS", "error 1019", () => new FactorRange({ factors: [["a", "b"], ["a", "b"]] })],
  [
    "PALETTE_LENGTH_FACTORS_MISMATCH",
    "warning 1008",
    () => new CategoricalColorMapper({ palette: ["red"], factors: ["a", "b"] }),
  ],
  ["NO_RANGE_TOOL_RANGES", "error 1018", () => new RangeTool()],
  ["INCOMPATIBLE_BOX_EDIT_RENDERER", "error 1014", () => new BoxEditTool({ renderers: [renderer(new Line())] })],
  ["MISSING_GLYPH", "error 1002", () => new GlyphRenderer({ data_source: source })],
  ["NO_SOURCE_FOR_GLYPH", "error 1003", () => new GlyphRenderer({ glyph: new Line() })],
  ["MISSING_GOOGLE_API_KEY", "error 1005", () => new GMapPlot({ map_options: new GMapOptions({ lat: 1, lng: 2 }) })],
  ["INCOMPATIBLE_MAP_RANGE_TYPE", "error 1012", () => {
    const map_options = new GMapOptions({ lat: 1, lng: 2 });
    return new GMapPlot({ map_options, api_key: "key", x_range: new DataRange1d(), y_range: new Range1d() });
  }],
  [
    "INCOMPATIBLE_POINT_DRAW_RENDERER",
    "error 1013",
    () => new PointDrawTool({ renderers: [renderer(new MultiLine())] }),
  ],
  ["INCOMPATIBLE_POLY_DRAW_RENDERER", "error 1015", () => new PolyDrawTool({ renderers: [renderer(new Line())] })],
  ["INCOMPATIBLE_POLY_EDIT_RENDERER", "error 1016", () => new PolyEditTool({ renderers: [renderer(new Line())] })],
  [
    "INCOMPATIBLE_POLY_EDIT_VERTEX_RENDERER",
    "error 1017",
    () => new PolyEditTool({ vertex_renderer: renderer(new MultiLine()) }),
  ],
  ["INCOMPATIBLE_LINE_EDIT_RENDERER", "error 1025", () => {
    const intersection_renderer = renderer(new Scatter());
    return new LineEditTool({ renderers: [renderer(new Rect())], intersection_renderer });
  }],
  [
    "INCOMPATIBLE_LINE_EDIT_INTERSECTION_RENDERER",
    "error 1026",
    () => new LineEditTool({ intersection_renderer: renderer(new MultiLine()) }),
  ],
  ["EMPTY_LAYOUT", "warning 1002", () => new Column()],
  ["REPEATED_LAYOUT_CHILD", "error 1027", () => {
    const div = new Div();
    return new Row({ children: [div, div] });
  }],
  ["FIXED_SIZING_MODE", "warning 1005", () => new Div({ sizing_mode: "fixed", width: 3 })],
  ["FIXED_WIDTH_POLICY", "warning 1006", () => new Div({ width_policy: "fixed" })],
  ["FIXED_HEIGHT_POLICY", "warning 1007", () => new Div({ height_policy: "fixed" })],
  ["MIN_PREFERRED_MAX_WIDTH", "error 1022", () => new Div({ min_width: 9, max_width: 3 })],
  [
    "MIN_PREFERRED_MAX_HEIGHT",
    "error 1023",
    () => new Div({ min_height: 1, height: 9, height_policy: "fixed", max_height: 3 }),
  ],
  ["EQUAL_SLIDER_START_END", "error 1021", () => new Slider({ start: 1, end: 1, value: 1 })],
  ["INVALID_PROPERTY_VALUE", "error 1029", () => new SetValue({ obj: new Div(), attr: "text", value: 1 })],
  ["NOT_A_PROPERTY_OF", "error 1028", () => new SetValue({ obj: new Div(), attr: "txt", value: 1 })],
];

for (const [name, code, make] of WRONG) {
  Deno.test(`checkIntegrity() finds ${name}`, () => assertEquals(found(make()), [`${code} ${name}`]));
}

Deno.test("checkIntegrity() finds nothing in correct models", () => {
  const drawn = renderer(new Scatter({ x: { field: "x" } }), new CDSView({ filter: new AllIndices() }));
  const plot = new Plot({ x_range: new Range1d(), y_range: new Range1d(), renderers: [drawn] });
  const slider = new Slider({ start: 0, end: 1, value: 1, width: 100, sizing_mode: "stretch_height" });
  assertEquals(found(plot, drawn, new Row({ children: [plot] }), slider, new CustomJS({ code: "1" })), []);
});

Deno.test("checkIntegrity() accepts all types of boxes in BoxEditTool", () => {
  const boxes = [new Rect(), new Quad(), new Block(), new HBar(), new VBar(), new HStrip(), new VStrip()];
  const tool = new BoxEditTool({ renderers: boxes.map((glyph) => new GlyphRenderer({ data_source: source, glyph })) });
  assertEquals(found(tool), []);
});

Deno.test("checkIntegrity() suggests columns in place of missing ones", () => {
  const [issue] = checkIntegrity([renderer(new Rect({ x: "x", height: "hight" }))]);
  assertStringIncludes(issue!.text, "height='hight' [closest match: 'height']; it has x, height");
});

Deno.test("checkIntegrity() suggests columns in place of those that tables, filters and tooltips lack", () => {
  const table = new DataTable({ source: source as ColumnDataSource, columns: [new TableColumn({ field: "hight" })] });
  const column_name: string = "hight";
  const view = new CDSView({ filter: new InversionFilter({ operand: new GroupFilter({ column_name, group: 1 }) }) });
  const filtered = renderer(new Scatter({ x: "x", y: "height" }), view);
  const drawn = renderer(new Scatter({ x: "x", y: "height" }));
  const ranges = { x_range: new Range1d(), y_range: new Range1d() };
  const plotWith = (tooltips: string | [string, string][], renderers = [drawn]) =>
    new Plot({ ...ranges, renderers, toolbar: new Toolbar({ tools: [new HoverTool({ tooltips })] }) });
  const hover = plotWith([["h", "@hight{0.0} at $x"]]);
  for (const model of [table, filtered, hover, plotWith("<b>@{hight}</b>")]) {
    const [issue, ...more] = checkIntegrity([model]);
    assertEquals([issue?.name, more.length], ["BAD_COLUMN_NAME", 0], model.type);
    assertStringIncludes(issue!.text, "'hight' [closest match: 'height']; it has x, height");
  }
  const later = new GlyphRenderer({ glyph: new Scatter(), data_source: new ColumnDataSource() });
  assertEquals(found(plotWith([["h", "@height"], ["", "@$name"]]), plotWith([["h", "@any"]], [later])), []);
});

Deno.test("validate() finds roots that are children of other roots", () => {
  const doc = new Document();
  const div = new Div();
  const row = new Row({ children: [div] });
  doc.add_root(row);
  doc.add_root(div);
  assertEquals(doc.validate().map(({ code, model }) => [code, model]), [[1004, row]]);
});

Deno.test("checkIntegrity() finds mistakes in values of a theme", () => {
  const doc = new Document({ theme: new Theme({ attrs: { Div: { sizing_mode: "fixed" } } }) });
  doc.add_root(new Div());
  assertEquals(doc.validate().map(({ name }) => name), ["FIXED_SIZING_MODE"]);
});

Deno.test("checkIntegrity() skips checks of attributes that are not set", () => {
  const classes = modelNames().map((name) => modelClass(name)!).filter((cls) => cls.prototype instanceof LayoutDOM);
  for (const { cls, concerns, find, name } of layoutChecks) {
    if (concerns === undefined) continue;
    for (const made of classes) {
      const model = new made();
      if (model instanceof cls) assertEquals(find(model, []), undefined, `${name} of ${made.type}`);
    }
  }
});
