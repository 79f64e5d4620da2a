/**
 * Methods of Python's texts, lists and dicts.
 *
 * @module
 */

import { alignText, formatFields, pairs } from "./format.ts";
import { entriesOf, isDict, isText, itemOf } from "./kinds.ts";
import { str } from "./text.ts";
import { type Keywords, Markup, Tuple } from "./types.ts";
import { contains, equals, iterate } from "./values.ts";

type Method<T> = (of: T, args: readonly unknown[], keywords: Keywords) => unknown;
type Methods<T> = Readonly<Record<string, Method<T>>>;
type Dict = Map<unknown, unknown> | Record<string, unknown>;

function text(args: readonly unknown[], index: number, otherwise: string): string {
  return args[index] === undefined || args[index] === null ? otherwise : str(args[index]);
}

function count(args: readonly unknown[], index: number, otherwise: number): number {
  return args[index] === undefined ? otherwise : Number(args[index]);
}

/** Removes characters, blanks by default, from the ends of a text. */
export function strip(of: string, characters: unknown, side: "both" | "left" | "right"): string {
  const removed = characters === undefined || characters === null ? undefined : str(characters);
  const isRemoved = (character: string) =>
    removed === undefined ? character.trim() === "" : removed.includes(character);
  let [start, end] = [0, of.length];
  if (side !== "right") { while (start < end && isRemoved(of[start]!)) start++; }
  if (side !== "left") { while (end > start && isRemoved(of[end - 1]!)) end--; }
  return of.slice(start, end);
}

/** Writes each word with a capital, as `str.title`. */
export function title(of: string): string {
  return of.replace(/\p{L}+/gu, (word) => capitalize(word));
}

/** Writes the first letter as a capital, and all others small. */
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
  if (separator === undefined || separator === null || most < 0) return split(of, separator, -1);
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
  casefold: (of) => of.toLowerCase(),
  center: (of, args) => alignText(of, count(args, 0, 0), "^", text(args, 1, " ")),
  count: (of, args) => of.split(text(args, 0, "")).length - 1,
  endswith: (of, [end]) => anyOf(end, (part) => of.endsWith(part)),
  find: (of, args) => of.indexOf(text(args, 0, ""), count(args, 1, 0)),
  format: (of, args, keywords) => formatFields(of, args, keywords),
  index: (of, args) => of.indexOf(text(args, 0, "")),
  isalnum: letters(/^[\p{L}\p{N}]+$/u),
  isalpha: letters(/^\p{L}+$/u),
  isdigit: letters(/^\p{Nd}+$/u),
  isnumeric: letters(/^\p{N}+$/u),
  islower: (of) => of === of.toLowerCase() && of !== of.toUpperCase(),
  isspace: letters(/^\s+$/),
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
  rfind: (of, args) => of.lastIndexOf(text(args, 0, "")),
  rjust: (of, args) => alignText(of, count(args, 0, 0), ">", text(args, 1, " ")),
  rsplit: (of, args) => splitRight(of, args[0], count(args, 1, -1)),
  rstrip: (of, [characters]) => strip(of, characters, "right"),
  split: (of, args, keywords) =>
    split(of, args[0] ?? keywords.get("sep"), count([args[1] ?? keywords.get("maxsplit")], 0, -1)),
  splitlines: (of) => of.split(/\r\n|\n|\r/).filter((line, index, all) => line !== "" || index < all.length - 1),
  startswith: (of, [start]) => anyOf(start, (part) => of.startsWith(part)),
  strip: (of, [characters]) => strip(of, characters, "both"),
  swapcase: (of) => [...of].map((c) => c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase()).join(""),
  title: (of) => title(of),
  upper: (of) => of.toUpperCase(),
  zfill: (of, args) => {
    const sign = /^[-+]?/.exec(of)![0];
    return sign + of.slice(sign.length).padStart(count(args, 0, 0) - sign.length, "0");
  },
};

/** Replaces a part of a text, at most so many times; always for a negative number. */
export function replace(of: string, part: string, by: string, most: number): string {
  if (most < 0) return of.replaceAll(part, () => by);
  const parts = of.split(part);
  return parts.slice(1).reduce((done, next, index) => done + (index < most ? by : part) + next, parts[0]!);
}

/** Python's methods that change something return None. */
function nothing(_changed: unknown): null {
  return null;
}

const LIST_METHODS: Methods<unknown[]> = {
  append: (of, [item]) => nothing(of.push(item)),
  copy: (of) => [...of],
  count: (of, [item]) => of.filter((other) => equals(other, item)).length,
  extend: (of, [items]) => nothing(of.push(...iterate(items))),
  index: (of, [item]) => of.findIndex((other) => equals(other, item)),
  insert: (of, [index, item]) => nothing(of.splice(Number(index), 0, item)),
  pop: (of, args) => of.splice(count(args, 0, of.length - 1), 1)[0],
  remove: (of, [item]) => nothing(of.splice(of.findIndex((other) => equals(other, item)), 1)),
  reverse: (of) => nothing(of.reverse()),
};

const DICT_METHODS: Methods<Dict> = {
  copy: (of) => new Map(entriesOf(of)),
  get: (of, [key, otherwise]) => itemOf(of, key) ?? otherwise ?? null,
  items: (of) => pairs(of),
  keys: (of) => entriesOf(of).map(([key]) => key),
  pop: (of, [key, otherwise]) => {
    const value = itemOf(of, key) ?? otherwise ?? null;
    if (of instanceof Map) of.delete(key);
    else delete of[key as string];
    return value;
  },
  setdefault: (of, [key, otherwise]) => contains(of, key) ? itemOf(of, key) : setItem(of, key, otherwise ?? null),
  update: (of, [other], keywords) => {
    const given = isDict(other) ? entriesOf(other) : [];
    for (const [key, value] of [...given, ...keywords]) setItem(of, key, value);
    return null;
  },
  values: (of) => entriesOf(of).map(([, value]) => value),
};

function setItem(dict: Dict, key: unknown, value: unknown): unknown {
  if (dict instanceof Map) dict.set(key, value);
  else Object.defineProperty(dict, str(key), { value, writable: true, enumerable: true, configurable: true });
  return value;
}

/** Finds a method of Python's for a value; undefined if the value has none of this name. */
export function methodOf(of: unknown, name: string): ((args: unknown[], keywords: Keywords) => unknown) | undefined {
  if (isText(of)) {
    const method = ownMethod(TEXT_METHODS, name);
    return method && ((args, keywords) => marked(of, method(String(of), args, keywords)));
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

/** What a method makes of markup is markup. */
function marked(of: string | Markup, result: unknown): unknown {
  return of instanceof Markup && typeof result === "string" ? new Markup(result) : result;
}
