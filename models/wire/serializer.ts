/**
 * Encodes values and models in Bokeh's wire format: JSON, with binary data in buffers beside it.
 *
 * @module
 */

import { nullPrototypeObject } from "../../common/null_prototype_object.ts";
import { nodeBuiltin } from "../../common/node_builtin.ts";
import { isTypedArray, type TypedArray } from "../columns/columns.ts";
import { isModel, type ModelLike } from "../base/model_like.ts";
import { dtypeOf, explicitShape } from "./ndarray.ts";
import { MAX_STORED_BYTES, writeStoredGzip } from "./stored_gzip.ts";
import { encodeTemporal } from "../values/temporal.ts";
import { Expr, Field, MAX_DEPTH, Slice, Value, type VectorOptions } from "../values/values.ts";

/** Options of a {@linkcode Serializer}. */
export interface SerializerOptions {
  /** Models that the receiver has. They are written as references. */
  readonly known?: { has(model: ModelLike): boolean };
  /**
   * Whether binary data is put into buffers. Otherwise it is written into the JSON, as gzip data in
   * base64.
   *
   * @default {true}
   */
  readonly deferred?: boolean;
  /**
   * Size in bytes below which binary data is written into the JSON even if it is deferred: as gzip
   * data in base64, not compressed. At most 65,536.
   *
   * @default {0}
   */
  readonly inlineBytes?: number;
  /**
   * Whether the ids of buffers are their numbers in this message, so that equal messages are equal as
   * JSON. Otherwise they are unique in this process.
   *
   * @default {false}
   */
  readonly numbersBuffers?: boolean;
  /**
   * Returns the id of a buffer that the receiver has already, or undefined. The buffer is in
   * {@linkcode Serializer.buffers} nevertheless.
   */
  readonly knownBuffer?: (data: Uint8Array) => string | undefined;
  /**
   * Level of the gzip compression if binary data is not deferred, from 0 to 9.
   *
   * @default {2}
   */
  readonly compressionLevel?: number;
  /**
   * Whether models that belong to no document are written without the required attributes that have
   * no value. Otherwise they cause an error.
   *
   * @default {false}
   */
  readonly acceptsIncomplete?: boolean;
  /** Returns whether an attribute is not written. */
  readonly omits?: ((model: ModelLike, attr: string) => boolean) | undefined;
  /** Receives warnings about integers that lose precision. */
  readonly warn?: (message: string) => void;
}

/** Binary data that the JSON refers to. */
export interface SerializedBuffer {
  /** Id by which the JSON refers to the buffer. */
  readonly id: string;
  /** The bytes. They share the memory of the array. */
  readonly data: Uint8Array;
}

/** A value cannot be serialized. */
export class SerializationError extends TypeError {
  override readonly name = "SerializationError";
  readonly #reason: string;
  #placed = false;

  /**
   * Creates an error.
   *
   * @param reason Why the value cannot be serialized, as a clause.
   * @param options The underlying error.
   */
  static because(reason: string, options?: ErrorOptions): SerializationError {
    return new SerializationError(reason, options);
  }

  constructor(reason: string, options?: ErrorOptions) {
    super(`Cannot serialize a value: ${reason}`, options);
    this.#reason = reason;
  }

  /**
   * Adds the model type and attribute that hold the value to the message, unless an inner model has
   * done so.
   */
  within(type: string, attr: string): this {
    if (!this.#placed) this.message = `Cannot serialize ${type}.${attr}: ${this.#reason}`;
    this.#placed = true;
    return this;
  }
}

/** Positions of the bytes of a gzip header that depend on the time and on the operating system. */
const GZIP_TIME = 4, GZIP_SYSTEM = 9;

let bufferCount = 0;

/**
 * Encodes one message. A model is written in full at its first occurrence, and as a reference
 * afterwards.
 *
 * After an error, the serializer must not be used again.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Serializer } from "./serializer.ts";
 *
 * const serializer = new Serializer();
 * assertEquals(serializer.encode({ x: Float32Array.of(1) }), {
 *   type: "map",
 *   entries: [["x", {
 *     type: "ndarray",
 *     array: { type: "bytes", data: { id: serializer.buffers[0]!.id } },
 *     shape: [1],
 *     dtype: "float32",
 *     order: "little",
 *   }]],
 * });
 * ```
 */
export class Serializer {
  /** Binary data of the message. */
  readonly buffers: SerializedBuffer[] = [];
  /** Models that were written in full. */
  readonly written: Set<ModelLike> = new Set();

