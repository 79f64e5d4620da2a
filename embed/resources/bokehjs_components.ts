/**
 * Which parts of BokehJS a document needs.
 *
 * @module
 */

import { peek } from "../../models/base/attribute_values.ts";
import type { Model } from "../../models/base/model.ts";

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
    if (model.isA("Widget")) needed.add("bokeh-widgets");
    if (model.isA("TableWidget")) needed.add("bokeh-tables");
    if (model.isA("Plot") && model.get("output_backend") === "webgl") needed.add("bokeh-gl");
    if (showsMath(model)) needed.add("bokeh-mathjax");
  }
  return COMPONENTS.filter((name) => needed.has(name));
}

/** Where models of a class may show formulas: a class and those derived from it. */
const MATH_TEXTS: readonly (readonly [type: string, texts: (model: Model) => unknown[]])[] = [
  ["TextAnnotation", (model) => [peek(model, "text")]],
  ["AbstractSlider", (model) => [peek(model, "title")]],
  ["Axis", (model) => [peek(model, "axis_label"), ...valuesOf(peek(model, "major_label_overrides"))]],
  ["Div", (model) => peek(model, "disable_math") || peek(model, "render_as_text") ? [] : [peek(model, "text")]],
  ["Paragraph", (model) => peek(model, "disable_math") ? [] : [peek(model, "text")]],
];

/** Classes that are formulas. */
const FORMULAS = ["MathText", "MathTextGlyph"];

const formulaTests = new Map<string, (model: Model) => boolean>();

/** Whether a model shows formulas: by what it is, or by a text with TeX between its delimiters. */
export function showsMath(model: Model): boolean {
  let test = formulaTests.get(model.type);
  if (test === undefined) formulaTests.set(model.type, test = formulaTest(model));
  return test(model);
}

/** The test for a model's class. */
function formulaTest(model: Model): (model: Model) => boolean {
  if (FORMULAS.some((type) => model.isA(type))) return () => true;
  const texts = MATH_TEXTS.find(([type]) => model.isA(type))?.[1];
  return texts === undefined ? () => false : (other) => texts(other).some(containsTex);
}

/** Whether one of these models shows formulas. */
export function showMath(models: Iterable<Model>): boolean {
  for (const model of models) if (showsMath(model)) return true;
  return false;
}

function valuesOf(mapping: unknown): unknown[] {
  if (mapping instanceof Map) return [...mapping.values()];
  return typeof mapping === "object" && mapping !== null ? Object.values(mapping) : [];
}

/** The delimiters of TeX. */
const TEX_DELIMITERS = [["$$", "$$"], ["\\[", "\\]"], ["\\(", "\\)"]] as const;

/**
 * Returns whether a text contains TeX between its delimiters. Takes linear time on any text: a closing delimiter behind the first
 * opening one decides for all others.
 */
function containsTex(text: unknown): boolean {
  return typeof text === "string" && TEX_DELIMITERS.some(([open, close]) => {
    const start = text.indexOf(open);
    return start >= 0 && text.includes(close, start + open.length);
  });
}
