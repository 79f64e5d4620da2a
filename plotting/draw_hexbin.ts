import { ColumnDataSource, type GlyphRenderer, type HexTile } from "../models/gen/classes.ts";
import type { GlyphMethods } from "./gen/glyph_methods.ts";
import type { GlyphOptions } from "./glyph_options.ts";
import { hexbin, type HexBins, type HexTiling } from "./hexbin.ts";
import type { PaletteLike } from "./palette_like.ts";
import { linear_cmap } from "./transform.ts";

/** Options of `hexbin`: how the tiles lie, and how they are drawn. */
export interface HexbinOptions
  extends HexTiling, Omit<GlyphOptions<HexTile["$props"]>, keyof HexTiling | "q" | "r" | "source"> {
  /**
   * The colors of the tiles, from none to the most points.
   * @default {"Viridis256"}
   */
  palette?: PaletteLike;
}

/** The renderer of the tiles, and the tiles. */
export type HexbinResult = [renderer: GlyphRenderer, bins: HexBins];

/** Counts points in hexagonal tiles and draws the tiles. */
export function drawHexbin(
  target: Pick<GlyphMethods, "hex_tile">,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  options: HexbinOptions,
): HexbinResult {
  const { palette = "Viridis256", orientation = "pointytop", aspect_scale = 1, size, ...rest } = options;
  const bins = hexbin(x, y, { size, orientation, aspect_scale });
  const most = bins.counts.reduce((most, count) => Math.max(most, count), 0);
  const renderer = target.hex_tile({
    line_color: null,
    ...rest,
    q: "q",
    r: "r",
    size,
    orientation,
    aspect_scale,
    fill_color: rest.fill_color ?? linear_cmap("c", palette, 0, most),
    source: new ColumnDataSource({ data: { q: bins.q, r: bins.r, c: bins.counts } }),
  });
  return [renderer, bins];
}
