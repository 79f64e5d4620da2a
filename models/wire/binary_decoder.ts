/**
 * Decodes binary representations (`bytes`, `typed_array`, `ndarray`) to buffers and arrays.
 *
 * @module
 */

import { nodeBuiltin } from "../../common/node_builtin.ts";
import type { WorkBudget } from "../../protocol/work_budget.ts";
import type { TypedArray } from "../columns/columns.ts";
import { chargeReading, DeserializationError, quote } from "./deserialization_error.ts";
import { isTypedArrayType, itemType } from "./item_types.ts";
import { itemCount, ndarray, swapBytes } from "./ndarray.ts";
import { readStoredGzip } from "./stored_gzip.ts";

/** A representation: an object of the wire format, whose fields have not been checked yet. */
export type Rep = { readonly [field: string]: unknown };

/**
 * Decodes the binary representations of one message. The results do not share memory with the
 * message.
 */
export class BinaryDecoder {
  readonly #buffers: ReadonlyMap<string, Uint8Array>;
  #used: Set<string> | undefined;
  readonly #budget: WorkBudget;

  /**
   * Creates a decoder.
   *
   * @param buffers Buffers of the message, by id.
   * @param budget Budget to charge with the bytes that decoding allocates beyond the size of the
   * message: decompressed data, and buffers that are referred to more than once.
   */
  constructor(buffers: ReadonlyMap<string, Uint8Array>, budget: WorkBudget) {
    this.#buffers = buffers;
    this.#budget = budget;
  }

  /**
   * Decodes `{ type: "bytes", data }`, in which `data` is `{ id }` of a buffer, or gzip data in
   * base64.
   */
  decodeBytes(rep: Rep): Uint8Array<ArrayBuffer> {
    const { data } = rep;
    if (typeof data === "string") return this.#unpack(data);
    const id = typeof data === "object" && data !== null ? (data as Rep).id : undefined;
    if (typeof id !== "string") {
      throw DeserializationError.because("bytes must have text or the id of a buffer as their data");
    }
    const buffer = this.#buffers.get(id);
    if (buffer === undefined) throw DeserializationError.because(`unknown buffer ${quote(id)}`);
    const used = this.#used ??= new Set();
    if (used.has(id)) this.#spend(buffer.byteLength);
    used.add(id);
    return new Uint8Array(buffer);
  }

  /** Decodes `{ type: "typed_array", array, dtype, order }`. */
  decodeTypedArray(rep: Rep): TypedArray {
    if (!isTypedArrayType(rep.dtype)) {
      throw DeserializationError.because(`a typed array cannot have the dtype ${quote(rep.dtype)}`);
    }
    return this.#decodeItems(rep, rep.array);
  }

  /**
   * Decodes `{ type: "ndarray", array, shape, dtype, order }`.
   *
   * @param rep The representation.
   * @param list The decoded items, if they are not binary.
   */
  decodeNDArray(rep: Rep, list: unknown[] | undefined): TypedArray | unknown[] {
    const { dtype, shape } = rep;
    const items = list === undefined ? this.#decodeItems(rep, rep.array) : listItems(list, dtype);
    if (
      !Array.isArray(shape) || shape.length === 0 || shape.length > MAX_DIMENSIONS || itemCount(shape) !== items.length
    ) {
      throw DeserializationError.because(`the shape does not match ${items.length} items`);
    }
    if (dtype === "bool") return ndarray(items, shape, "bool");
    return shape.length === 1 ? items : ndarray(items, shape);
  }

  #decodeItems(rep: Rep, array: unknown): TypedArray {
    const type = itemType(rep.dtype);
    if (type === undefined) throw DeserializationError.because(`unknown dtype ${quote(rep.dtype)}`);
    if (rep.order !== "little" && rep.order !== "big") {
      throw DeserializationError.because(`unknown byte order ${quote(rep.order)}`);
    }
    if (typeof array !== "object" || array === null || (array as Rep).type !== "bytes") {
      throw DeserializationError.because(`the items of an array of ${rep.dtype} must be bytes`);
    }
    const bytes = this.decodeBytes(array as Rep);
    if (bytes.length % type.size !== 0) {
      throw DeserializationError.because(`${bytes.length} bytes are not a multiple of the item size ${type.size}`);
    }
    if (rep.order === "big") swapBytes(bytes, type.size);
    return type.ofBytes(bytes.buffer);
  }

  #unpack(text: string): Uint8Array<ArrayBuffer> {
    const unpacked = this.#gunzip(text);
    this.#spend(unpacked.length);
    const { buffer } = unpacked;
    const whole = buffer instanceof ArrayBuffer && unpacked.length === buffer.byteLength;
    return whole ? new Uint8Array(buffer) : new Uint8Array(unpacked);
  }

  #gunzip(text: string): Uint8Array {
    try {
      const packed = Uint8Array.fromBase64(text);
      return readStoredGzip(packed) ?? nodeBuiltin("node:zlib").gunzipSync(packed, {
        maxOutputLength: Math.max(1, this.#budget.left("unpackedBytes")),
      });
    } catch (cause) {
      if (cause instanceof RangeError) this.#spend(this.#budget.left("unpackedBytes") + 1);
      throw DeserializationError.because("the data is not gzip in base64", { cause });
    }
  }

  #spend(bytes: number): void {
    chargeReading(this.#budget, "unpackedBytes", bytes);
    chargeReading(this.#budget, "steps", bytes / UNPACKED_BYTES_PER_STEP);
  }
}

/** Number of decompressed bytes that count as one step. */
const UNPACKED_BYTES_PER_STEP = 16;

/** Maximum number of dimensions, as in NumPy. */
const MAX_DIMENSIONS = 64;

/** Converts the items of an array that was not sent in binary form. */
function listItems(list: unknown[], dtype: unknown): TypedArray | unknown[] {
  if (dtype === "object") return list;
  const type = itemType(dtype);
  if (type === undefined) throw DeserializationError.because(`unknown dtype ${quote(dtype)}`);
  const numbers = list.map((item) => {
    if (dtype === "bool" ? typeof item !== "boolean" : typeof item !== "number") {
      throw DeserializationError.because(`${quote(item)} is not an item of type ${dtype}`);
    }
    return Number(item);
  });
  const items = type.ofList(numbers);
  if (dtype !== "float32" && dtype !== "float16") {
    const misfit = numbers.find((number, i) => !Object.is(number, items[i]) && number !== items[i]);
    if (misfit !== undefined) throw DeserializationError.because(`${misfit} is not an item of type ${dtype}`);
  }
  return items;
}
