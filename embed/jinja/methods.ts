/**
 * Methods of Python's `str`, `list` and `dict`, and of markup.
 *
 * @module
 */

import { alignText, formatFields, pairs } from "./format.ts";
import { entriesOf, isDict, isUndefined, itemOf, keyOf } from "./type_checks.ts";
import { escape, repr, str } from "./text.ts";
import { type Keywords, Markup, Tuple, View } from "./types.ts";
import { compare, contains, equals, iterate, slice, truth } from "./values.ts";

type Method<T> = (of: T, args: readonly unknown[], keywords: Keywords) => unknown;
type Methods<T> = Readonly<Record<string, Method<T>>>;
type Dict = Map<unknown, unknown> | Record<string, unknown>;

function text(args: readonly unknown[], index: number, otherwise: string): string {
  return args[index] === undefined || args[index] === null ? otherwise : str(args[index]);
}

/**
 * Converts an index in UTF-16 code units to one in code points, as Python counts. Returns -1
 * unchanged.
 */
function indexOf(of: string, at: number): number {
  return at < 0 ? at : [...of.slice(0, at)].length;
}

/** Converts an index in code points to one in UTF-16 code units. */
function offset(of: string, index: number): number {
  return [...of].slice(0, index).join("").length;
}

/** Returns the part of a text that the arguments `start` and `end` of a method choose. */
function within(of: string, [start, end]: readonly unknown[]): string {
  return isUndefined(start) ? of : str(slice(of, start, end, null));
}

/**
 * Returns an index. Throws a TypeError if it is negative, which means that the value was not found.
 */
function present(index: number): number {
  if (index < 0) throw new TypeError("Cannot find the value: use find, or test with in");
  return index;
}

/** Centers a text as `str.center`, which adds an odd space before the text if the width is odd. */
export function center(of: string, width: number, fill = " "): string {
  const missing = Math.max(0, width - [...of].length);
  const left = Math.floor(missing / 2) + (missing & width & 1);
  return fill.repeat(left) + of + fill.repeat(missing - left);
}

function expandTabs(of: string, size: number): string {
  return of.split("\n").map((line) =>
    line.split("\t").reduce((done, part) => done + " ".repeat(size - [...done].length % size) + part)
  ).join("\n");
}

function count(args: readonly unknown[], index: number, otherwise: number): number {
  return args[index] === undefined ? otherwise : Number(args[index]);
}

/** Removes characters, by default whitespace, from one or both ends of a text. */
export function strip(of: string, characters: unknown, side: "both" | "left" | "right"): string {
  const removed = characters === undefined || characters === null ? undefined : str(characters);
  const isRemoved = (character: string) =>
    removed === undefined ? character.trim() === "" : removed.includes(character);
  let [start, end] = [0, of.length];
  if (side !== "right") { while (start < end && isRemoved(of[start]!)) start++; }
  if (side !== "left") { while (end > start && isRemoved(of[end - 1]!)) end--; }
  return of.slice(start, end);
}

/** Capitalizes each word, as `str.title`. */
export function title(of: string): string {
  return of.replace(/\p{L}+/gu, (word) => capitalize(word));
}

/** Converts the first character to upper case and all others to lower case. */
export function capitalize(of: string): string {
  return of.slice(0, 1).toUpperCase() + of.slice(1).toLowerCase();
}

function split(of: string, separator: unknown, most: number): string[] {
  if (separator === undefined || separator === null) {
    const words = of.split(/\s+/).filter((word) => word !== "");
    return most < 0 || words.length <= most ? words : [...words.slice(0, most), words.slice(most).join(" ")];
  }
  const parts = of.split(str(separator));
  return most < 0 || parts.length <= most + 1
    ? parts
    : [...parts.slice(0, most), parts.slice(most).join(str(separator))];
}

function splitRight(of: string, separator: unknown, most: number): string[] {
  if (separator === undefined || separator === null) {
    const words = of.split(/\s+/).filter((word) => word !== "");
    if (most < 0 || words.length <= most) return words;
    const last = words.slice(words.length - most);
    const head = last.reduceRight((rest, word) => rest.trimEnd().slice(0, -word.length), of).trim();
    return [head, ...last];
  }
  if (most < 0) return split(of, separator, -1);
  const parts = of.split(str(separator));
  const head = parts.slice(0, Math.max(1, parts.length - most)).join(str(separator));
  return [head, ...parts.slice(Math.max(1, parts.length - most))];
}

function anyOf(value: unknown, test: (part: string) => boolean): boolean {
  return Array.isArray(value) ? value.some((part) => test(str(part))) : test(str(value));
}

function letters(pattern: RegExp): (of: string) => boolean {
  return (of) => of !== "" && pattern.test(of);
}