  readonly #known: { has(model: ModelLike): boolean } | undefined;
  readonly #deferred: boolean;
  readonly #inlineBytes: number;
  readonly #numbersBuffers: boolean;
  readonly #knownBuffer: SerializerOptions["knownBuffer"];
  readonly #compressionLevel: number;
  readonly #acceptsIncomplete: boolean;
  readonly #omits: SerializerOptions["omits"];
  readonly #warn: ((message: string) => void) | undefined;
  #depth = 0;

  /** Creates a serializer for one message. */
  constructor(options: SerializerOptions = {}) {
    this.#known = options.known;
    this.#deferred = options.deferred ?? true;
    this.#inlineBytes = Math.min(options.inlineBytes ?? 0, MAX_STORED_BYTES + 1);
    this.#numbersBuffers = options.numbersBuffers ?? false;
    this.#knownBuffer = options.knownBuffer;
    this.#compressionLevel = options.compressionLevel ?? 2;
    this.#acceptsIncomplete = options.acceptsIncomplete ?? false;
    this.#omits = options.omits;
    this.#warn = options.warn;
  }

  /**
   * Encodes a value.
   *
   * @throws {SerializationError} If the value cannot be serialized.
   */
  encode(value: unknown): unknown {
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "number":
        return Number.isFinite(value) ? value : encodeNonFinite(value);
      case "object":
        return value === null ? null : this.#encodeNested(value);
      case "undefined":
        return null;
      case "bigint":
        return this.#encodeBigInt(value);
      case "symbol":
        return encodeSymbol(value);
      default:
        throw SerializationError.because("a function is not serializable");
    }
  }

  /**
   * Encodes an object whose fields the receiver knows by name, such as an event. Undefined fields are
   * omitted.
   */
  encodeRecord(fields: object): Record<string, unknown> {
    const record = nullPrototypeObject(Object.keys(fields));
    for (const [name, value] of Object.entries(fields)) {
      if (value !== undefined) record[name] = this.encode(value);
    }
    return record;
  }

