import type { Glyph, GlyphRenderer } from "../models/gen/classes.ts";

/** A renderer of glyphs of one kind: the `glyph` of what `plot.line(…)` answers is a `Line`. */
export type TypedGlyphRenderer<G extends Glyph> = GlyphRenderer & { glyph: G };