const TEXT_METHODS: Methods<string> = {
  capitalize: (of) => capitalize(of),
  casefold: (of) => of.toLowerCase().replaceAll("ß", "ss"),
  center: (of, args) => center(of, count(args, 0, 0), text(args, 1, " ")),
  count: (of, args) => of.split(text(args, 0, "")).length - 1,
  endswith: (of, [end, ...range]) => anyOf(end, (part) => within(of, range).endsWith(part)),
  expandtabs: (of, args) => expandTabs(of, count(args, 0, 8)),
  find: (of, args) => indexOf(of, of.indexOf(text(args, 0, ""), offset(of, count(args, 1, 0)))),
  format: (of, args, keywords) => formatFields(of, args, keywords),
  index: (of, args) => present(indexOf(of, of.indexOf(text(args, 0, "")))),
  isalnum: letters(/^[\p{L}\p{N}]+$/u),
  isalpha: letters(/^\p{L}+$/u),
  isascii: (of) => /^\p{ASCII}*$/u.test(of),
  isdecimal: letters(/^\p{Nd}+$/u),
  isdigit: letters(/^\p{Nd}+$/u),
  isnumeric: letters(/^\p{N}+$/u),
  isidentifier: letters(/^[\p{L}_][\p{L}\p{N}_]*$/u),
  islower: (of) => of === of.toLowerCase() && of !== of.toUpperCase(),
  isspace: letters(/^\s+$/),
  istitle: (of) => of === title(of) && /\p{Lu}/u.test(of),
  isupper: (of) => of === of.toUpperCase() && of !== of.toLowerCase(),
  join: (of, [items]) => iterate(items).map(str).join(of),
  ljust: (of, args) => alignText(of, count(args, 0, 0), "<", text(args, 1, " ")),
  lower: (of) => of.toLowerCase(),
  lstrip: (of, [characters]) => strip(of, characters, "left"),
  partition: (of, args) => {
    const at = of.indexOf(text(args, 0, ""));
    return at < 0
      ? Tuple.of(of, "", "")
      : Tuple.of(of.slice(0, at), text(args, 0, ""), of.slice(at + text(args, 0, "").length));
  },
  removeprefix: (of, args) => of.startsWith(text(args, 0, "")) ? of.slice(text(args, 0, "").length) : of,
  removesuffix: (of, args) => of.endsWith(text(args, 0, "")) ? of.slice(0, of.length - text(args, 0, "").length) : of,
  replace: (of, args) => replace(of, text(args, 0, ""), text(args, 1, ""), count(args, 2, -1)),
  rfind: (of, args) => indexOf(of, of.lastIndexOf(text(args, 0, ""))),
  rindex: (of, args) => present(indexOf(of, of.lastIndexOf(text(args, 0, "")))),
  rjust: (of, args) => alignText(of, count(args, 0, 0), ">", text(args, 1, " ")),
  rpartition: (of, args) => {
    const part = text(args, 0, "");
    const at = of.lastIndexOf(part);
    return at < 0 ? Tuple.of("", "", of) : Tuple.of(of.slice(0, at), part, of.slice(at + part.length));
  },
  rsplit: (of, args, keywords) =>
    splitRight(of, args[0] ?? keywords.get("sep"), count([args[1] ?? keywords.get("maxsplit")], 0, -1)),
  rstrip: (of, [characters]) => strip(of, characters, "right"),
  split: (of, args, keywords) =>
    split(of, args[0] ?? keywords.get("sep"), count([args[1] ?? keywords.get("maxsplit")], 0, -1)),
  splitlines: (of) => of.split(/\r\n|\n|\r/).filter((line, index, all) => line !== "" || index < all.length - 1),
  startswith: (of, [start, ...range]) => anyOf(start, (part) => within(of, range).startsWith(part)),
  strip: (of, [characters]) => strip(of, characters, "both"),
  swapcase: (of) => [...of].map((c) => c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase()).join(""),
  title: (of) => title(of),
  upper: (of) => of.toUpperCase(),
  zfill: (of, args) => {
    const sign = /^[-+]?/.exec(of)![0];
    return sign + of.slice(sign.length).padStart(count(args, 0, 0) - sign.length, "0");
  },
};

/**
 * Replaces occurrences of a part of a text, from the left up to a maximum number, or all if that is
 * negative.
 */
export function replace(of: string, part: string, by: string, most: number): string {
  if (most < 0) return of.replaceAll(part, () => by);
  const parts = of.split(part);
  return parts.slice(1).reduce((done, next, index) => done + (index < most ? by : part) + next, parts[0]!);
}

/** Returns None, the result of Python's methods that modify their object. */
function nothing(_changed: unknown): null {
  return null;
}

