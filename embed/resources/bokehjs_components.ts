/**
 * The parts of BokehJS that a document needs.
 *
 * @module
 */

import { peek } from "../../models/base/attribute_values.ts";
import type { Model } from "../../models/base/model.ts";

/** A part of BokehJS, which is one bundle. */
export type Component = "bokeh" | "bokeh-gl" | "bokeh-widgets" | "bokeh-tables" | "bokeh-mathjax";

/** All components in the order in which they must load. */
export const COMPONENTS: readonly Component[] = ["bokeh", "bokeh-gl", "bokeh-widgets", "bokeh-tables", "bokeh-mathjax"];

/**
 * All components but MathJax, which is larger than the others together and which few documents
 * need.
 */
export const COMMON_COMPONENTS: readonly Component[] = COMPONENTS.filter((name) => name !== "bokeh-mathjax");

/** Returns the components that models need, in the order in which they must load. */
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

/**
 * Texts in which BokehJS shows formulas, by the class of the model, which includes its subclasses.
 */
const MATH_TEXTS: readonly (readonly [type: string, texts: (model: Model) => unknown[]])[] = [
  ["TextAnnotation", (model) => [peek(model, "text")]],
  ["AbstractSlider", (model) => [peek(model, "title")]],
  ["Axis", (model) => [peek(model, "axis_label"), ...valuesOf(peek(model, "major_label_overrides"))]],
  ["Div", (model) => peek(model, "disable_math") || peek(model, "render_as_text") ? [] : [peek(model, "text")]],
  ["Paragraph", (model) => peek(model, "disable_math") ? [] : [peek(model, "text")]],
];

/** Classes whose models are formulas. */
const FORMULAS = ["MathText", "MathTextGlyph"];

/**
 * The test for formulas by the name of a model's class: pages of large documents test thousands of
 * models.
 */
const formulaTests = new Map<string, (model: Model) => boolean>();

/**
 * Returns whether a model shows formulas, because of its class or of TeX delimiters in one of its
 * texts.
 */
export function showsMath(model: Model): boolean {
  let test = formulaTests.get(model.type);
  if (test === undefined) formulaTests.set(model.type, test = formulaTest(model));
  return test(model);
}

/** Returns the test for the models of a class. */
function formulaTest(model: Model): (model: Model) => boolean {
  if (FORMULAS.some((type) => model.isA(type))) return () => true;
  const texts = MATH_TEXTS.find(([type]) => model.isA(type))?.[1];
  return texts === undefined ? () => false : (other) => texts(other).some(containsTex);
}

/** Returns whether any of the models shows formulas. */
export function anyShowsMath(models: Iterable<Model>): boolean {
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
 * Returns whether a text contains TeX between delimiters. Takes linear time on any text: it
 * suffices to look for a closing delimiter after the first opening one.
 */
function containsTex(text: unknown): boolean {
  return typeof text === "string" && TEX_DELIMITERS.some(([open, close]) => {
    const start = text.indexOf(open);
    return start >= 0 && text.includes(close, start + open.length);
  });
}
