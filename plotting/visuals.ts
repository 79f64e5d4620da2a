/**
 * Visual properties of glyphs, such as `line_color`. Their names consist of a feature (`line`,
 * `fill`, `hatch`, `text` or `global`) and a trait (`color`, `alpha`, `width`, …).
 *
 * A renderer has a main glyph, and variants of it for points that are selected, not selected,
 * hovered or muted. Options of a glyph method with the prefix `selection_`, `nonselection_`,
 * `hover_` or `muted_` set the properties of a variant.
 *
 * @module
 */

import { classSpec } from "../models/spec/registry.ts";

const FEATURES = new Set(["line", "fill", "hatch", "text", "global"]);

/** Options of a glyph method or attributes of a glyph, by name. */
export type GlyphAttributes = Map<string, unknown>;

/** Options of {@linkcode takeVisuals}. None of them is needed for the main glyph. */
export interface VisualSource {
  /**
   * Prefix of the options of a variant, such as `selection_`. Empty for the main glyph.
   *
   * @default {""}
   */
  prefix?: string;
  /** Visual properties of the main glyph, by name, which are the defaults of a variant. */
  defaults?: ReadonlyMap<string, unknown>;
  /**
   * Values by trait that take precedence over `defaults`, such as `alpha: 0.1` for points that are
   * not selected.
   */
  overrides?: Readonly<Record<string, unknown>>;
}

/** A visual property of a glyph class, with the names of its options for one variant. */
interface Visual {
  /** Name of the property, such as `line_color`. */
  readonly name: string;
  /** Name without the feature, such as `color`. */
  readonly trait: string;
  /** Option that sets only this property, such as `selection_line_color`. */
  readonly option: string;
  /**
   * Option that sets the trait of all features, such as `selection_color`. Undefined if the class
   * has a property with the name of the trait: then the option sets only that property.
   */
  readonly sharedOption: string | undefined;
  /** Default value; undefined if the default of the glyph class applies. */
  readonly fallback: unknown;
}

/** The visual properties of a glyph class for one variant. */
interface VariantVisuals {
  /** The properties, each with its options. */
  readonly named: readonly Visual[];
  /** Options that set a trait of all features, such as `selection_color`. */
  readonly sharedOptions: readonly string[];
}

/** Cache by name of the glyph class and prefix. The properties of a class never change. */
const visualsOfTypes = new Map<string, Map<string, VariantVisuals>>();

function visualsOf(type: string, prefix: string): VariantVisuals {
  let variants = visualsOfTypes.get(type);
  if (variants === undefined) visualsOfTypes.set(type, variants = new Map());
  let visuals = variants.get(prefix);
  if (visuals === undefined) variants.set(prefix, visuals = findVisuals(type, prefix));
  return visuals;
}

function findVisuals(type: string, prefix: string): VariantVisuals {
  const properties = new Set(Array.from(classSpec(type).properties(), ({ attr }) => attr));
  const named = [...properties].flatMap((name): Visual[] => {
    const trait = traitOf(name);
    if (trait === null) return [];
    const sharedOption = properties.has(trait) ? undefined : prefix + trait;
    return [{ name, trait, option: prefix + name, sharedOption, fallback: FALLBACKS.get(name) ?? DEFAULTS.get(trait) }];
  });
  const sharedOptions = new Set(named.map(({ sharedOption }) => sharedOption).filter((option) => option !== undefined));
  return { named, sharedOptions: [...sharedOptions] };
}

/**
 * Defaults of single properties in glyph methods. They take precedence over those of their trait.
 */
const FALLBACKS: ReadonlyMap<string, unknown> = new Map([["text_color", "black"], ["hatch_color", "black"]]);

/** Defaults of properties in glyph methods, by trait. */
const DEFAULTS: ReadonlyMap<string, unknown> = new Map<string, unknown>([["color", "#1f77b4"], ["alpha", 1]]);

/**
 * Removes the visual options from the options of a glyph method and returns the visual properties
 * of the main glyph or of a variant. The value of a property such as `line_color` is the first of
 * these that is given, where a prefix such as `selection_` precedes the names of the options:
 *
 * 1. the option `line_color`,
 * 2. the option `color`, which applies to all features,
 * 3. the value in `source.overrides` of its trait, `color`,
 * 4. the value in `source.defaults` of the property, `line_color`,
 * 5. the default of glyph methods, which only colors and alphas have.
 *
 * A property without any of these is not in the result: the default of the glyph class applies.
 *
 * @param type Name of the glyph class.
 * @param attributes The options, without undefined values. Those that are used are removed.
 * @param source Prefix, defaults and overrides, for a variant of a glyph.
 */
export function takeVisuals(type: string, attributes: GlyphAttributes, source: VisualSource = {}): GlyphAttributes {
  const { prefix = "", defaults, overrides } = source;
  const { named, sharedOptions } = visualsOf(type, prefix);
  const visuals: GlyphAttributes = new Map();
  for (const { name, trait, option, sharedOption, fallback } of named) {
    let value = attributes.get(option);
    if (value !== undefined) attributes.delete(option);
    else if (sharedOption !== undefined) value = attributes.get(sharedOption);
    if (value === undefined) value = overrides?.[trait];
    if (value === undefined) value = defaults?.get(name);
    if (value === undefined) value = fallback;
    if (value !== undefined) visuals.set(name, value);
  }
  for (const option of sharedOptions) attributes.delete(option);
  return visuals;
}

/**
 * Returns the trait of a visual property: `dash_offset` for `line_dash_offset`; null if the
 * property is not visual.
 */
function traitOf(name: string): string | null {
  const end = name.indexOf("_");
  return end > 0 && FEATURES.has(name.slice(0, end)) ? name.slice(end + 1) : null;
}
