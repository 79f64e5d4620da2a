/**
 * Global functions of templates.
 *
 * @module
 */

import { entriesOf, isDict } from "./type_checks.ts";
import { Callable, Namespace, View } from "./types.ts";
import { iterate } from "./values.ts";

const MAX_RANGE = 1_000_000;

function range(args: unknown[]): View {
  const [start, stop, step] = args.length === 1
    ? [0, Number(args[0]), 1]
    : [Number(args[0]), Number(args[1]), Number(args[2] ?? 1)];
  const length = Math.max(0, Math.ceil((stop - start) / step));
  if (!(length <= MAX_RANGE)) {
    throw new RangeError(`Cannot create a range of ${length} numbers: the limit is ${MAX_RANGE}`);
  }
  const bounds = step === 1 ? [start, stop] : [start, stop, step];
  return View.show(Array.from({ length }, (_, index) => start + index * step), { text: `range(${bounds.join(", ")})` });
}

function cycler(items: unknown[]): Record<string, unknown> {
  let at = 0;
  return {
    get current() {
      return items[at];
    },
    next: new Callable("next", () => {
      const item = items[at];
      at = (at + 1) % items.length;
      return item;
    }),
    reset: new Callable("reset", () => {
      at = 0;
      return null;
    }),
  };
}

function joiner([separator = ", "]: unknown[]): Callable {
  let used = false;
  return new Callable("joiner", () => {
    const text = used ? separator : "";
    used = true;
    return text;
  });
}

function namespace(args: unknown[], keywords: ReadonlyMap<string, unknown>): Namespace {
  const made = new Namespace();
  const given = isDict(args[0]) ? entriesOf(args[0]) : [];
  for (const [name, value] of [...given, ...keywords]) made.values.set(String(name), value);
  return made;
}

/** The functions by name. */
export const GLOBALS: ReadonlyMap<string, unknown> = new Map([
  new Callable("range", range),
  new Callable("dict", (args, keywords) => {
    const given = isDict(args[0]) ? entriesOf(args[0]) : args[0] === undefined ? [] : iterate(args[0]).map(iterate);
    return new Map([...given.map(([key, value]) => [key, value] as const), ...keywords]);
  }),
  new Callable("cycler", cycler),
  new Callable("joiner", joiner),
  new Callable("namespace", namespace),
].map((callable) => [callable.name, callable]));
