/**
 * Lists of models that are read and set like one model, such as `plot.xaxis`. As the lists that
 * `bokeh.models.plots` returns in Python.
 *
 * @module
 */

import type { Model } from "../base/model.ts";
import { warnAuthor } from "../diagnostics/warn_author.ts";

/**
 * A list of models that is read and set like one model. Setting an attribute sets it on all models.
 * Reading an attribute returns the value of the only model, or a splattable list of all values.
 */
export type Splattable<T> = T & readonly T[];

/** Options of {@linkcode splat}. */
export interface SplatOptions {
  /** Name of the list for messages, such as `legend`. */
  name: string;
  /**
   * Advice that is logged when an attribute of an empty list is set. Without it, nothing is logged.
   *
   * @default {undefined}
   */
  remedy?: string;
}

/** Returns a splattable list of models. */
export function splat<T extends Model>(models: readonly T[], options: SplatOptions): Splattable<T> {
  return splatAny(models, options) as Splattable<T>;
}

function splatAny(items: readonly unknown[], options: SplatOptions): unknown {
  return new Proxy(items, {
    get(target, attr, receiver) {
      if (typeof attr === "symbol" || attr in target) return Reflect.get(target, attr, receiver);
      return readAll(target, attr, options);
    },
    set(target, attr, value) {
      if (typeof attr === "symbol") return false;
      if (target.length === 0 && options.remedy !== undefined) {
        warnAuthor("models", `Cannot set ${options.name}.${attr}: there is no ${options.name}. ${options.remedy}`);
      }
      for (const item of target) write(item, attr, value, options);
      return true;
    },
  });
}

function readAll(items: readonly unknown[], attr: string, options: SplatOptions): unknown {
  const name = `${options.name}.${attr}`;
  if (items.length === 0) {
    const remedy = options.remedy === undefined ? "" : `. ${options.remedy}`;
    throw new TypeError(`Cannot read ${name}: the plot has no ${options.name}${remedy}`);
  }
  const values = items.map((item) => read(item, attr, name));
  if (values.every((value) => typeof value === "function")) {
    return (...args: unknown[]) => {
      const results = values.map((method, i) => method.apply(items[i], args));
      return results.length === 1 ? results[0] : results;
    };
  }
  return values.length === 1 ? values[0] : splatAny(values, { name });
}

function read(item: unknown, attr: string, name: string): unknown {
  if (typeof item !== "object" || item === null || !(attr in item)) {
    throw new TypeError(`Cannot read ${name}: the items of the list do not have the attribute`);
  }
  return Reflect.get(item, attr);
}

function write(item: unknown, attr: string, value: unknown, options: SplatOptions): void {
  if (typeof item !== "object" || item === null) {
    throw new TypeError(`Cannot set ${options.name}.${attr}: the items of the list have no attributes`);
  }
  // `set` of a model throws for an unknown attribute and suggests similar names. An assignment
  // would add a JavaScript property.
  const set: unknown = attr in item ? undefined : Reflect.get(item, "set");
  if (typeof set === "function") set.call(item, attr, value);
  else Reflect.set(item, attr, value);
}
