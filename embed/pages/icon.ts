/**
 * The default icon of pages, three overlapping discs. It is drawn at run time, so that the package
 * needs no image file.
 *
 * @module
 */

const SIZE = 32;
const HEADER_BYTES = 22;
const BITMAP_HEADER_BYTES = 40;
const MASK_BYTES = SIZE * SIZE / 8;

interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly color: readonly [red: number, green: number, blue: number];
}

const DISCS: readonly Disc[] = [
  { x: 12, y: 12, radius: 10, color: [233, 109, 74] },
  { x: 21, y: 14, radius: 9, color: [250, 190, 80] },
  { x: 15, y: 22, radius: 8.5, color: [60, 140, 190] },
];

let icon: Uint8Array<ArrayBuffer> | undefined;

/** Returns the icon as a file in ICO format, with one image of 32 by 32 pixels. */
export function defaultIcon(): Uint8Array<ArrayBuffer> {
  icon ??= drawIcon();
  return icon;
}

function drawIcon(): Uint8Array<ArrayBuffer> {
  const pixelBytes = SIZE * SIZE * 4;
  const imageBytes = BITMAP_HEADER_BYTES + pixelBytes + MASK_BYTES;
  const bytes = new Uint8Array(HEADER_BYTES + imageBytes);
  const view = new DataView(bytes.buffer);
  // directory with one entry
  view.setUint16(2, 1, true);
  view.setUint16(4, 1, true);
  bytes.set([SIZE, SIZE, 0, 0, 1, 0, 32, 0], 6);
  view.setUint32(14, imageBytes, true);
  view.setUint32(18, HEADER_BYTES, true);
  // bitmap header: its height counts the pixels and the mask after them, which remains empty
  view.setUint32(HEADER_BYTES, BITMAP_HEADER_BYTES, true);
  view.setInt32(HEADER_BYTES + 4, SIZE, true);
  view.setInt32(HEADER_BYTES + 8, SIZE * 2, true);
  view.setUint16(HEADER_BYTES + 12, 1, true);
  view.setUint16(HEADER_BYTES + 14, 32, true);
  view.setUint32(HEADER_BYTES + 20, pixelBytes + MASK_BYTES, true);
  drawPixels(bytes.subarray(HEADER_BYTES + BITMAP_HEADER_BYTES));
  return bytes;
}

/**
 * Draws the pixels in the order of bitmaps: rows from the bottom up, bytes as blue, green, red,
 * alpha.
 */
function drawPixels(pixels: Uint8Array): void {
  for (let row = 0; row < SIZE; row++) {
    for (let x = 0; x < SIZE; x++) {
      const color = colorAt(x, SIZE - 1 - row);
      if (color !== undefined) pixels.set([color[2], color[1], color[0], 255], (row * SIZE + x) * 4);
    }
  }
}

function colorAt(x: number, y: number): Disc["color"] | undefined {
  return DISCS.findLast((disc) => Math.hypot(x + 0.5 - disc.x, y + 0.5 - disc.y) <= disc.radius)?.color;
}
