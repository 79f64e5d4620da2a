/**
 * Jinja's filters: `value | name`.
 *
 * @module
 */

import { unescape } from "@std/html";
import { formatPercent, pairs } from "./format.ts";
import { jsonForScripts } from "./json.ts";
import { capitalize, center, replace, strip } from "./methods.ts";
import { type Filter, FilterArguments, type FilterContext } from "./filter.ts";
import { NUMBER_FILTERS } from "./number_filters.ts";
import { isIterable, type Test, TESTS } from "./tests.ts";
import { isDict, isText, isUndefined } from "./type_checks.ts";
import { float, isFloat, isNumber } from "./numbers.ts";
import { escape, repr, str } from "./text.ts";
import { Markup, Tuple, Undefined } from "./types.ts";
import { compare, equals, iterate, lengthOf, truth } from "./values.ts";

/** Returns a filter that changes text. Applied to markup, its result is markup. */
function texts(change: (text: string, given: FilterArguments) => string): Filter {
  return (value, given) => value instanceof Markup ? new Markup(change(value.text, given)) : change(str(value), given);
}

const TEXT_FILTERS: Readonly<Record<string, Filter>> = {
  capitalize: texts(capitalize),
  center: texts((text, given) => center(text, given.number(0, "width", 80))),
  e: (value) => escape(value),
  escape: (value) => escape(value),
  forceescape: (value) => escape(str(value)),
  format: (value, { args, keywords }) =>
    formatPercent(isText(value) ? value : str(value), keywords.size > 0 ? new Map(keywords) : Tuple.from(args)),
  indent: (value, given) => indented(value, given),
  lower: texts((text) => text.toLowerCase()),
  replace: (value, given, { escapes }) => {
    const [old, by, most] = [given.get(0, "old"), given.get(1, "new"), given.number(2, "count", -1)];
    const isMarkup = escapes && [value, old, by].some((text) => text instanceof Markup);
    if (!isMarkup) return replace(str(value), str(old), str(by), most);
    return new Markup(replace(escape(value).text, str(old), escape(by).text, most));
  },
  safe: (value) => value instanceof Markup ? value : new Markup(str(value)),
  string: (value) => isText(value) ? value : str(value),
  striptags: (value) => withoutTags(str(value)),
  title: texts((text) => text.replace(/[^-\s({[<]+/g, capitalize)),
  trim: texts((text, given) => strip(text, given.get(0, "chars"), "both")),
  truncate: texts(truncated),
  upper: texts((text) => text.toUpperCase()),
  urlencode: (value) => isText(value) || !isIterable(value) ? quotedUrl(str(value)) : queryOf(value),
  wordcount: (value) => str(value).split(/[^\p{L}\p{N}_]+/u).filter(Boolean).length,
  wordwrap: texts((text, given) =>
    wrapped(text, {
      width: given.number(0, "width", 79),
      breaksWords: given.flag(1, "break_long_words", true),
      end: given.text(2, "wrapstring", "\n"),
      breaksHyphens: given.flag(3, "break_on_hyphens", true),
    })
  ),
  xmlattr: (value, given) => attributes(value, given.flag(0, "autospace", true)),
};

/** Removes comments and tags, resolves character references, and collapses whitespace. */
function withoutTags(text: string): string {
  let left = "";
  for (let at = 0; at < text.length;) {
    const open = text.indexOf("<", at);
    const end = open < 0 ? -1 : text.indexOf(text.startsWith("<!--", open) ? "-->" : ">", open);
    left += end < 0 ? text.slice(at) : text.slice(at, open);
    at = end < 0 ? text.length : text.indexOf(">", end) + 1;
  }
  return unescape(left.split(/\s+/).filter(Boolean).join(" "));
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
  const characters = [...text];
  if (characters.length <= length + given.number(3, "leeway", 5)) return text;
  const cut = characters.slice(0, length - [...end].length).join("");
  if (given.flag(1, "killwords")) return cut + end;
  const blank = cut.lastIndexOf(" ");
  return (blank < 0 ? cut : cut.slice(0, blank)) + end;
}

interface Wrapping {
  readonly width: number;
  readonly breaksWords: boolean;
  readonly breaksHyphens: boolean;
  readonly end: string;
}

function wrapped(text: string, wrapping: Wrapping): string {
  return text.split(/\r\n|\n|\r/).map((line) => wrapLine(line, wrapping).join(wrapping.end)).join(wrapping.end);
}

/** Wraps a line as Python's `textwrap.wrap`: removes whitespace at the ends of lines. */
function wrapLine(line: string, { width, breaksWords, breaksHyphens }: Wrapping): string[] {
  const pieces = line.split(/(\s+)/).flatMap((word) =>
    breaksHyphens ? word.split(/(?<=[^\s-][^\s-]*-)(?=[^\s-])/) : [word]
  );
  const lines: string[] = [];
  let current = "";
  for (let piece of pieces) {
    if (current.length + piece.length > width && current.trim() !== "") {
      lines.push(current.trimEnd());
      current = "";
    }
    for (; breaksWords && piece.length > width && piece.trim() !== ""; piece = piece.slice(width)) {
      lines.push(piece.slice(0, width));
    }
    if (current !== "" || lines.length === 0 || piece.trim() !== "") current += piece;
  }
  return current.trim() === "" ? lines : [...lines, current.trimEnd()];
}

function quotedUrl(text: string): string {
  return encodeURIComponent(text).replaceAll("%2F", "/").replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function queryOf(value: unknown): string {
  const quoted = (part: unknown) => quotedUrl(str(part)).replaceAll("/", "%2F").replaceAll("%20", "+");
  const items = isDict(value) ? pairs(value) : iterate(value).map(iterate);
  return items.map(([key, item]) => `${quoted(key)}=${quoted(item)}`).join("&");
}

function attributes(value: unknown, space: boolean): Markup {
  const given = isDict(value) ? pairs(value).filter(([, item]) => item !== null && !isUndefined(item)) : [];
  const wrong = given.find(([name]) => /[\s/>=]/.test(str(name)));
  if (wrong !== undefined) throw new TypeError(`Cannot write an attribute named ${repr(wrong[0])}`);
  const text = given.map(([name, item]) => `${escape(name)}="${escape(item)}"`).join(" ");
  return new Markup(space && text !== "" ? ` ${text}` : text);
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
  first: (value) => at(iterate(value), 0, "the first item"),
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
  last: (value) => at(iterate(value), -1, "the last item"),
  length: (value) => lengthOf(value),
  list: (value) => iterate(value),
  map: (value, given, context) => mapped(value, given, context),
  max: (value, given, context) => extreme(value, given, context, 1),
  min: (value, given, context) => extreme(value, given, context, -1),
  random: (value) => at(iterate(value), Math.floor(Math.random() * lengthOf(value)), "a random item"),
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
    return items.some(isFloat) ? float(total) : total;
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

/** Returns an item; an undefined value with this description if the list is empty. */
function at(items: readonly unknown[], index: number, what: string): unknown {
  return items.length === 0 ? new Undefined(what) : items.at(index);
}

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
  if (items.length === 0) return new Undefined("the extreme of an empty list");
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
  if (!Object.hasOwn(FILTERS, str(name))) {
    throw new TypeError(`Cannot map: no filter named ${JSON.stringify(str(name))}`);
  }
  return iterate(value).map((item) => filter(str(name), item, new FilterArguments(args, given.keywords), context));
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

/** The parameters of filters. Filters that are not listed accept any arguments. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries({
    abs: "",
    attr: "name!",
    batch: "linecount! fill_with",
    capitalize: "",
    center: "width",
    count: "",
    d: "default_value boolean",
    default: "default_value boolean",
    dictsort: "case_sensitive by reverse",
    e: "",
    escape: "",
    filesizeformat: "binary",
    first: "",
    float: "default",
    forceescape: "",
    groupby: "attribute! default case_sensitive",
    indent: "width first blank",
    int: "default base",
    items: "",
    join: "d attribute",
    last: "",
    length: "",
    list: "",
    lower: "",
    max: "case_sensitive attribute",
    min: "case_sensitive attribute",
    pprint: "",
    random: "",
    replace: "old! new! count",
    reverse: "",
    round: "precision method",
    safe: "",
    slice: "slices! fill_with",
    sort: "reverse case_sensitive attribute",
    string: "",
    striptags: "",
    sum: "attribute start",
    title: "",
    tojson: "indent",
    trim: "chars",
    truncate: "length killwords end leeway",
    unique: "case_sensitive attribute",
    upper: "",
    urlencode: "",
    wordcount: "",
    wordwrap: "width break_long_words wrapstring break_on_hyphens",
    xmlattr: "autospace",
  }).map(([name, parameters]) => [name, parameters.split(" ").filter(Boolean)]),
);

/**
 * Applies a filter.
 *
 * @throws {TypeError} If an argument is missing or unknown, or if there are too many.
 */
export function filter(name: string, value: unknown, given: FilterArguments, context: FilterContext): unknown {
  const parameters = PARAMETERS[name];
  if (parameters !== undefined) given.check(name, parameters);
  return FILTERS[name]!(value, given, context);
}

/** The filters by name. */
export const FILTERS: Readonly<Record<string, Filter>> = {
  ...TEXT_FILTERS,
  ...NUMBER_FILTERS,
  ...LIST_FILTERS,
  ...OTHER_FILTERS,
};

/** The tests by name, including the test for names of filters. */
export const ALL_TESTS: Readonly<Record<string, Test>> = {
  ...TESTS,
  filter: (value) => Object.hasOwn(FILTERS, str(value)),
};
