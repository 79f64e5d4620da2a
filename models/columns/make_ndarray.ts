import { isTypedArray, type TypedArray } from "./columns.ts";
import { itemCount, type NDArray } from "../wire/ndarray.ts";

/** Nested lists of numbers, such as the rows of an image. */
export type NestedNumbers = readonly number[] | readonly NestedNumbers[];

/**
 * Returns an array of several dimensions, for example for images and for columns of them. The items
 * are in row-major order, as in numpy's arrays.
 *
 * @param data The items: a typed array, which is not copied, or a list of numbers.
 * @param shape Length of each dimension.
 * @throws {RangeError} If the shape does not match the number of items.
 *
 * @example An image of 2 × 3 pixels
 * ```ts
 * import { ndarray } from "@bokeh/server/models";
 * import { figure } from "@bokeh/server/plotting";
 *
 * const pixels = ndarray(Float32Array.of(0, 1, 2, 3, 4, 5), [2, 3]);
 * figure().image({ image: [pixels], x: 0, y: 0, dw: 3, dh: 2, palette: "Viridis256" });
 * ```
 */
export function ndarray<T extends TypedArray>(data: T, shape: readonly number[]): NDArray<T>;
/** Returns an array of several dimensions of a list of numbers. */
export function ndarray(data: readonly number[], shape: readonly number[]): NDArray<Float64Array>;
/**
 * Returns an array of several dimensions of nested lists, whose shape is that of the lists.
 *
 * @throws {RangeError} If lists of one dimension have different lengths.
 */
export function ndarray(data: NestedNumbers): NDArray<Float64Array>;
export function ndarray(data: TypedArray | NestedNumbers, shape?: readonly number[]): NDArray {
  if (isTypedArray(data)) return withShape(viewOf(data), shape ?? [data.length]);
  const { lengths, items } = unnest(data);
  return withShape(Float64Array.from(items, Number), shape ?? lengths);
}

function withShape<T extends TypedArray>(data: T, shape: readonly number[]): NDArray<T> {
  if (itemCount(shape) !== data.length) {
    throw new RangeError(
      `Cannot make an array of shape ${shape.join(" × ")}: it needs ${itemCount(shape)} items, got ${data.length}`,
    );
  }
  return Object.assign(data, { shape: [...shape] });
}

/** Returns another view of the bytes of an array, so that the array of the caller keeps its shape. */
function viewOf<T extends TypedArray>({ buffer, byteOffset, length, constructor }: T): T {
  return new (constructor as new (buffer: ArrayBufferLike, offset: number, length: number) => T)(
    buffer,
    byteOffset,
    length,
  );
}

/**
 * Returns the items of nested lists and the lengths of their dimensions. Checks that the lengths of
 * each dimension are equal.
 */
function unnest(data: NestedNumbers): { lengths: number[]; items: readonly unknown[] } {
  const lengths: number[] = [];
  let level: readonly unknown[] = [data];
  while (level.length > 0 && level.every(Array.isArray)) {
    const lists = level as readonly (readonly unknown[])[];
    const [first = []] = lists;
    const other = lists.find(({ length }) => length !== first.length);
    if (other !== undefined) {
      throw new RangeError(
        `Cannot make an array of lists with ${first.length} and ${other.length} items: lists of one dimension ` +
          "must have equal lengths",
      );
    }
    lengths.push(first.length);
    level = lists.flat();
  }
  return { lengths, items: level };
}
