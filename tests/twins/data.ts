// Transforms, filters, expressions, mappers and annotations of data.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import {
  AjaxDataSource,
  AllIndices,
  AreaVisuals,
  Arrow,
  Band,
  BasicTicker,
  BooleanFilter,
  BoxAnnotation,
  BoxInteractionHandles,
  CanvasTexture,
  CategoricalColorMapper,
  CategoricalMarkerMapper,
  CategoricalPatternMapper,
  CDSView,
  CloseDialog,
  ColorBar,
  ColumnDataSource,
  CumSum,
  CustomJS,
  CustomJSExpr,
  CustomJSFilter,
  CustomJSTransform,
  Dialog,
  DifferenceFilter,
  Div,
  Dodge,
  EdgeCoordinates,
  EdgesAndLinkedNodes,
  EdgesOnly,
  GeoJSONDataSource,
  GlobalImportedStyleSheet,
  GlobalInlineStyleSheet,
  type GlyphRenderer,
  GroupFilter,
  HTMLLabel,
  ImageURLTexture,
  ImportedStyleSheet,
  IndexFilter,
  InlineStyleSheet,
  IntersectionFilter,
  InversionFilter,
  Jitter,
  Label,
  LabelSet,
  Legend,
  LegendItem,
  LinearColorMapper,
  LinearInterpolator,
  LogColorMapper,
  MathML,
  Maximum,
  Metric,
  MetricLength,
  Minimum,
  Node,
  NodeCoordinates,
  NodesAndAdjacentNodes,
  NodesOnly,
  NormalHead,
  OpenDialog,
  OpenHead,
  PlainText,
  PolarTransform,
  PolyAnnotation,
  PrintfTickFormatter,
  ReciprocalMetric,
  ScaleBar,
  ServerSentDataSource,
  SetValue,
  Slope,
  Stack,
  StaticLayoutProvider,
  StepInterpolator,
  SymmetricDifferenceFilter,
  TeeHead,
  TeX,
  Title,
  Tooltip,
  UnionFilter,
  VeeHead,
  WeightedStackColorMapper,
  Whisker,
} from "@bokeh/server/models";
import { Inferno, Plasma11, Viridis256 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";
import {
  cumsum,
  eqhist_cmap,
  factor_cmap,
  factor_hatch,
  factor_mark,
  jitter,
  log_cmap,
  stack,
  transform,
} from "@bokeh/server/transform";

export default function (doc: Document): void {
  const src = new ColumnDataSource({
    data: {
      x: [1, 2, 3, 4],
      y: [4, 3, 2, 1],
      k: ["a", "b", "a", "b"],
      v: [0.1, 0.5, 1.0, 10.0],
      cat: ["p", "q", "p", "q"],
    },
    name: "src",
  });
  const p = figure({ name: "p", x_range: ["p", "q"], width: 300, height: 300 });
  p.scatter({
    x: jitter("cat", 0.3, { range: p.x_range, distribution: "normal", mean: 0.1 }),
    y: "y",
    source: src,
    color: factor_cmap("k", "Category10_3", ["a", "b"], { nan_color: "black" }),
    marker: factor_mark("k", ["circle", "square"], ["a", "b"]),
    legend_field: "k",
  });
  p.scatter({
    x: "cat",
    y: "y",
    source: src,
    color: log_cmap("v", Viridis256, 0.1, 10, { low_color: "red", high_color: "blue" }),
    legend_group: "k",
    size: { value: 5 },
  });
  p.scatter({
    x: "cat",
    y: "y",
    source: src,
    fill_color: eqhist_cmap("v", Plasma11, 0, 1),
    line_color: {
      field: "k",
      transform: new CategoricalColorMapper({ factors: ["a", "b"], palette: ["red", "green"] }),
    },
  });
  p.vbar({
    x: "cat",
    top: stack("x", "y"),
    width: 0.2,
    source: src,
    hatch_pattern: factor_hatch("k", ["dot", "cross"], ["a", "b"]),
    hatch_alpha: 0.5,
    fill_alpha: 0.4,
  });
  p.wedge({
    x: 0,
    y: 0,
    radius: 1,
    start_angle: cumsum("x", { include_zero: true }),
    end_angle: cumsum("x"),
    source: src,
    fill_color: "red",
  });
  p.line({
    x: "cat",
    y: transform("y", new CustomJSTransform({ args: { s: src }, func: "return x", v_func: "return xs" })),
    source: src,
  });
  p.line({ x: "cat", y: { expr: new Stack({ fields: ["x", "y"] }) }, source: src, line_color: "navy" });
  p.scatter({
    x: "cat",
    y: { field: "y", transform: new LinearInterpolator({ x: [0, 1], y: [1, 2], clip: false }) },
    source: src,
    size: { field: "x", transform: new StepInterpolator({ x: "x", y: "y", data: src, mode: "before" }) },
  });
  const index = (indices: number[]) => new IndexFilter({ indices });
  const group = () => new GroupFilter({ column_name: "k", group: "a" });
  const views: Record<string, CDSView> = {
    a: new CDSView({ filter: index([0, 1]) }),
    b: new CDSView({ filter: new BooleanFilter({ booleans: [true, false, true, true] }) }),
    c: new CDSView({ filter: group() }),
    d: new CDSView({ filter: new AllIndices() }),
    e: new CDSView({
      filter: new IntersectionFilter({
        operands: [index([0]), new BooleanFilter({ booleans: [true, true, true, true] })],
      }),
    }),
    f: new CDSView({ filter: new UnionFilter({ operands: [index([0]), group()] }) }),
    g: new CDSView({ filter: new InversionFilter({ operand: index([0]) }) }),
    h: new CDSView({ filter: new DifferenceFilter({ operands: [index([0]), index([1])] }) }),
    i: new CDSView({ filter: new SymmetricDifferenceFilter({ operands: [index([0]), index([1])] }) }),
    j: new CDSView({ filter: new CustomJSFilter({ args: { q: 1 }, code: "return []" }) }),
  };
  const q = figure({ name: "q", width: 300, height: 300 });
  for (const [n, view] of Object.entries(views)) q.scatter({ x: "x", y: "y", source: src, view, name: n });
  q.scatter({
    x: { field: "x" },
    y: { value: 3 },
    source: src,
    size: { field: "v" },
    angle: { value: 45, units: "deg" },
    fill_color: { field: "v", transform: new LinearColorMapper({ palette: ["red"], low: 0 }) },
    line_color: "red",
  });
  q.ray({ x: 0, y: 0, length: { value: 10, units: "screen" }, angle: { value: 45, units: "deg" } });
  const others = new Div({
    tags: [
      new GeoJSONDataSource({ geojson: '{"type": "FeatureCollection", "features": []}' }),
      new AjaxDataSource({
        data_url: "/d",
        polling_interval: 100,
        mode: "append",
        http_headers: { a: "b" },
        max_size: 3,
        if_modified: true,
        method: "GET",
      }),
      new ServerSentDataSource({ data_url: "/e", adapter: new CustomJS({ code: "return 1" }) }),
      new LogColorMapper({ palette: Inferno[5], low: 1, nan_color: "#123456" }),
      new CategoricalPatternMapper({ factors: ["a"], patterns: ["dot"] }),
      new CategoricalMarkerMapper({ factors: ["a"], markers: ["star"] }),
      new WeightedStackColorMapper({
        palette: ["red"],
        alpha_mapper: new LinearColorMapper({ palette: ["#00000000", "#000000ff"] }),
      }),
      new CumSum({ field: "x" }),
      new Jitter({ width: 2 }),
      new Dodge({ value: 1 }),
      new PolarTransform({ radius: "x", angle: "y", direction: "clock" }),
      new Minimum({ field: "x", initial: 5 }),
      new Maximum({ field: "x" }),
      new CustomJSExpr({ code: "return 1", args: { a: 1 } }),
      new Tooltip({
        target: p,
        content: "t",
        position: [1.0, 2.0],
        attachment: "left",
        closable: true,
        interactive: false,
        show_arrow: false,
        visible: true,
      }),
      new StaticLayoutProvider({ graph_layout: new Map([[0, [1, 2]], [1, [3, 4]]]) }),
      new NodesOnly(),
      new EdgesAndLinkedNodes(),
      new NodesAndAdjacentNodes(),
      new EdgesOnly(),
      new NodeCoordinates({ layout: new StaticLayoutProvider({ graph_layout: {} }) }),
      new EdgeCoordinates({ layout: new StaticLayoutProvider({ graph_layout: {} }) }),
      new SetValue({ obj: p, attr: "width", value: 5 }),
      new CustomJS({ module: true, code: "export default () => {}" }),
      new OpenDialog({ dialog: new Dialog({ title: "d", content: "x" }) }),
      new CloseDialog({ dialog: new Dialog({ title: "d", content: "x" }) }),
      new ImageURLTexture({ url: "x.png", repetition: "repeat_x" }),
      new CanvasTexture({ code: "c" }),
      new TeX({ text: "x", macros: { R: "r" } }),
      new MathML({ text: "m" }),
      new PlainText({ text: "p" }),
      new PlainText({ text: "q" }),
      new InlineStyleSheet({ css: "a" }),
      new ImportedStyleSheet({ url: "u" }),
      new GlobalInlineStyleSheet({ css: "g" }),
      new GlobalImportedStyleSheet({ url: "h" }),
      1,
      new ScaleBar({ length_sizing: "exact", unit: "km", dimensional: new MetricLength() }),
      new ReciprocalMetric({ base_unit: "m" }),
      new Metric({ base_unit: "g" }),
    ],
  });
  const heads = [
    new NormalHead({ fill_color: "red", size: 5 }),
    new OpenHead({ line_width: 3 }),
    new VeeHead({ line_color: "blue" }),
    new TeeHead({ size: 9 }),
  ];
  heads.forEach((head, n) => {
    q.add_layout(
      n === 1
        ? new Arrow({
          x_start: 0,
          y_start: n,
          x_end: 1,
          y_end: n,
          start: head,
          end: null,
          line_color: "firebrick",
          source: src,
        })
        : new Arrow({ x_start: 0, y_start: n, x_end: 1, y_end: n, end: head }),
    );
  });
  q.add_layout(new Band({ base: "x", lower: "y", upper: "v", source: src, fill_alpha: 0.3, dimension: "width" }));
  q.add_layout(
    new Whisker({
      base: "x",
      upper: "y",
      lower: "v",
      source: src,
      upper_head: new TeeHead({ size: 3 }),
      lower_head: null,
      level: "annotation",
    }),
  );
  q.add_layout(
    new LabelSet({
      x: "x",
      y: "y",
      text: "k",
      source: src,
      x_offset: 3,
      text_font_size: "9px",
      angle: 10,
      angle_units: "deg",
    }),
  );
  q.add_layout(new HTMLLabel({ x: 1, y: 2, text: "html", text_color: "red" }));
  q.add_layout(
    new BoxAnnotation({
      left: 1,
      right: new Node({ target: "frame", symbol: "right", offset: -5 }),
      top: 3,
      bottom: null,
      editable: true,
      movable: "x",
      resizable: "top",
      left_units: "data",
      fill_color: "yellow",
      line_dash: "dashed",
      handles: new BoxInteractionHandles({ all: new AreaVisuals({ fill_color: "white" }) }),
    }),
  );
  q.add_layout(
    new PolyAnnotation({
      xs: [1, 2],
      ys: [1, 2],
      xs_units: "screen",
      editable: true,
      line_color: "red",
      hover_fill_color: "blue",
    }),
  );
  q.add_layout(
    new Label({
      x: 5,
      y: 5,
      x_units: "screen",
      y_units: "screen",
      text: new TeX({ text: "x^2" }),
      angle: 0.5,
      border_radius: 4,
      padding: [1, 2],
      anchor: "top_left",
      editable: true,
    }),
  );
  q.add_layout(new Title({ text: "sub", align: "right", text_font_size: "8pt", offset: 3, standoff: 2 }), "above");
  q.add_layout(
    new ColorBar({
      color_mapper: new LinearColorMapper({ palette: "Viridis256", low: 0, high: 1 }),
      title: "cb",
      ticker: new BasicTicker(),
      formatter: new PrintfTickFormatter({ format: "%f" }),
      label_standoff: 12,
      location: [0, 0],
      orientation: "horizontal",
      major_label_overrides: { 0: "zero" },
      width: 100,
      height: 20,
      bar_line_color: "black",
      display_low: 0,
      display_high: 0.5,
    }),
    "below",
  );
  q.add_layout(new Slope({ gradient: 1, y_intercept: 2, above_fill_color: "red", above_fill_alpha: 0.1 }));
  q.add_layout(
    new Legend({
      items: [
        new LegendItem({
          label: { field: "k" },
          renderers: [q.renderers[1] as GlyphRenderer],
          index: 0,
          visible: false,
        }),
      ],
      title: "lt",
      ncols: 2,
      orientation: "horizontal",
      location: [10, 20],
      glyph_height: 5,
      click_policy: "hide",
      label_text_font: "serif",
      background_fill_alpha: 0.2,
      item_background_policy: "every",
      inactive_fill_color: "gray",
    }),
    "right",
  );
  doc.add_root(column([p, q, others]));
}
