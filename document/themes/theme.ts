/**
 * Themes: default values for attributes of models, by class.
 *
 * @module
 */

import { classSpec } from "../../models/spec/registry.ts";
import { warnAuthor } from "../../models/diagnostics/warn_author.ts";
import { OTHER_NAMES, type ThemeJson, unknownThemeNames } from "./theme_json.ts";

/**
 * The attribute by which a glyph class is known to have lines, fills or texts, and the section of
 * its defaults.
 */
const GLYPH_DEFAULTS = [
  ["line_alpha", "line_defaults"],
  ["fill_alpha", "fill_defaults"],
  ["text_alpha", "text_defaults"],
] as const;

/**
 * The tag `!!null` without a value, which Bokeh's guide uses. The YAML parser accepts the tag only
 * in front of a value.
 */
const EMPTY_NULL = /!!null(?=[ \t]*(?:[,}\]#]|$))/gm;

/**
 * Default values for attributes of models. Values that are set on a model take precedence over
 * those of a theme.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Document } from "@bokeh/server";
 * import { Title } from "@bokeh/server/models";
 * import { Theme } from "@bokeh/server/themes";
 *
 * const title = new Title({ text: "Waves" });
 * const doc = new Document({ theme: new Theme({ attrs: { Title: { text_color: "tomato" } } }) });
 * doc.add_root(title);
 * assertEquals(title.text_color, "tomato");
 * ```
 */
export class Theme {
  readonly #json: ThemeJson;
  readonly #byType = new Map<string, ReadonlyMap<string, unknown> | null>();

  /**
   * Creates a theme. Logs a warning with similar names for each section, class or attribute that
   * does not exist.
   *
   * @param theme The content of the theme, or an object with the content as `json`, the name of the
   * argument in Python.
   * @throws {TypeError} If it does not have the form of a theme.
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
   * Creates a theme from the text of a theme file in YAML or JSON. An empty text results in an
   * empty theme.
   *
   * @param text The text of the file.
   * @throws {SyntaxError} If the text is neither YAML nor JSON.
   * @throws {TypeError} If it does not have the form of a theme.
   */
  static async parse(text: string): Promise<Theme> {
    const { parse } = await import("@std/yaml"); // loaded on demand: only theme files need it
    let json: unknown;
    try {
      json = parse(text.replaceAll(EMPTY_NULL, "null"));
    } catch (cause) {
      throw new SyntaxError("Cannot read the theme: it is neither YAML nor JSON", { cause });
    }
    return new Theme((json ?? {}) as ThemeJson);
  }

  /**
   * The content of the theme.
   *
   * @internal
   */
  get json(): ThemeJson {
    return this.#json;
  }

  /**
   * Returns the values for a class of models, including those for its base classes. They are
   * computed once for each class.
   *
   * @param type The name of the class.
   * @returns Values by attribute, null if there are none.
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
      `Cannot create a theme: ${what} is expected to be an object, got ${value === null ? "null" : typeof value}`,
    );
  }
}
