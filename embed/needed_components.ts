/**
 * Which parts of BokehJS a document needs.
 *
 * @module
 */

import type { Model } from "../models/model.ts";
import { modelClass } from "../models/registry.ts";

/** A part of BokehJS, a bundle of its own. */
export type Component = "bokeh" | "bokeh-gl" | "bokeh-widgets" | "bokeh-tables" | "bokeh-mathjax";

/** All components in the order in which they must load. */
export const COMPONENTS: readonly Component[] = ["bokeh", "bokeh-gl", "bokeh-widgets", "bokeh-tables", "bokeh-mathjax"];

/** All but MathJax, which is larger than the others together and which few documents need. */
export const COMMON_COMPONENTS: readonly Component[] = COMPONENTS.filter((name) => name !== "bokeh-mathjax");

/** The components that these models need, in the order in which they must load. */
export function neededComponents(models: Iterable<Model>): Component[] {
  const needed = new Set<Component>(["bokeh"]);
  for (const model of models) {
    if (isA(model, "Widget")) needed.add("bokeh-widgets");
    if (isA(model, "TableWidget")) needed.add("bokeh-tables");
    if (isA(model, "Plot") && model.get("output_backend") === "webgl") needed.add("bokeh-gl");
    if (showsMath(model)) needed.add("bokeh-mathjax");
  }
  return COMPONENTS.filter((name) => needed.has(name));
}

/** Whether a model shows formulas: by what it is, or by a text with TeX between its delimiters. */
export function showsMath(model: Model): boolean {
  if (isA(model, "MathText") || isA(model, "MathTextGlyph")) return true;
  return mathTexts(model).some(containsTex);
}

function mathTexts(model: Model): unknown[] {
  if (isA(model, "TextAnnotation")) return [model.get("text")];
  if (isA(model, "AbstractSlider")) return [model.get("title")];
  if (isA(model, "Axis")) return [model.get("axis_label"), ...valuesOf(model.get("major_label_overrides"))];
  if (isA(model, "Div")) return model.get("disable_math") || model.get("render_as_text") ? [] : [model.get("text")];
  if (isA(model, "Paragraph")) return model.get("disable_math") ? [] : [model.get("text")];
  return [];
}

function valuesOf(mapping: unknown): unknown[] {
  if (mapping instanceof Map) return [...mapping.values()];
  return typeof mapping === "object" && mapping !== null ? Object.values(mapping) : [];
}

/** TeX between `$$` and `$$`, `\[` and `\]`, or `\(` and `\)`. */
function containsTex(text: unknown): boolean {
  return typeof text === "string" && /\$\$.*?\$\$|\\\[.*?\\\]|\\\(.*?\\\)/s.test(text);
}

function isA(model: Model, type: string): boolean {
  const cls = modelClass(type);
  return cls !== undefined && model instanceof cls;
}
