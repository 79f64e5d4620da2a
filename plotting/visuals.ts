import { classSpec } from "../models/spec/registry.ts";

const FEATURES = new Set(["line", "fill", "hatch", "text", "global"]);

/** Attributes of a glyph by name. */
export type Attributes = Map<string, unknown>;

/** Where the visuals of a variant of a glyph come from. */
export interface VisualSource {
  /**
   * What the names of the variant's attributes begin with, `selection_` for example.
   * @default {""}
   */
  prefix?: string;
  /** Visuals of the main glyph, for what the variant does not say itself. */
  defaults?: ReadonlyMap<string, unknown>;
  /** Values by trait, `alpha` for example, that go before those of the main glyph. */
  overrides?: Readonly<Record<string, unknown>>;
}

/** A visual attribute of a class of glyphs, and what it is called among the options of one of its variants. */
interface Visual {
  /** Its name, `line_color`. */
  readonly name: string;
  /** Its trait, `color`. */
  readonly trait: string;
  /** The option for it alone, `selection_line_color`. */
  readonly option: string;
  /** The option for all features that have the trait, `selection_color`; undefined where that is another attribute. */
  readonly sharedOption: string | undefined;
  /** What it is where nothing is said. */
  readonly fallback: unknown;
}

/** The visual attributes of a class of glyphs for one of its variants. */
interface GlyphVisuals {
  readonly named: readonly Visual[];
  /** The options that stand for the attributes of several features. */
  readonly sharedOptions: readonly string[];
}

/** By class, and then by what the names of options begin with. */
const visualsOfTypes = new Map<string, Map<string, GlyphVisuals>>();

function visualsOf(type: string, prefix: string): GlyphVisuals {
  let variants = visualsOfTypes.get(type);
  if (variants === undefined) visualsOfTypes.set(type, variants = new Map());
  let visuals = variants.get(prefix);
  if (visuals === undefined) variants.set(prefix, visuals = findVisuals(type, prefix));
  return visuals;
}

function findVisuals(type: string, prefix: string): GlyphVisuals {
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

/** The visuals of a glyph for which nothing is said. */
const FALLBACKS: ReadonlyMap<string, unknown> = new Map([["text_color", "black"], ["hatch_color", "black"]]);

/** The same by trait, for the others. */
const DEFAULTS: ReadonlyMap<string, unknown> = new Map<string, unknown>([["color", "#1f77b4"], ["alpha", 1]]);

/**
 * Takes the visuals of a glyph out of its attributes: `line_color`, or `color` for the colors of all its features, or
 * else what the main glyph has, or else the default.
 *
 * @param type the glyph's class
 * @param attributes what was given, nothing of it undefined; what is used of it is taken out
 */
export function takeVisuals(type: string, attributes: Attributes, source: VisualSource = {}): Attributes {
  const { prefix = "", defaults, overrides } = source;
  const { named, sharedOptions } = visualsOf(type, prefix);
  const visuals: Attributes = new Map();
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

/** `dash_offset` of `line_dash_offset`; null for what is no visual. */
function traitOf(name: string): string | null {
  const end = name.indexOf("_");
  return end > 0 && FEATURES.has(name.slice(0, end)) ? name.slice(end + 1) : null;
}
