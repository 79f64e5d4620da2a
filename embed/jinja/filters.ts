/**
 * Filters of Jinja: `value | name`.
 *
 * @module
 */

import { alignText, formatPercent, pairs } from "./format.ts";
import { capitalize, replace, strip } from "./methods.ts";
import { TESTS } from "./tests.ts";
import { float, isDict, isNumber, isText, isUndefined } from "./kinds.ts";
import { escape, repr, str } from "./text.ts";
import { Float, type Keywords, Markup, Tuple, Undefined } from "./types.ts";
import { compare, equals, iterate, lengthOf, truth } from "./values.ts";

/** What a filter needs of the renderer. */
export interface FilterContext {
  /** Whether output is escaped where the filter stands. */
  readonly escapes: boolean;
  /** Returns an attribute or an item of a value. */
  get(value: unknown, name: unknown): unknown;
}

/** A filter. */
export type Filter = (value: unknown, given: FilterArguments, context: FilterContext) => unknown;

/** Arguments of a filter, which may be given by position or by name. */
export class FilterArguments {
  constructor(readonly args: readonly unknown[], readonly keywords: Keywords) {}

  /** Returns an argument; undefined if it is not given. */
  get(index: number, name: string): unknown {
    return this.keywords.get(name) ?? this.args[index];
  }

  number(index: number, name: string, otherwise: number): number {
    const value = this.get(index, name);
    return isUndefined(value) || value === null ? otherwise : Number(value);
  }

  text(index: number, name: string, otherwise: string): string {
    const value = this.get(index, name);
    return isUndefined(value) || value === null ? otherwise : str(value);
  }

  flag(index: number, name: string, otherwise = false): boolean {
    const value = this.get(index, name);
    return isUndefined(value) ? otherwise : truth(value);
  }
}

/** Keeps markup markup. */
function texts(change: (text: string, given: FilterArguments) => string): Filter {
  return (value, given) => value instanceof Markup ? new Markup(change(value.text, given)) : change(str(value), given);
}

