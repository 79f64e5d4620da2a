/**
 * Normalizes documents, so that those of two servers can be compared.
 *
 * @module
 */

import { Deserializer } from "../../models/wire/deserializer.ts";
import type { DocJson } from "../../protocol/message.ts";

/** A value in a normalized document. */
export type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain };

/** The JSON of a document from a server. */
export interface SentDocument {
  readonly doc: DocJson;
  readonly buffers: ReadonlyMap<string, Uint8Array>;
}

type Rep = Readonly<Record<string, unknown>>;

/**
 * Returns a document without its version. Ids are numbered in the order of traversal, each model is written in full where traversal
 * finds it first, all arrays are lists, and keys and sets are sorted.
 */
export function normalizeDocument({ doc, buffers }: SentDocument): Plain {
  const { version: _, ...rest } = doc;
  return new Normalizer(doc, buffers).walk(rest);
}

class Normalizer {
  readonly #models = new Map<string, Rep>();
  readonly #numbers = new Map<string, string>();
  readonly #buffers: ReadonlyMap<string, Uint8Array>;

  constructor(doc: DocJson, buffers: ReadonlyMap<string, Uint8Array>) {
    this.#buffers = buffers;
    this.#collect(doc);
  }

  walk(rep: unknown): Plain {
    if (Array.isArray(rep)) return rep.map((item) => this.walk(item));
    if (!isRep(rep)) return typeof rep === "number" ? numberOf(rep) : rep as Plain;
    const { type, id } = rep;
    if (typeof id === "string" && (type === "object" || Object.keys(rep).length === 1)) return this.#model(id);
    switch (type) {
      case "number":
        return String(rep["value"]);
      case "map":
        return this.#map((rep["entries"] ?? []) as [unknown, unknown][]);
      case "set":
        return { set: ((rep["entries"] ?? []) as unknown[]).map((item) => this.walk(item)).sort(byText) };
      case "typed_array":
      case "ndarray":
      case "bytes":
        return this.#array(rep);
      default:
        return this.#fields(rep);
    }
  }

  #model(id: string): Plain {
    const known = this.#numbers.get(id);
    if (known !== undefined) return { ref: known };
    const number = `#${this.#numbers.size + 1}`;
    this.#numbers.set(id, number);
    const { name, attributes } = this.#models.get(id) ?? {};
    return { model: String(name), id: number, attributes: this.#fields(isRep(attributes) ? attributes : {}) };
  }

  #map(entries: [unknown, unknown][]): Plain {
    const keyed = entries.map(([key, value]): [string, unknown] => [
      typeof key === "string" ? key : JSON.stringify(this.walk(key)),
      value,
    ]);
    return { map: this.#fields(Object.fromEntries(keyed)) };
  }

  #fields(fields: Rep): Plain {
    return Object.fromEntries(
      Object.keys(fields).sort().map((key) => [key, this.walk(fields[key])]),
    );
  }

  #array(rep: Rep): Plain {
    // Lists without an item type can contain models.
    if (Array.isArray(rep["array"])) return this.walk(rep["array"]);
    const value = new Deserializer({ buffers: new Map(this.#buffers) }).decode(rep) as ArrayLike<number | bigint>;
    return Array.from(value, (item) => numberOf(Number(item)));
  }

  #collect(rep: unknown): void {
    if (Array.isArray(rep)) return rep.forEach((item) => this.#collect(item));
    if (!isRep(rep)) return;
    if (rep["type"] === "object" && typeof rep["id"] === "string") this.#models.set(rep["id"], rep);
    for (const item of Object.values(rep)) this.#collect(item);
  }
}

/** Returns a line for each difference of two normalized documents. Tolerates relative differences of numbers. */
export function differences(a: Plain, b: Plain, path = "", tolerance = 1e-12): string[] {
  if (typeof a === "number" && typeof b === "number") {
    return Math.abs(a - b) <= Math.max(1e-13, tolerance * Math.abs(a)) ? [] : [`${path}: ${a} against ${b}`];
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return [`${path}: ${a.length} items against ${b.length}`];
    return a.flatMap((item, i) => differences(item, b[i]!, `${path}/${i}`, tolerance));
  }
  if (isRecord(a) && isRecord(b)) {
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) => {
      const where = `${path}/${key}${key === "attributes" ? `<${a["model"]}>` : ""}`;
      if (a[key] === undefined) return [`${where}: only in the second: ${short(b[key]!)}`];
      if (b[key] === undefined) return [`${where}: only in the first: ${short(a[key])}`];
      return differences(a[key], b[key], where, tolerance);
    });
  }
  return a === b ? [] : [`${path}: ${short(a)} against ${short(b)}`];
}

function isRep(value: unknown): value is Rep {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isRecord(value: Plain): value is { [key: string]: Plain } {
  return isRep(value);
}

function numberOf(value: number): number | string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "+inf" : "-inf";
  return value;
}

function byText(a: Plain, b: Plain): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

function short(value: Plain): string {
  const text = JSON.stringify(value);
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`;
}
