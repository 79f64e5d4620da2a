/**
 * Takes pictures of pages and compares them.
 *
 * @module
 */

import type { Page } from "playwright-core";
import pixelmatch from "pixelmatch";
// @ts-types="npm:@types/upng-js@^2.1.5"
import UPNG from "upng-js";

/** The size of pictures that are compared. */
export const VIEWPORT: Viewport = { width: 760, height: 540 };

/** Width and height in pixels. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
}

/** The difference between two pictures. */
export interface Comparison {
  /** Share of different pixels, without differences in anti-aliasing. */
  readonly share: number;
  /** A picture of the differences. */
  readonly picture: Uint8Array;
}

/**
 * Takes a picture of a page without its outermost pixels. A canvas covers half of them, and they get darker each time it is
 * painted.
 */
export async function takePicture(page: Page, { width, height } = VIEWPORT): Promise<Uint8Array> {
  const clip = { x: 1, y: 1, width: width - 2, height: height - 2 };
  return await page.screenshot({ animations: "disabled", caret: "hide", clip });
}

/** Compares two pictures of equal size. */
export function comparePictures(one: Uint8Array, other: Uint8Array): Comparison {
  const { width, height, pixels } = decode(one);
  const diff = new Uint8Array(pixels.length);
  const count = pixelmatch(pixels, decode(other).pixels, diff, width, height, { threshold: 0.1 });
  return { share: count / (width * height), picture: new Uint8Array(UPNG.encode([diff.buffer], width, height, 0)) };
}

/** Returns a picture with few colors and without its white border. */
export function shrinkPicture(picture: Uint8Array, colors: number): Uint8Array {
  const { width, height, pixels } = decode(picture);
  const isWhite = (x: number, y: number) => pixels.subarray((y * width + x) * 4).slice(0, 3).every((v) => v === 255);
  const columns = Array.from({ length: width }, (_, x) => x);
  const rows = Array.from({ length: height }, (_, y) => y);
  const right = columns.findLast((x) => rows.some((y) => !isWhite(x, y))) ?? 0;
  const bottom = rows.findLast((y) => columns.some((x) => !isWhite(x, y))) ?? 0;
  const [w, h] = [Math.min(width, right + 8), Math.min(height, bottom + 8)];
  const cropped = new Uint8Array(w * h * 4);
  for (let y = 0; y < h; y++) cropped.set(pixels.subarray(y * width * 4, (y * width + w) * 4), y * w * 4);
  return new Uint8Array(UPNG.encode([cropped.buffer], w, h, colors));
}

function decode(picture: Uint8Array): { width: number; height: number; pixels: Uint8Array } {
  const image = UPNG.decode(Uint8Array.from(picture).buffer);
  return { width: image.width, height: image.height, pixels: new Uint8Array(UPNG.toRGBA8(image)[0]!) };
}