const TEXT_FILTERS: Readonly<Record<string, Filter>> = {
  capitalize: texts(capitalize),
  center: texts((text, given) => alignText(text, given.number(0, "width", 80), "^")),
  e: (value) => escape(value),
  escape: (value) => escape(value),
  forceescape: (value) => escape(str(value)),
  format: (value, { args, keywords }) =>
    formatPercent(str(value), keywords.size > 0 ? new Map(keywords) : Tuple.from(args)),
  indent: (value, given) => indented(value, given),
  lower: texts((text) => text.toLowerCase()),
  replace: texts((text, given) =>
    replace(text, given.text(0, "old", ""), given.text(1, "new", ""), given.number(2, "count", -1))
  ),
  safe: (value) => value instanceof Markup ? value : new Markup(str(value)),
  string: (value) => isText(value) ? value : str(value),
  striptags: (value) => withoutTags(str(value)),
  title: texts((text) => text.replace(/[^-\s({[<]+/g, capitalize)),
  trim: texts((text, given) => strip(text, given.get(0, "chars"), "both")),
  truncate: texts(truncated),
  upper: texts((text) => text.toUpperCase()),
  urlencode: (value) => isText(value) ? quotedUrl(str(value)) : queryOf(value),
  wordcount: (value) => str(value).split(/[^\p{L}\p{N}_]+/u).filter(Boolean).length,
  wordwrap: texts((text, given) => wrapped(text, given.number(0, "width", 79))),
  xmlattr: (value, given) => attributes(value, given.flag(0, "autospace", true)),
};

/** Removes comments and tags, and makes one blank of several. */
function withoutTags(text: string): string {
  let left = "";
  for (let at = 0; at < text.length;) {
    const open = text.indexOf("<", at);
    const end = open < 0 ? -1 : text.indexOf(text.startsWith("<!--", open) ? "-->" : ">", open);
    left += end < 0 ? text.slice(at) : text.slice(at, open);
    at = end < 0 ? text.length : text.indexOf(">", end) + 1;
  }
  return left.split(/\s+/).filter(Boolean).join(" ");
}

function indented(value: unknown, given: FilterArguments): unknown {
  const width = given.get(0, "width") ?? 4;
  const blanks = isText(width) ? str(width) : " ".repeat(Number(width));
  const [first, blank] = [given.flag(1, "first"), given.flag(2, "blank")];
  const lines = str(value).split("\n").map((line, index) =>
    index === 0 && !first || line === "" && !blank ? line : blanks + line
  );
  return value instanceof Markup ? new Markup(lines.join("\n")) : lines.join("\n");
}

function truncated(text: string, given: FilterArguments): string {
  const length = given.number(0, "length", 255);
  const end = given.text(2, "end", "...");
  if (text.length <= length + given.number(3, "leeway", 5)) return text;
  const cut = text.slice(0, length - end.length);
  if (given.flag(1, "killwords")) return cut + end;
  const blank = cut.lastIndexOf(" ");
  return (blank < 0 ? cut : cut.slice(0, blank)) + end;
}

function wrapped(text: string, width: number): string {
  const wrapLine = (line: string) => {
    const lines: string[] = [];
    for (const word of line.split(" ")) {
      const last = lines.at(-1);
      if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
      else lines.push(word);
    }
    return lines.join("\n");
  };
  return text.split("\n").map(wrapLine).join("\n");
}

function quotedUrl(text: string): string {
  return encodeURIComponent(text).replaceAll("%2F", "/").replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function queryOf(value: unknown): string {
  const items = isDict(value) ? pairs(value) : iterate(value).map(iterate);
  return items.map(([key, item]) => `${encodeURIComponent(str(key))}=${encodeURIComponent(str(item))}`).join("&");
}

function attributes(value: unknown, space: boolean): Markup {
  const given = isDict(value) ? pairs(value).filter(([, item]) => item !== null && !isUndefined(item)) : [];
  const text = given.map(([name, item]) => `${escape(name)}="${escape(item)}"`).join(" ");
  return new Markup(space && text !== "" ? ` ${text}` : text);
}

const NUMBER_FILTERS: Readonly<Record<string, Filter>> = {
  abs: (value) => value instanceof Float ? float(Math.abs(value.value)) : Math.abs(Number(value)),
  filesizeformat: (value, given) => fileSize(Number(value), given.flag(0, "binary")),
  float: (value, given) => {
    const number = isText(value) && str(value).trim() === "" ? NaN : Number(isText(value) ? str(value) : value);
    return Number.isNaN(number) ? given.get(0, "default") ?? new Float(0) : float(number);
  },
  int: (value, given) => {
    const number = isText(value)
      ? integerOf(str(value).trim(), given.number(1, "base", 10))
      : Math.trunc(Number(value));
    return Number.isNaN(number) ? given.get(0, "default") ?? 0 : number;
  },
  round: (value, given) => {
    const factor = 10 ** given.number(0, "precision", 0);
    const scaled = Number(value) * factor;
    const method = given.text(1, "method", "common");
    const whole = method === "ceil"
      ? Math.ceil(scaled)
      : method === "floor"
      ? Math.floor(scaled)
      : roundHalfEven(scaled);
    return isNumber(value) && Number.isInteger(Number(value)) && !(value instanceof Float)
      ? Number(value)
      : float(whole / factor);
  },
};

function integerOf(text: string, base: number): number {
  const prefixed = /^[-+]?0[xob]/i.test(text);
  if (prefixed && base !== 10) return Number(text);
  const digits = /^[-+]?[0-9a-z]+$/i.test(text) ? parseInt(text, base) : Math.trunc(Number(text || NaN));
  return digits;
}

/** Rounds as Python does: halves to the even neighbour. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function fileSize(bytes: number, binary: boolean): string {
  const base = binary ? 1024 : 1000;
  const units = binary ? ["KiB", "MiB", "GiB", "TiB", "PiB"] : ["kB", "MB", "GB", "TB", "PB"];
  if (bytes === 1) return "1 Byte";
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`;
  const power = Math.min(Math.floor(Math.log(bytes) / Math.log(base)), units.length);
  return `${(bytes / base ** power).toFixed(1)} ${units[power - 1]}`;
}

const LIST_FILTERS: Readonly<Record<string, Filter>> = {
  batch: (value, given) => chunks(iterate(value), given.number(0, "linecount", 1), given.get(1, "fill_with")),
  count: (value) => lengthOf(value),
  dictsort: (value, given) => {
    const by = given.text(1, "by", "key") === "value" ? 1 : 0;
    return sorted(
      isDict(value) ? pairs(value) : [],
      (pair) => [folded((pair as unknown[])[by], given.flag(0, "case_sensitive"))],
      given.flag(2, "reverse"),
    );
  },
  first: (value) => iterate(value)[0] ?? new Undefined("the first item"),
  groupby: (value, given, context) => groups(value, given, context),
  items: (value) => isDict(value) ? pairs(value) : [],
  join: (value, given, context) => {
    const by = given.get(1, "attribute");
    const items = isUndefined(by) ? iterate(value) : iterate(value).map((item) => path(item, by, context));
    const separator = given.get(0, "d") ?? "";
    if (!context.escapes || ![separator, ...items].some((item) => item instanceof Markup)) {
      return items.map(str).join(str(separator));
    }
    return new Markup(items.map((item) => escape(item).text).join(escape(separator).text));
  },
  last: (value) => iterate(value).at(-1) ?? new Undefined("the last item"),
  length: (value) => lengthOf(value),
  list: (value) => iterate(value),
  map: (value, given, context) => mapped(value, given, context),
  max: (value, given, context) => extreme(value, given, context, 1),
  min: (value, given, context) => extreme(value, given, context, -1),
  random: (value) => iterate(value)[Math.floor(Math.random() * lengthOf(value))],
  reject: (value, given) => iterate(value).filter((item) => !passes(item, given.args)),
  rejectattr: (value, given, context) =>
    iterate(value).filter((item) => !passes(path(item, given.args[0], context), given.args.slice(1))),
  reverse: (value) => isText(value) ? [...str(value)].reverse().join("") : iterate(value).reverse(),
  select: (value, given) => iterate(value).filter((item) => passes(item, given.args)),
  selectattr: (value, given, context) =>
    iterate(value).filter((item) => passes(path(item, given.args[0], context), given.args.slice(1))),
  slice: (value, given) => columns(iterate(value), given.number(0, "slices", 1), given.get(1, "fill_with")),
  sort: (value, given, context) => {
    const by = given.get(2, "attribute");
    const names = isUndefined(by) || by === null ? [undefined] : str(by).split(",");
    const keys = (item: unknown) =>
      names.map((name) =>
        folded(name === undefined ? item : path(item, name, context), given.flag(1, "case_sensitive"))
      );
    return sorted(iterate(value), keys, given.flag(0, "reverse"));
  },
  sum: (value, given, context) => {
    const by = given.get(0, "attribute");
    const items = isUndefined(by) || by === null
      ? iterate(value)
      : iterate(value).map((item) => path(item, by, context));
    const total = items.reduce<number>((sum, item) => sum + Number(item), given.number(1, "start", 0));
    return items.some((item) => item instanceof Float) ? float(total) : total;
  },
  unique: (value, given, context) => {
    const by = given.get(1, "attribute");
    const seen: unknown[] = [];
    return iterate(value).filter((item) => {
      const key = folded(
        isUndefined(by) || by === null ? item : path(item, by, context),
        given.flag(0, "case_sensitive"),
      );
      return !seen.some((other) => equals(other, key)) && seen.push(key) > 0;
    });
  },
};

/** Follows a path of attributes, as `address.city` or `0`. */
function path(value: unknown, names: unknown, context: FilterContext): unknown {
  if (isNumber(names)) return context.get(value, names);
  const parts = str(names).split(".").map((name) => /^\d+$/.test(name) ? Number(name) : name);
  return parts.reduce<unknown>((owner, name) => isUndefined(owner) ? owner : context.get(owner, name), value);
}

function folded(value: unknown, caseSensitive: boolean): unknown {
  return isText(value) && !caseSensitive ? str(value).toLowerCase() : value;
}

function sorted(items: unknown[], keys: (item: unknown) => unknown[], reverse: boolean): unknown[] {
  const keyed = items.map((item) => ({ item, key: keys(item) }));
  keyed.sort((a, b) => (reverse ? -1 : 1) * compare(a.key, b.key));
  return keyed.map(({ item }) => item);
}

function extreme(value: unknown, given: FilterArguments, context: FilterContext, sign: 1 | -1): unknown {
  const by = given.get(1, "attribute");
  const key = (item: unknown) =>
    folded(isUndefined(by) || by === null ? item : path(item, by, context), given.flag(0, "case_sensitive"));
  const items = iterate(value);
  if (items.length === 0) return new Undefined("the extreme of nothing");
  return items.reduce((best, item) => sign * compare(key(item), key(best)) > 0 ? item : best);
}

function groups(value: unknown, given: FilterArguments, context: FilterContext): unknown[] {
  const by = given.get(0, "attribute");
  const otherwise = given.get(1, "default");
  const found: (Tuple & { grouper?: unknown; list?: unknown[] })[] = [];
  const key = (item: unknown) => {
    const own = path(item, by, context);
    return isUndefined(own) && !isUndefined(otherwise) ? otherwise : own;
  };
  for (const item of sorted(iterate(value), (item) => [folded(key(item), given.flag(2, "case_sensitive"))], false)) {
    const last = found.at(-1);
    if (last !== undefined && equals(folded(last[0], false), folded(key(item), false))) {
      (last[1] as unknown[]).push(item);
    } else {
      const list = [item];
      found.push(Object.assign(Tuple.of(key(item), list) as Tuple, { grouper: key(item), list }));
    }
  }
  return found;
}

function mapped(value: unknown, given: FilterArguments, context: FilterContext): unknown[] {
  const by = given.keywords.get("attribute");
  const otherwise = given.keywords.get("default");
  if (!isUndefined(by)) {
    return iterate(value).map((item) => {
      const own = path(item, by, context);
      return isUndefined(own) && !isUndefined(otherwise) ? otherwise : own;
    });
  }
  const [name, ...args] = given.args;
  const filter = filterOf(str(name));
  return iterate(value).map((item) => filter(item, new FilterArguments(args, given.keywords), context));
}

function filterOf(name: string): Filter {
  const filter = Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
  if (filter === undefined) throw new TypeError(`Cannot map: no filter named ${JSON.stringify(name)}`);
  return filter;
}

function passes(value: unknown, [name, ...args]: readonly unknown[]): boolean {
  if (name === undefined) return truth(value);
  const test = Object.hasOwn(TESTS, str(name)) ? TESTS[str(name)] : undefined;
  if (test === undefined) throw new TypeError(`Cannot select: no test named ${JSON.stringify(str(name))}`);
  return test(value, args);
}

function chunks(items: unknown[], size: number, fill: unknown): unknown[][] {
  const parts: unknown[][] = [];
  for (let i = 0; i < items.length; i += size) parts.push(items.slice(i, i + size));
  const last = parts.at(-1);
  if (!isUndefined(fill) && last !== undefined) { while (last.length < size) last.push(fill); }
  return parts;
}

function columns(items: unknown[], count: number, fill: unknown): unknown[][] {
  const [size, extra] = [Math.floor(items.length / count), items.length % count];
  let offset = 0;
  return Array.from({ length: count }, (_, index) => {
    const start = offset;
    offset += size + (index < extra ? 1 : 0);
    const part = items.slice(start, offset);
    if (!isUndefined(fill) && index >= extra && extra > 0) part.push(fill);
    return part;
  });
}

const OTHER_FILTERS: Readonly<Record<string, Filter>> = {
  attr: (value, given, context) =>
    isDict(value) ? new Undefined(str(given.args[0])) : context.get(value, str(given.args[0])),
  d: (value, given) => otherwise(value, given),
  default: (value, given) => otherwise(value, given),
  pprint: (value) => repr(value),
  tojson: (value, given) => new Markup(jsonForScripts(value, given.get(0, "indent"))),
};

function otherwise(value: unknown, given: FilterArguments): unknown {
  const missing = given.flag(1, "boolean") ? !truth(value) : isUndefined(value);
  return missing ? given.get(0, "default_value") ?? "" : value;
}

const CODES: Readonly<Record<string, string>> = { "<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "'": "\\u0027" };

/** Writes JSON that may stand in a script or in an attribute, with sorted keys and Python's blanks. */
function jsonForScripts(value: unknown, indent: unknown): string {
  return json(value, isUndefined(indent) || indent === null ? undefined : Number(indent), "")
    .replaceAll(/[<>&']/g, (character) => CODES[character]!);
}

function json(value: unknown, indent: number | undefined, before: string): string {
  if (isText(value)) return JSON.stringify(str(value));
  if (value instanceof Float) return repr(value);
  if (isUndefined(value)) return "null";
  const inner = indent === undefined ? "" : `${before}${" ".repeat(indent)}`;
  const wrap = (open: string, parts: string[], close: string) => {
    if (parts.length === 0) return open + close;
    return indent === undefined
      ? open + parts.join(", ") + close
      : `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${before}${close}`;
  };
  if (Array.isArray(value)) return wrap("[", value.map((item) => json(item, indent, inner)), "]");
  if (!isDict(value)) return JSON.stringify(value) ?? "null";
  const sortedPairs = pairs(value).sort(([a], [b]) => str(a) < str(b) ? -1 : 1);
  return wrap("{", sortedPairs.map(([key, item]) => `${JSON.stringify(str(key))}: ${json(item, indent, inner)}`), "}");
}

/** The filters by name. */
export const FILTERS: Readonly<Record<string, Filter>> = {
  ...TEXT_FILTERS,
  ...NUMBER_FILTERS,
  ...LIST_FILTERS,
  ...OTHER_FILTERS,
};
