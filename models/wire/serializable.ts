/**
 * Checks that values can be serialized when they are assigned. If a document contained a value that
 * cannot, serializing the document for a client would always fail.
 *
 * @module
 */

import { isTypedArray } from "../columns/columns.ts";
import { isModel } from "../base/model_like.ts";
import { encodeTemporal } from "../values/temporal.ts";
import { Expr, Field, MAX_DEPTH, Slice, Value } from "../values/values.ts";

/** Why a value cannot be serialized. */
interface SerializationFault {
  /** Location in the value, as `[0].name`; empty for the value itself. */
  readonly where: string;
  /** What is wrong, as a clause. */
  readonly why: string;
}

/**
 * Checks that a value can be serialized. Does not check models in it. Takes time linear in the size
 * of the value.
 *
 * @param what What is done with the value, for the error: `set Div.tags`.
 * @param value The value.
 * @throws {TypeError} If the value contains a function, a symbol, an instance of an unknown class,
 * an integer that a number cannot represent, or a reference to itself.
 */
export function requireSerializable(what: string | (() => string), value: unknown): void {
  const fault = faultOf(value, NO_CONTAINERS);
  if (fault === undefined) return;
  const place = fault.where === "" ? "the value" : `the value at ${fault.where}`;
  throw new TypeError(`Cannot ${typeof what === "string" ? what : what()}: ${place} ${fault.why}`);
}

const NO_CONTAINERS: readonly object[] = [];

function faultOf(value: unknown, containers: readonly object[]): SerializationFault | undefined {
  switch (typeof value) {
    case "object":
      return value === null || isModel(value) ? undefined : faultOfObject(value, containers);
    case "function":
      return { where: "", why: "is a function, which is not serializable" };
    case "symbol":
      return { where: "", why: "is a symbol, which is not serializable" };
    case "bigint":
      return Number.isSafeInteger(Number(value))
        ? undefined
        : { where: "", why: `is the integer ${value}, which a number cannot represent exactly` };
    default:
      return undefined;
  }
}

function faultOfObject(value: object, outer: readonly object[]): SerializationFault | undefined {
  if (isTypedArray(value)) return undefined;
  if (outer.includes(value)) return { where: "", why: "refers to itself" };
  if (outer.length > MAX_DEPTH) return { where: "", why: `is nested deeper than ${MAX_DEPTH} levels` };
  if (Array.isArray(value)) return faultOfList(value, outer);
  const containers = [...outer, value];
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return faultOfRecord(value, containers);
  if (value instanceof Map) return faultOfMap(value, containers);
  if (value instanceof Set) return faultOfList([...value], outer);
  if (value instanceof Value || value instanceof Field || value instanceof Expr) {
    return faultOfRecord(value, containers);
  }
  return faultOfLeaf(value);
}

function faultOfList(list: readonly unknown[], outer: readonly object[]): SerializationFault | undefined {
  let containers: readonly object[] | undefined;
  for (let i = 0; i < list.length; i++) {
    const item = list[i];
    if (typeof item === "number" || typeof item === "string") continue;
    const fault = faultOf(item, containers ??= [...outer, list]);
    if (fault !== undefined) return within(`[${i}]`, fault);
  }
  return undefined;
}

function faultOfRecord(record: object, containers: readonly object[]): SerializationFault | undefined {
  for (const [key, item] of Object.entries(record)) {
    const fault = faultOf(item, containers);
    if (fault !== undefined) return within(/^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`, fault);
  }
  return undefined;
}

function faultOfMap(map: ReadonlyMap<unknown, unknown>, containers: readonly object[]): SerializationFault | undefined {
  for (const [key, item] of map) {
    const fault = faultOf(key, containers);
    if (fault !== undefined) return within(".keys()", fault);
    const inner = faultOf(item, containers);
    if (inner !== undefined) return within(typeof key === "object" ? ".values()" : `.get(${nameOf(key)})`, inner);
  }
  return undefined;
}

function nameOf(key: unknown): string {
  return typeof key === "string" ? JSON.stringify(key) : String(key);
}

/** Checks instances of classes. Dates, buffers and slices are serializable, and others are not. */
function faultOfLeaf(value: object): SerializationFault | undefined {
  if (value instanceof Date || value instanceof ArrayBuffer || value instanceof DataView || value instanceof Slice) {
    return undefined;
  }
  try {
    if (encodeTemporal(value) !== undefined) return undefined;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { where: "", why: `is the duration ${String(value)}, which has no fixed length` };
  }
  const name = Object.getPrototypeOf(value).constructor?.name || "a class without a name";
  return { where: "", why: `is an instance of ${name}, which is not serializable` };
}

function within(place: string, { where, why }: SerializationFault): SerializationFault {
  return { where: place + where, why };
}
