/**
 * A theme: other defaults for the attributes of models, by class.
 *
 * @module
 */

import { classSpec } from "../../models/spec/registry.ts";
import { warnAuthor } from "../../models/diagnostics/warn_author.ts";
import { OTHER_NAMES, unknownThemeNames } from "./theme_names.ts";

/** What a theme is made of, as in Bokeh's theme files. */
export interface ThemeJson {
  /** For each class, values by attribute; they hold for derived classes too. */
  attrs?: Record<string, Record<string, unknown>>;
  /** Values for the lines of all glyphs. */
  line_defaults?: Record<string, unknown>;
  /** Values for the areas of all glyphs. */
  fill_defaults?: Record<string, unknown>;
  /** Values for the texts of all glyphs. */
  text_defaults?: Record<string, unknown>;
}

/** Attributes that tell which of a glyph's looks there are defaults for. */
const GLYPH_DEFAULTS = [
  ["line_alpha", "line_defaults"],
  ["fill_alpha", "fill_defaults"],
  ["text_alpha", "text_defaults"],
] as const;

/** Themes write `!!null` for no value, as Bokeh's guide tells; the parser knows that tag with a value behind it only. */
const EMPTY_NULL = /!!null(?=[ \t]*(?:[,}\]#]|$))/gm;

/** Other defaults for the attributes of models. What an author sets is stronger than what a theme says. */
export class Theme {
  readonly #json: ThemeJson;
  readonly #byType = new Map<string, ReadonlyMap<string, unknown> | null>();

  /**
   * Creates a theme. Logs a warning for each section, class and attribute that does not exist, with the nearest names.
   *
   * @param theme The theme, as in a theme file; by itself, or as `json` of an object, which is how Python names it.
   * @throws {TypeError} Where it does not have the form of a theme.
   */
  constructor(theme: ThemeJson | { json: ThemeJson }) {
    checkRecord(theme, "a theme");
    const json = "json" in theme ? theme.json : theme;
    checkRecord(json, "a theme");
    if (json.attrs !== undefined) {
      checkRecord(json.attrs, "attrs of a theme");
      for (const [name, values] of Object.entries(json.attrs)) checkRecord(values, `attrs.${name} of a theme`);
    }
    for (const [, defaults] of GLYPH_DEFAULTS) {
      if (json[defaults] !== undefined) checkRecord(json[defaults], `${defaults} of a theme`);
    }
    this.#json = structuredClone(json);
    for (const warning of unknownThemeNames(json)) warnAuthor("models", warning);
  }

  /**
   * Reads a theme from the text of a theme file, in YAML or JSON. An empty one says nothing.
   *
   * @param text The text of the file.
   * @throws {SyntaxError} Where it is neither.
   * @throws {TypeError} Where it does not have the form of a theme.
   */
  static async parse(text: string): Promise<Theme> {
    const { parse } = await import("@std/yaml"); // only theme files need it
    let json: unknown;
    try {
      json = parse(text.replaceAll(EMPTY_NULL, "null"));
    } catch (cause) {
      throw new SyntaxError("Cannot read the theme: it is neither YAML nor JSON", { cause });
    }
    return new Theme((json ?? {}) as ThemeJson);
  }

  /**
   * What the theme says for a class of models, with what it says for its bases.
   *
   * @param type The name of the class.
   * @returns Values by attribute, or null where it says nothing. The answer is made once for each class.
   */
  forType(type: string): ReadonlyMap<string, unknown> | null {
    let values = this.#byType.get(type);
    if (values === undefined) {
      values = this.#combine(type);
      this.#byType.set(type, values);
    }
    return values;
  }

  #combine(type: string): ReadonlyMap<string, unknown> | null {
    const spec = classSpec(type);
    const combined = new Map<string, unknown>();
    const add = (values: Record<string, unknown> | undefined) => {
      for (const [attr, value] of Object.entries(values ?? {})) {
        const property = spec.property(attr);
        if (property !== undefined) combined.set(property.aliasOf ?? attr, value);
      }
    };
    const { attrs = {} } = this.#json;
    for (const base of spec.ancestors.toReversed()) {
      const baseSpec = classSpec(base);
      if (baseSpec.ancestors.includes("Glyph")) {
        for (const [attr, defaults] of GLYPH_DEFAULTS) {
          if (baseSpec.property(attr) !== undefined) add(this.#json[defaults]);
        }
      }
      if (Object.hasOwn(attrs, base)) add(attrs[base]);
      const other = OTHER_NAMES.get(base);
      if (other !== undefined && Object.hasOwn(attrs, other)) add(attrs[other]);
    }
    return combined.size === 0 ? null : combined;
  }
}

function checkRecord(value: unknown, what: string): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(
      `Cannot make a theme: ${what} is expected to be an object, got ${value === null ? "null" : typeof value}`,
    );
  }
}
