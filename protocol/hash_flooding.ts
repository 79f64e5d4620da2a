/**
 * Protection against hash flooding, in which a client sends many keys with the same hash. The keys
 * then form one chain of a hash table, and each access walks the chain.
 *
 * V8 seeds the hashes of most strings, so that clients cannot predict them. It does not seed the
 * hashes of numbers and of strings that are array indices, such as `"65536"`: a client can choose
 * thousands of such keys with one hash. The functions of this module compute these hashes as V8
 * does. `hash_flooding_test.ts` compares them with the V8 in use.
 *
 * @module
 */

/**
 * Number of keys below which no check is needed: a single chain of that length takes less than 1 ms
 * to build.
 */
const MIN_KEYS = 1024;
/** Maximum length of a chain. Among random keys, the longest chain has a length of about 15. */
const MAX_CHAIN = 128;
/**
 * Maximum length of a chain of strings in JSON. A step along it takes a fraction of a nanosecond,
 * and harmless data can have long chains: a column may hold all multiples of 1024 as strings.
 */
const MAX_JSON_CHAIN = 4096;
/** Number of digits of the largest array index, 2^32 - 2. */
const MAX_INDEX_LENGTH = 10;
/** The low bits of an array index that V8 uses as the hash. */
const INDEX_HASH_MASK = 0xffffff;

/**
 * Minimum length of array indices to check: there are too few shorter ones to form a long chain.
 */
const MIN_INDEX_LENGTH = 4;

const ZERO = 0x30, NINE = 0x39, BACKSLASH = 0x5c;
/** Common start of the JSON escapes of all digits. */
const ESCAPED_DIGIT = "\\u003";
/** Length in JSON of the longest array index, with all its digits escaped. */
const MAX_ESCAPED_LENGTH = MAX_INDEX_LENGTH * 6;
/** Prefix by which a string ceases to be an array index, so that V8 seeds its hash. */
const PREFIX = "#", PREFIX_CODE = 0x23;

/**
 * Returns whether so many keys have the same hash that building a `Set` or `Map` of them would take
 * quadratic time. Takes linear time. Repeated keys share one entry and are counted once.
 *
 * @param keys The keys. Only numbers and array indices are checked, because the hashes of other
 * keys are seeded.
 * @param maxChain Maximum number of keys with the same hash.
 */
export function hasCollidingKeys(keys: readonly unknown[], maxChain: number = MAX_CHAIN): boolean {
  if (keys.length < MIN_KEYS) return false;
  const suspects = keysInLongChains(keys, bucketCount(keys.length), maxChain);
  return suspects.length > 0 && keysInLongChains(distinctKeys(suspects), bucketCount(keys.length), maxChain).length > 0;
}

/**
 * A `Map` from ids that clients choose. All keys have seeded hashes: an id that could be an array
 * index is stored with a prefix.
 */
export class IdMap<V> extends Map<string, V> {
  /** Returns the value of an id. */
  override get(id: string): V | undefined {
    return super.get(seeded(id));
  }

  /** Returns whether an id has a value. */
  override has(id: string): boolean {
    return super.has(seeded(id));
  }

  /** Sets the value of an id. */
  override set(id: string, value: V): this {
    return super.set(seeded(id), value);
  }

  /** Removes an id and returns whether it had a value. */
  override delete(id: string): boolean {
    return super.delete(seeded(id));
  }

  /** Yields the ids in insertion order. */
  override *keys(): MapIterator<string> {
    for (const key of super.keys()) yield unseeded(key);
  }

  /** Yields the ids with their values, in insertion order. */
  override *entries(): MapIterator<[string, V]> {
    for (const [key, value] of super.entries()) yield [unseeded(key), value];
  }

  /** Yields the ids with their values, in insertion order. */
  override [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  /** Calls a function for each id, in insertion order. */
  override forEach(fn: (value: V, id: string, map: Map<string, V>) => void): void {
    for (const [id, value] of this.entries()) fn(value, id, this);
  }
}

/**
 * Collects those strings of a JSON text that are array indices, to find out whether too many of
 * them have the same hash. `JSON.parse` looks up short strings in the process-wide hash table of
 * strings.
 */
export class IndexStrings {
  readonly #found: string[] = [];

  /**
   * Adds a string of a JSON text if it is an array index. `start` and `end` are the positions
   * inside its quotes.
   */
  add(json: string, start: number, end: number): void {
    const isEscaped = json.charCodeAt(start) === BACKSLASH && json.startsWith(ESCAPED_DIGIT, start);
    if (!isEscaped && !isDigit(json.charCodeAt(start)) || end - start > MAX_ESCAPED_LENGTH) return;
    const string = json.slice(start, end);
    const text = string.includes("\\") ? unescaped(string) : string;
    if (text.length >= MIN_INDEX_LENGTH && arrayIndex(text) !== undefined) this.#found.push(text);
  }

