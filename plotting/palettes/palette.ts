/** A tuple of `N` colours, or a list of any number of them where `N` is not known. */
export type Palette<N extends number = number> = number extends N ? readonly string[] : ColorTuple<N>;

/** Palettes of one kind by number of colours. */
export type PaletteCollection = Readonly<Record<number, Palette>>;

/** A tuple of `N` colours. */
export type ColorTuple<N extends number, T extends readonly string[] = readonly []> = T["length"] extends N ? T
  : ColorTuple<N, readonly [...T, string]>;
