import type { KindTree } from "./kind_tree.ts";

/** Attributes of which Python prints less than it takes, with what they take. */
export const settled: Readonly<Record<string, KindTree>> = {
  // printed as List(Datetime), whose items may be texts and days, and stay so
  "MultipleDatetimePicker.value": ["List", ["Or", "Float", "Day"]],
};

/**
 * Attributes that take what Python says, where BokehJS says less: documents of Python clients may hold it, and what a
 * browser cannot draw is for the browser to refuse. Authors are told what BokehJS takes.
 */
export const wider: ReadonlySet<string> = new Set([
  ...["bottom_limit", "left_limit", "right_limit", "top_limit"].map((attr) => `BoxAnnotation.${attr}`),
  "BaseColorBar.scale_alpha",
  "CategoricalPatternMapper.default_value",
  "CategoricalPatternMapper.patterns",
  "ColorBar.scale_alpha",
  "CompositeTicker.tickers",
  "CustomAction.active_callback",
  "CustomAction.callback",
  "DataCube.target",
  "HTMLLabel.x",
  "HTMLLabel.y",
  "Label.x",
  "Label.y",
  "Maximum.initial",
  "Minimum.initial",
  "Node.target",
  "PolyAnnotation.xs",
  "PolyAnnotation.ys",
  "Span.location",
  "TileSource.extra_url_vars",
  "bokeh.models.dom.HTML.refs",
]);
