import type { Model } from "../base/model.ts";
import { warnAuthor } from "../diagnostics/warn_author.ts";

/**
 * A list of models that reads and writes like one: an attribute that is set is set on all of them, one that is read is
 * that of the only one, or a splattable list of all.
 */
export type Splattable<T> = T & readonly T[];

/** Options of {@linkcode splat}. */
export interface SplatOptions {
  /** What the list is, for messages: `legend`. */
  name: string;
  /**
   * What to do about it when the list is empty, logged when an attribute of nothing is set; nothing is logged without.
   * @default {undefined}
   */
  remedy?: string;
}

/** Makes a list of models splattable. */
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
    throw new TypeError(`Cannot read ${name}: what the list holds has no such attribute`);
  }
  return Reflect.get(item, attr);
}

function write(item: unknown, attr: string, value: unknown, options: SplatOptions): void {
  if (typeof item !== "object" || item === null) {
    throw new TypeError(`Cannot set ${options.name}.${attr}: what the list holds has no attributes`);
  }
  // An unknown attribute of a model is refused with the names that are like it; a plain assignment would add it.
  const set: unknown = attr in item ? undefined : Reflect.get(item, "set");
  if (typeof set === "function") set.call(item, attr, value);
  else Reflect.set(item, attr, value);
}
