/**
 * The known differences between the models of BokehJS and Python.
 *
 * @module
 */

import type { Difference } from "./compare.ts";

/** Known differences with the same reason. */
export interface KnownDifference {
  /** The difference. */
  readonly what: Difference["what"];
  /** The attributes. */
  readonly attrs: readonly string[];
  /** The models. */
  readonly models: readonly string[];
  /** The reason for the difference. */
  readonly reason: string;
}

const UNITS = "BokehJS keeps the units in the value of the attribute itself";
const SAME_DEFAULTS = "BokehJS sets no attributes of the model in the default, because their defaults are the same";
const ABSTRACT = "in Python, the derived classes have it";

/**
 * All differences between BokehJS and Python. The generator uses the definition of Python, and
 * keeps attributes that only BokehJS has.
 */
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
    reason: "a deprecated name that only Python still accepts",
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
    reason: "in BokehJS, the derived classes have it",
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
    SAME_DEFAULTS,
  ),
  defaults(
    "source",
    "DataAnnotation Arrow Band TableWidget DataTable DataCube HTMLLabelSet LabelSet Whisker",
    SAME_DEFAULTS,
  ),
  defaults("view", "TableWidget DataTable DataCube GlyphRenderer", SAME_DEFAULTS),
  defaults("handles", "BoxAnnotation", SAME_DEFAULTS),
  defaults("overlay", "BoxSelectTool BoxZoomTool LassoSelectTool PolySelectTool RangeTool", SAME_DEFAULTS),
  defaults("ticker", "DatetimeAxis LinearAxis LogAxis MercatorAxis ScaleBar TimedeltaAxis", SAME_DEFAULTS),
  defaults("formatter", "DatetimeAxis MercatorAxis TimedeltaAxis", SAME_DEFAULTS),
  defaults("tickers", "DatetimeTicker TimedeltaTicker", SAME_DEFAULTS),
  defaults("dimensional", "ScaleBar", SAME_DEFAULTS),
  defaults("node_renderer edge_renderer", "GraphRenderer", "BokehJS creates the renderers when it needs them"),
  defaults("title", "Plot Figure GMapPlot GMap", "BokehJS accepts a text, Python always creates a Title"),
  defaults("format", "NumericalSlider", "only the derived classes of BokehJS have a default"),
  defaults("active", "ToolProxy", "BokehJS computes it from the tools"),
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
 * Returns the differences that are not known, and the known differences that do not exist, as texts
 * for an error message.
 */
export function unsettledDifferences(found: readonly Difference[], known = knownDifferences): string[] {
  const listed = new Set(
    known.flatMap(({ what, attrs, models }) =>
      models.flatMap((model) => attrs.map((attr) => `${model}.${attr}: ${what}`))
    ),
  );
  const existing = new Set(found.map(({ what, model, attr }) => `${model}.${attr}: ${what}`));
  return [
    ...[...existing.difference(listed)].map((text) => `${text}, which is not in differences.ts`),
    ...[...listed.difference(existing)].map((text) => `${text} is in differences.ts, but there is no such difference`),
  ];
}