  #encodeNested(value: object): unknown {
    if (++this.#depth > MAX_DEPTH) {
      throw SerializationError.because(`it refers to itself or is nested deeper than ${MAX_DEPTH} levels`);
    }
    const encoded = this.#encodeObject(value);
    this.#depth--;
    return encoded;
  }

  #encodeObject(value: object): unknown {
    if (Array.isArray(value)) return this.#encodeArray(value);
    const prototype = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) return this.#encodePlain(value);
    if (isModel(value)) return this.#encodeModel(value);
    if (value instanceof Value) return this.#encodeVector("value", value.value, value);
    if (value instanceof Field) return this.#encodeVector("field", value.field, value);
    if (value instanceof Expr) return this.#encodeVector("expr", value.expr, value);
    if (isTypedArray(value)) return this.#encodeTypedArray(value);
    if (value instanceof Map) return this.#encodeMap(value);
    if (value instanceof Set) {
      return value.size === 0 ? { type: "set" } : { type: "set", entries: this.#encodeList([...value]) };
    }
    if (value instanceof Date) return this.encode(value.getTime());
    if (value instanceof ArrayBuffer) return this.#encodeBytes(new Uint8Array(value));
    if (value instanceof DataView) return this.#encodeBytes(bytesOf(value));
    if (value instanceof Slice) return { type: "slice", start: value.start, stop: value.stop, step: value.step };
    return encodeTime(value);
  }

  #encodeList(list: readonly unknown[]): unknown[] {
    const length = list.length;
    const encoded = new Array<unknown>(length);
    for (let i = 0; i < length; i++) {
      const item = list[i];
      encoded[i] = typeof item === "number" && item - item === 0 ? item : this.encode(item);
    }
    return encoded;
  }

  #encodeArray(list: readonly unknown[]): unknown {
    const items = this.#encodeList(list);
    const shape = explicitShape(list);
    return shape === undefined ? items : ndarrayRep(items, shape, "object");
  }

  #encodePlain(value: object): unknown {
    const entries: [string, unknown][] = [];
    for (const key of Object.keys(value)) {
      const item = (value as Record<string, unknown>)[key];
      if (item !== undefined) entries.push([key, this.encode(item)]);
    }
    return entries.length === 0 ? { type: "map" } : { type: "map", entries };
  }

  #encodeMap(map: ReadonlyMap<unknown, unknown>): unknown {
    const entries: [unknown, unknown][] = [];
    for (const [key, item] of map) entries.push([this.encode(key), this.encode(item)]);
    return entries.length === 0 ? { type: "map" } : { type: "map", entries };
  }

  #encodeModel(model: ModelLike): unknown {
    if (this.written.has(model) || this.#known?.has(model)) return { id: model.id };
    this.written.add(model);
    let attributes: Record<string, unknown> | undefined;
    model.visitSerializable(
      (attr, value) => {
        if (this.#omits?.(model, attr) !== true) (attributes ??= {})[attr] = this.#encodeAttribute(model, attr, value);
      },
      this.#acceptsIncomplete,
    );
    const { type: name, id } = model;
    return attributes === undefined ? { type: "object", name, id } : { type: "object", name, id, attributes };
  }

  #encodeAttribute(model: ModelLike, attr: string, value: unknown): unknown {
    try {
      return this.encode(value);
    } catch (error) {
      throw error instanceof SerializationError ? error.within(model.type, attr) : error;
    }
  }

  #encodeVector(type: "value" | "field" | "expr", item: unknown, options: VectorOptions): unknown {
    const rep: Record<string, unknown> = { type, [type]: this.encode(item) };
    if (options.transform !== undefined) rep.transform = this.encode(options.transform);
    if (options.units !== undefined) rep.units = options.units;
    return rep;
  }

  #encodeTypedArray(array: TypedArray): unknown {
    const shape = explicitShape(array) ?? [array.length];
    const narrow = narrowed(array);
    const dtype = dtypeOf(narrow);
    if (dtype === undefined) return ndarrayRep(this.#encodeList(Array.from<unknown>(narrow)), shape, "object");
    return ndarrayRep(this.#encodeBytes(bytesOf(narrow)), shape, dtype);
  }

  #encodeBytes(data: Uint8Array): unknown {
    if (this.#deferred) {
      if (data.byteLength < this.#inlineBytes) return { type: "bytes", data: writeStoredGzip(data) };
      const id = this.#knownBuffer?.(data) ??
        `b${this.#numbersBuffers ? this.buffers.length + 1 : ++bufferCount}`;
      this.buffers.push({ id, data });
      return { type: "bytes", data: { id } };
    }
    const packed = nodeBuiltin("node:zlib").gzipSync(data, { level: this.#compressionLevel });
    packed[GZIP_TIME] = 1;
    packed[GZIP_SYSTEM] = 255;
    return { type: "bytes", data: packed.toBase64() };
  }

  #encodeBigInt(value: bigint): unknown {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) this.#warn?.(`The integer ${value} is out of range and may lose precision`);
    return this.encode(number);
  }
}

function encodeNonFinite(value: number): unknown {
  return { type: "number", value: value > 0 ? "+inf" : value < 0 ? "-inf" : "nan" };
}

function encodeSymbol(value: symbol): unknown {
  if (value.description === undefined) {
    throw SerializationError.because("a symbol without a description is not serializable");
  }
  return { type: "symbol", name: value.description };
}

function encodeTime(value: object): unknown {
  let encoded: number | string | undefined;
  try {
    encoded = encodeTemporal(value);
  } catch (cause) {
    throw SerializationError.because(`the duration ${String(value)} has no fixed length`, { cause });
  }
  if (encoded !== undefined) return encoded;
  const name = Object.getPrototypeOf(value).constructor?.name ?? "object";
  throw SerializationError.because(`an instance of ${name} is not serializable`);
}

function ndarrayRep(array: unknown, shape: readonly number[], dtype: string): unknown {
  return { type: "ndarray", array, shape, dtype, order: "little" };
}

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/**
 * Converts 64-bit integers, which the wire format does not have, to 32-bit integers if all of them
 * fit, as Python does.
 */
function narrowed(array: TypedArray): TypedArray {
  if (array instanceof BigInt64Array) {
    return array.every((item) => item === BigInt.asIntN(32, item)) ? Int32Array.from(array, Number) : array;
  }
  if (array instanceof BigUint64Array) {
    return array.every((item) => item === BigInt.asUintN(32, item)) ? Uint32Array.from(array, Number) : array;
  }
  return array;
}
