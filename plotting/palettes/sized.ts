import { linear_palette } from "./derive.ts";
import { Cividis256, Greys256, Inferno256, Magma256, Plasma256, Turbo256, Viridis256 } from "./gen/palettes.ts";
import type { Palette } from "./palette.ts";

/** `n` colors of Magma, at most 256. */
export function magma(n: number): Palette {
  return linear_palette(Magma256, n);
}

/** `n` colors of Inferno, at most 256. */
export function inferno(n: number): Palette {
  return linear_palette(Inferno256, n);
}

/** `n` colors of Plasma, at most 256. */
export function plasma(n: number): Palette {
  return linear_palette(Plasma256, n);
}

/** `n` colors of Viridis, at most 256. */
export function viridis(n: number): Palette {
  return linear_palette(Viridis256, n);
}

/** `n` colors of Cividis, at most 256. */
export function cividis(n: number): Palette {
  return linear_palette(Cividis256, n);
}

/** `n` colors of Turbo, at most 256. */
export function turbo(n: number): Palette {
  return linear_palette(Turbo256, n);
}

/** `n` greys from black to white, at most 256. */
export function grey(n: number): Palette {
  return linear_palette(Greys256, n);
}

/** `n` grays from black to white, at most 256: another spelling of {@linkcode grey}. */
export function gray(n: number): Palette {
  return grey(n);
}