  /** Whether too many of the added strings have the same hash. */
  get collide(): boolean {
    return hasCollidingKeys(this.#found, MAX_JSON_CHAIN);
  }
}

/** Decodes the escapes of a JSON string that consists of digits and escaped digits. */
function unescaped(string: string): string {
  return string.replaceAll(/\\u([\da-f]{4})/gi, (_, digits) => String.fromCharCode(parseInt(digits, 16)));
}

function seeded(id: string): string {
  const first = id.charCodeAt(0);
  return isDigit(first) || first === PREFIX_CODE ? PREFIX + id : id;
}

function unseeded(key: string): string {
  return key.charCodeAt(0) === PREFIX_CODE ? key.slice(1) : key;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

function keysInLongChains(keys: readonly unknown[], buckets: number, maxChain: number): unknown[] {
  const lengths = new Uint32Array(buckets);
  let longest = 0;
  for (const key of keys) {
    const hash = unseededHash(key);
    if (hash !== undefined) longest = Math.max(longest, ++lengths[hash & (buckets - 1)]!);
  }
  if (longest <= maxChain) return [];
  return keys.filter((key) => {
    const hash = unseededHash(key);
    return hash !== undefined && lengths[hash & (buckets - 1)]! > maxChain;
  });
}

/**
 * Returns the keys without repetitions. Sorts, because a `Set` would be slow for exactly the keys
 * that collide.
 */
function distinctKeys(keys: readonly unknown[]): unknown[] {
  const numbers = Float64Array.from(keys.filter((key) => typeof key === "number")).sort();
  const indices = Float64Array.from(keys.filter((key) => typeof key === "string"), Number).sort();
  return [...withoutRepetitions(numbers), ...Array.from(withoutRepetitions(indices), String)];
}

function withoutRepetitions(sorted: Float64Array): Float64Array {
  return sorted.filter((item, i) =>
    i === 0 || item !== sorted[i - 1] && !(Number.isNaN(item) && Number.isNaN(sorted[i - 1]))
  );
}

/**
 * Returns the number of buckets of V8's hash tables: half their capacity, which is a power of two.
 */
function bucketCount(keys: number): number {
  return 2 ** Math.ceil(Math.log2(keys)) / 2;
}

/** Returns the hash of a key, or undefined if V8 seeds it. */
function unseededHash(key: unknown): number | undefined {
  if (typeof key === "number") return key === (key | 0) ? hashOfInt32(key) : hashOfDouble(key);
  const index = typeof key === "string" ? arrayIndex(key) : undefined;
  return index === undefined ? undefined : index & INDEX_HASH_MASK;
}

/**
 * Returns the number that an array index stands for, or undefined if the string is not an array
 * index.
 */
function arrayIndex(text: string): number | undefined {
  if (text.length === 0 || text.length > MAX_INDEX_LENGTH || !isDigit(text.charCodeAt(0))) return undefined;
  const index = Number(text);
  return index < 2 ** 32 - 1 && String(index) === text ? index : undefined;
}

/** V8's `ComputeUnseededHash`. */
function hashOfInt32(key: number): number {
  let hash = ~key + (key << 15) | 0;
  hash ^= hash >>> 12;
  hash = hash + (hash << 2) | 0;
  hash ^= hash >>> 4;
  hash = Math.imul(hash, 2057);
  hash ^= hash >>> 16;
  return hash & HASH_MASK;
}

const HASH_MASK = 0x3fffffff;
const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/** V8's `ComputeLongHash`, on a 64-bit number as two 32-bit halves. */
function hashOfDouble(key: number): number {
  double[0] = key;
  let [low, high] = words as unknown as [number, number];
  [low, high] = plus(~low >>> 0, ~high >>> 0, low << 18 >>> 0, (high << 18 | low >>> 14) >>> 0);
  [low, high] = [(low ^ (low >>> 31 | high << 1)) >>> 0, (high ^ high >>> 31) >>> 0];
  const product = low * 21;
  [low, high] = [product >>> 0, Math.imul(high, 21) + Math.floor(product / 2 ** 32) >>> 0];
  [low, high] = [(low ^ (low >>> 11 | high << 21)) >>> 0, (high ^ high >>> 11) >>> 0];
  [low, high] = plus(low, high, low << 6 >>> 0, (high << 6 | low >>> 26) >>> 0);
  return (low ^ (low >>> 22 | high << 10)) & HASH_MASK;
}

/** Adds two 64-bit numbers. */
function plus(low: number, high: number, otherLow: number, otherHigh: number): [low: number, high: number] {
  const sum = low + otherLow;
  return [sum >>> 0, high + otherHigh + (sum > 0xffffffff ? 1 : 0) >>> 0];
}
