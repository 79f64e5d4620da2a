/**
 * The content of themes, and the unknown names in it.
 *
 * @module
 */

import { classSpec, isBokehType, modelClass, modelNames } from "../../models/spec/registry.ts";
import { suggest } from "../../models/diagnostics/suggest.ts";

/** The content of a theme, as in Bokeh's theme files. */
export interface ThemeJson {
  /** Values by class and attribute. They apply to derived classes too. */
  attrs?: Record<string, Record<string, unknown>>;
  /** Values for the lines of all glyphs. */
  line_defaults?: Record<string, unknown>;
  /** Values for the fills of all glyphs. */
  fill_defaults?: Record<string, unknown>;
  /** Values for the texts of all glyphs. */
  text_defaults?: Record<string, unknown>;
}

/** Alternative names of classes in themes: Python's class `figure` is `Figure` on the wire. */
export const OTHER_NAMES: ReadonlyMap<string, string> = new Map([["Figure", "figure"]]);

const SECTIONS = ["attrs", "line_defaults", "fill_defaults", "text_defaults"] as const;

/**
 * Returns a warning with similar names for each section, class or attribute of a theme that does
 * not exist and has no effect.
 */
export function unknownThemeNames(json: ThemeJson): string[] {
  const { attrs = {} } = json;
  const sections = Object.keys(json).filter((name) => !(SECTIONS as readonly string[]).includes(name));
  return [
    ...sections.map((name) => `Ignored ${name} of a theme: there is no such section${suggest(name, SECTIONS)}`),
    ...Object.entries(attrs).flatMap(([name, values]) => unknownOfClass(name, values)),
    ...SECTIONS.slice(1).flatMap((section) => unknownAttributes(section, "Glyph", json[section] ?? {})),
  ];
}

function unknownOfClass(name: string, values: Record<string, unknown>): string[] {
  const type = [...OTHER_NAMES].find(([, other]) => other === name)?.[0] ?? name;
  if (isBokehType(type)) return unknownAttributes(`attrs.${name}`, type, values);
  if (modelClass(type) !== undefined) return [];
  return [`Ignored attrs.${name} of a theme: there is no such class${suggest(name, modelNames())}`];
}

function unknownAttributes(place: string, type: string, values: Record<string, unknown>): string[] {
  const spec = classSpec(type);
  const foreign = Object.keys(values).filter((attr) => spec.property(attr) === undefined);
  if (foreign.length === 0) return [];
  const known = inheritedAttributes(type);
  return foreign.filter((attr) => !known.includes(attr))
    .map((attr) => `Ignored ${place}.${attr} of a theme: there is no such attribute${suggest(attr, known)}`);
}

/**
 * Returns the attributes of a class and of the classes derived from it, to which values of a theme
 * apply too.
 */
function inheritedAttributes(type: string): string[] {
  const specs = modelNames().filter(isBokehType).map(classSpec).filter(({ ancestors }) => ancestors.includes(type));
  return [...new Set(specs.flatMap((spec) => Array.from(spec.properties(), ({ attr }) => attr)))];
}
