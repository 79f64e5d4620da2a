import { classSpec } from "../models/registry.ts";

/** The colour of a glyph that is given none. */
const DEFAULT_COLOR = "#1f77b4";

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

/** The visual attributes of a class of glyphs. */
export interface GlyphVisuals {
  /** Their names, each with its trait and whether the trait alone stands for it too: `color` for `line_color`. */
  readonly named: readonly { readonly name: string; readonly trait: string; readonly isShared: boolean }[];
  /** The traits that stand for the attributes of several features. */
  readonly shared: readonly string[];
}

const visualsOfTypes = new Map<string, GlyphVisuals>();

/** What the visual attributes of a class of glyphs are. */
export function visualsOf(type: string): GlyphVisuals {
  const known = visualsOfTypes.get(type);
  if (known !== undefined) return known;
  const properties = new Set(Array.from(classSpec(type).properties(), ({ attr }) => attr));
  const named = [...properties].flatMap((name) => {
    const trait = traitOf(name);
    return trait === null ? [] : [{ name, trait, isShared: !properties.has(trait) }];
  });
  const shared = [...new Set(named.filter(({ isShared }) => isShared).map(({ trait }) => trait))];
  const made = { named, shared };
  visualsOfTypes.set(type, made);
  return made;
}

/** The visuals of a glyph for which nothing is said. */
const FALLBACKS: ReadonlyMap<string, unknown> = new Map([["text_color", "black"], ["hatch_color", "black"]]);

/**
 * Takes the visuals of a glyph out of its attributes: `line_color`, or `color` for the colours of all its features, or
 * else what the main glyph has, or else the default.
 *
 * @param type the glyph's class
 * @param attributes what was given; what is used of it is taken out
 */
export function takeVisuals(type: string, attributes: Attributes, source: VisualSource = {}): Attributes {
  const { prefix = "", defaults, overrides } = source;
  const { named, shared } = visualsOf(type);
  const visuals: Attributes = new Map();
  for (const { name, trait, isShared } of named) {
    if (attributes.has(prefix + name)) {
      visuals.set(name, attributes.get(prefix + name));
      attributes.delete(prefix + name);
    } else if (isShared && attributes.has(prefix + trait)) visuals.set(name, attributes.get(prefix + trait));
    else if (overrides !== undefined && Object.hasOwn(overrides, trait)) visuals.set(name, overrides[trait]);
    else if (defaults?.has(name)) visuals.set(name, defaults.get(name));
    else if (FALLBACKS.has(name)) visuals.set(name, FALLBACKS.get(name));
    else if (trait === "color") visuals.set(name, DEFAULT_COLOR);
    else if (trait === "alpha") visuals.set(name, 1);
  }
  for (const trait of shared) attributes.delete(prefix + trait);
  return visuals;
}

/** `dash_offset` of `line_dash_offset`; null for what is no visual. */
function traitOf(name: string): string | null {
  const end = name.indexOf("_");
  return end > 0 && FEATURES.has(name.slice(0, end)) ? name.slice(end + 1) : null;
}
