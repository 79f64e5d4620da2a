/**
 * Visual properties of glyphs. Their names consist of a feature (`line`, `fill`, `hatch`, `text` or
 * `global`) and a trait (`color`, `alpha`, `width`, …). A glyph has a variant for each of the
 * states selected (`selection_…`), not selected (`nonselection_…`), hovered (`hover_…`) and muted
 * (`muted_…`).
 *
 * @module
 */

import { classSpec } from "../models/spec/registry.ts";

const FEATURES = new Set(["line", "fill", "hatch", "text", "global"]);

/** Attributes of a glyph, by name. */
export type GlyphAttributes = Map<string, unknown>;

/** Options of {@linkcode takeVisuals}. */
export interface VisualSource {
  /**
   * Prefix of the option names of a variant, such as `selection_`.
   *
   * @default {""}
   */
  prefix?: string;
  /** Visual properties of the main glyph, which are the defaults of a variant. */
  defaults?: ReadonlyMap<string, unknown>;
  /** Values by trait, such as `alpha`, that take precedence over those of the main glyph. */
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
   * Option that sets the trait of all features, such as `selection_color`. Undefined if that is a
   * property itself.
   */
  readonly sharedOption: string | undefined;
  /** Default value. */
  readonly fallback: unknown;
}

/** The visual properties of a glyph class for one variant. */
interface VariantVisuals {
  readonly named: readonly Visual[];
  /** Options that set several properties. */
  readonly sharedOptions: readonly string[];
}

/** Cache, by glyph class and prefix. The properties of a class never change. */
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

/** Defaults of visual properties that differ from those of their trait. */
const FALLBACKS: ReadonlyMap<string, unknown> = new Map([["text_color", "black"], ["hatch_color", "black"]]);

/** Defaults of visual properties by trait. */
const DEFAULTS: ReadonlyMap<string, unknown> = new Map<string, unknown>([["color", "#1f77b4"], ["alpha", 1]]);

/**
 * Removes the visual options from the attributes of a glyph and returns the visual properties. A
 * property such as `line_color` is set by the first that exists of: the option `line_color`, the
 * option `color` for all features, the override, the property of the main glyph, the default.
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
