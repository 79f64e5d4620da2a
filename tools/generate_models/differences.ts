import type { Difference } from "./compare.ts";

/** Differences that are known, with the reason why they may be. */
export interface KnownDifference {
  /** What differs. */
  readonly what: Difference["what"];
  /** The attributes. */
  readonly attrs: readonly string[];
  /** The models. */
  readonly models: readonly string[];
  /** Why it is no mistake. */
  readonly reason: string;
}

const UNITS = "BokehJS keeps the units in the value of the attribute itself";
const MADE = "BokehJS leaves the attributes to the model's own defaults, which are the same";
const ABSTRACT = "Python gives it to each derived class instead";

/** All differences between BokehJS and Python. Python's side is taken; what only BokehJS has is kept. */
export const knownDifferences: readonly KnownDifference[] = [
  units(
    "angle",
    "Ellipse HTMLLabelSet ImageURL LabelSet Text MathTextGlyph MathMLGlyph Ngon PolarTransform Ray Rect Marker " +
      "Scatter TeXGlyph",
  ),
  units("start_angle end_angle", "AnnularWedge Arc Wedge"),
  units("inner_radius outer_radius", "AnnularWedge Annulus"),
  units("radius", "Arc Circle Ngon Wedge"),
  units("lower upper base", "Band Whisker"),
  units("width", "Block Ellipse Rect VBar"),
  units("height", "Block Ellipse HBar Rect"),
  units("dw dh", "ImageBase Image ImageRGBA ImageStack"),
  units("w h", "ImageURL"),
  units("length", "Ray"),
  {
    what: "only in Python",
    attrs: ["select_every_mousemove"],
    models: words("RegionSelectTool BoxSelectTool LassoSelectTool PolySelectTool"),
    reason: "an old name that only Python still knows",
  },
  {
    what: "only in Python",
    attrs: words(
      "text text_color text_outline_color text_outline_width text_alpha text_font text_font_size text_font_style text_align " +
        "text_baseline text_line_height background_fill_color background_fill_alpha background_hatch_color " +
        "background_hatch_alpha background_hatch_scale background_hatch_pattern background_hatch_weight " +
        "background_hatch_extra border_line_color border_line_alpha border_line_width border_line_join border_line_cap " +
        "border_line_dash border_line_dash_offset",
    ),
    models: ["TextAnnotation"],
    reason: "BokehJS gives it to each derived class instead",
  },
  bokehjs("x y", "XYGlyph RadialGlyph", ABSTRACT),
  bokehjs(
    "line_color line_alpha line_width line_join line_cap line_dash line_dash_offset fill_color fill_alpha hatch_color " +
      "hatch_alpha hatch_scale hatch_pattern hatch_weight hatch_extra radius radius_dimension",
    "RadialGlyph",
    ABSTRACT,
  ),
  bokehjs("image", "ImageBase", ABSTRACT),
  bokehjs("bounds min_interval max_interval", "Range NumericalRange DataRange", ABSTRACT),
  bokehjs("value value_throttled", "AbstractSlider NumericalSlider", ABSTRACT),
  bokehjs("start end step", "NumericalSlider", ABSTRACT),
  bokehjs("query", "Selector", ABSTRACT),
  bokehjs("visible", "ToolProxy", "Python cannot hide the tools of a proxy together"),
  defaults(
    "selected",
    "DataSource ColumnarDataSource ColumnDataSource WebDataSource AjaxDataSource GeoJSONDataSource " +
      "ServerSentDataSource",
    MADE,
  ),
  defaults("source", "DataAnnotation Arrow Band TableWidget DataTable DataCube HTMLLabelSet LabelSet Whisker", MADE),
  defaults("view", "TableWidget DataTable DataCube GlyphRenderer", MADE),
  defaults("handles", "BoxAnnotation", MADE),
  defaults("overlay", "BoxSelectTool BoxZoomTool LassoSelectTool PolySelectTool RangeTool", MADE),
  defaults("ticker", "DatetimeAxis LinearAxis LogAxis MercatorAxis ScaleBar TimedeltaAxis", MADE),
  defaults("formatter", "DatetimeAxis MercatorAxis TimedeltaAxis", MADE),
  defaults("tickers", "DatetimeTicker TimedeltaTicker", MADE),
  defaults("dimensional", "ScaleBar", MADE),
  defaults("node_renderer edge_renderer", "GraphRenderer", "BokehJS makes the renderers when it needs them"),
  defaults("title", "Plot Figure GMapPlot GMap", "BokehJS takes a text, Python always makes a Title"),
  defaults("format", "NumericalSlider", "only the derived classes of BokehJS have a default"),
  defaults("active", "ToolProxy", "BokehJS takes it from the tools"),
];

function units(attrs: string, models: string): KnownDifference {
  return {
    what: "only in Python",
    attrs: words(attrs).map((attr) => `${attr}_units`),
    models: words(models),
    reason: UNITS,
  };
}

function bokehjs(attrs: string, models: string, reason: string): KnownDifference {
  return { what: "only in BokehJS", attrs: words(attrs), models: words(models), reason };
}

function defaults(attrs: string, models: string, reason: string): KnownDifference {
  return { what: "default", attrs: words(attrs), models: words(models), reason };
}

function words(text: string): string[] {
  return text.split(" ");
}

/**
 * The differences that are in one list and not in the other, as texts: those that nobody has given a reason for, and those
 * whose reason has gone.
 */
export function unsettledDifferences(found: readonly Difference[], known = knownDifferences): string[] {
  const listed = new Set(
    known.flatMap(({ what, attrs, models }) =>
      models.flatMap((model) => attrs.map((attr) => `${model}.${attr}: ${what}`))
    ),
  );
  const there = new Set(found.map(({ what, model, attr }) => `${model}.${attr}: ${what}`));
  return [
    ...[...there.difference(listed)].map((text) => `${text}, which is not in differences.ts`),
    ...[...listed.difference(there)].map((text) => `${text} is in differences.ts, but there is no such difference`),
  ];
}
