/**
 * Attributes whose types differ between BokehJS and Python.
 *
 * @module
 */

import type { TypeTree } from "../../cli/extensions/type_tree.ts";

/** The types of attributes that accept more in Python than their printed type. */
export const settled: Readonly<Record<string, TypeTree>> = {
  // Printed as List(Datetime), but texts and dates are accepted and stored as they are.
  "MultipleDatetimePicker.value": ["List", ["Or", "Float", "Day"]],
};

/**
 * Attributes that accept more in Python than in BokehJS. The server accepts the values of both,
 * because clients in Python can send them. The types for authors are those of BokehJS.
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
