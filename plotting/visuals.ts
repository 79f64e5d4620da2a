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

/**
 * Takes the visuals of a glyph out of its attributes: `line_color`, or `color` for the colours of all its features, or
 * else what the main glyph has, or else the default.
 *
 * @param properties all attributes of the glyph's class
 * @param attributes what was given; what is used of it is taken out
 */
export function takeVisuals(
  properties: ReadonlySet<string>,
  attributes: Attributes,
  source: VisualSource = {},
): Attributes {
  const { prefix = "", defaults = new Map<string, unknown>(), overrides = {} } = source;
  const fallbacks = new Map<string, unknown>([["text_color", "black"], ["hatch_color", "black"], ...defaults]);
  const visuals: Attributes = new Map();
  const shared = new Set<string>();
  for (const name of properties) {
    const trait = traitOf(name);
    if (trait === null) continue;
    const isShared = !properties.has(trait);
    if (isShared) shared.add(trait);
    if (attributes.has(prefix + name)) {
      visuals.set(name, attributes.get(prefix + name));
      attributes.delete(prefix + name);
    } else if (isShared && attributes.has(prefix + trait)) visuals.set(name, attributes.get(prefix + trait));
    else if (Object.hasOwn(overrides, trait)) visuals.set(name, overrides[trait]);
    else if (fallbacks.has(name)) visuals.set(name, fallbacks.get(name));
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