const LIST_METHODS: Methods<unknown[]> = {
  append: (of, [item]) => nothing(of.push(item)),
  clear: (of) => nothing(of.splice(0)),
  copy: (of) => [...of],
  count: (of, [item]) => of.filter((other) => equals(other, item)).length,
  extend: (of, [items]) => nothing(of.push(...iterate(items))),
  index: (of, [item]) => present(of.findIndex((other) => equals(other, item))),
  insert: (of, [index, item]) => nothing(of.splice(Number(index), 0, item)),
  pop: (of, args) => {
    const index = count(args, 0, -1);
    const at = index < 0 ? index + of.length : index;
    if (!(at in of)) throw new RangeError(`Cannot pop item ${index} of a list with ${of.length} items`);
    return of.splice(at, 1)[0];
  },
  remove: (of, [item]) => nothing(of.splice(present(of.findIndex((other) => equals(other, item))), 1)),
  reverse: (of) => nothing(of.reverse()),
  sort: (of, _args, keywords) => {
    const sign = truth(keywords.get("reverse")) ? -1 : 1;
    return nothing(of.sort((a, b) => sign * compare(a, b)));
  },
};

const DICT_METHODS: Methods<Dict> = {
  clear: (of) => {
    for (const [key] of entriesOf(of)) removeItem(of, key);
    return null;
  },
  copy: (of) => new Map(entriesOf(of)),
  get: (of, [key, otherwise = null]) => {
    const value = itemOf(of, key);
    return value === undefined ? otherwise : value;
  },
  items: (of) => View.show(pairs(of), { name: "dict_items" }),
  keys: (of) => View.show(entriesOf(of).map(([key]) => key), { name: "dict_keys" }),
  pop: (of, [key, otherwise]) => {
    const value = itemOf(of, key);
    if (value === undefined && otherwise === undefined) {
      throw new TypeError(`Cannot pop ${repr(key)}: there is no such key`);
    }
    removeItem(of, key);
    return value === undefined ? otherwise : value;
  },
  setdefault: (of, [key, otherwise]) => contains(of, key) ? itemOf(of, key) : setItem(of, key, otherwise ?? null),
  update: (of, [other], keywords) => {
    const given = isDict(other) ? entriesOf(other) : [];
    for (const [key, value] of [...given, ...keywords]) setItem(of, key, value);
    return null;
  },
  values: (of) => View.show(entriesOf(of).map(([, value]) => value), { name: "dict_values" }),
};

function setItem(dict: Dict, key: unknown, value: unknown): unknown {
  if (dict instanceof Map) dict.set(keyOf(dict, key), value);
  else Object.defineProperty(dict, str(key), { value, writable: true, enumerable: true, configurable: true });
  return value;
}

function removeItem(dict: Dict, key: unknown): void {
  if (dict instanceof Map) dict.delete(keyOf(dict, key));
  else delete dict[str(key)];
}

/** Methods of markup that escape their arguments. */
const MARKUP_METHODS: Methods<Markup> = {
  format: (of, args, keywords) => formatFields(of, args, keywords),
  join: (of, [items]) => iterate(items).map((item) => escape(item).text).join(of.text),
  replace: (of, args) => replace(of.text, text(args, 0, ""), escape(args[1]).text, count(args, 2, -1)),
};

/** Returns the Python method of a value with a name; undefined if there is none. */
export function methodOf(of: unknown, name: string): ((args: unknown[], keywords: Keywords) => unknown) | undefined {
  if (of instanceof Markup) {
    const own = ownMethod(MARKUP_METHODS, name);
    const method = ownMethod(TEXT_METHODS, name);
    if (own !== undefined) return (args, keywords) => marked(own(of, args, keywords));
    return method && ((args, keywords) => marked(method(of.text, args, keywords)));
  }
  if (typeof of === "string") {
    const method = ownMethod(TEXT_METHODS, name);
    return method && ((args, keywords) => method(of, args, keywords));
  }
  if (Array.isArray(of)) {
    const method = ownMethod(LIST_METHODS, name);
    return method && ((args, keywords) => method(of, args, keywords));
  }
  if (!isDict(of)) return undefined;
  const method = ownMethod(DICT_METHODS, name);
  return method && ((args, keywords) => method(of, args, keywords));
}

function ownMethod<T>(methods: Methods<T>, name: string): Method<T> | undefined {
  return Object.hasOwn(methods, name) ? methods[name] : undefined;
}

/** Converts the texts in the result of a method of markup to markup. */
function marked(result: unknown): unknown {
  if (result instanceof Tuple) return Tuple.from([...result].map(marked));
  if (Array.isArray(result)) return result.map(marked);
  return typeof result === "string" ? new Markup(result) : result;
}
