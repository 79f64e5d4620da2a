/**
 * The variable `loop` of a loop.
 *
 * @module
 */

import { Callable, Undefined } from "./types.ts";
import { equals } from "./values.ts";

/** The state of a loop. */
export class Loop {
  readonly #items: readonly unknown[];
  readonly #depth: number;
  readonly #again: ((items: unknown) => unknown) | undefined;
  #index = -1;
  #lastValues: unknown[] | undefined;

  /** @param again Renders the body for inner items; undefined unless the loop is recursive. */
  constructor(items: readonly unknown[], depth: number, again: ((items: unknown) => unknown) | undefined) {
    this.#items = items;
    this.#depth = depth;
    this.#again = again;
  }

  /** Advances to the next item. Returns the value of the variable `loop` for it. */
  advance(): Callable {
    const index = ++this.#index;
    const length = this.#items.length;
    const neighbor = (at: number, name: string) => at in this.#items ? this.#items[at] : new Undefined(name);
    return new Callable("loop", ([items]) => {
      if (this.#again === undefined) throw new TypeError("Cannot call loop: it is not recursive");
      return this.#again(items);
    }, {
      index: index + 1,
      index0: index,
      revindex: length - index,
      revindex0: length - index - 1,
      first: index === 0,
      last: index === length - 1,
      length,
      depth: this.#depth + 1,
      depth0: this.#depth,
      previtem: neighbor(index - 1, "loop.previtem"),
      nextitem: neighbor(index + 1, "loop.nextitem"),
      cycle: new Callable("cycle", (values) => values[index % values.length]),
      changed: new Callable("changed", (values) => this.#changed(values)),
    });
  }

  #changed(values: unknown[]): boolean {
    const same = this.#lastValues !== undefined && equals(this.#lastValues, values);
    this.#lastValues = values;
    return !same;
  }
}
