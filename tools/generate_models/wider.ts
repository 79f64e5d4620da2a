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
