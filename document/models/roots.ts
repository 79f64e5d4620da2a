/**
 * The roots of a document.
 *
 * @module
 */

import type { Model } from "../../models/base/model.ts";

const NONE: readonly Model[] = [];
/** Up to this number of roots, searching a list is faster than a set. */
const FEW = 50;

/**
 * The roots of a document, in order. Adding one takes constant time, because a patch may add a
 * hundred thousand.
 */
export class Roots {
  /** The roots. Undefined if {@linkcode #set} has changed since the list was read. */
  #list: readonly Model[] | undefined = NONE;
  /** The roots, if there are or were more than {@linkcode FEW}. */
  #set: Set<Model> | undefined;

  /** All roots. The list is never modified: later changes create a new one. */
  get list(): readonly Model[] {
    return this.#list ??= [...this.#set ?? NONE];
  }

  /** Returns whether a model is a root. */
  has(model: Model): boolean {
    return this.#set?.has(model) ?? this.list.includes(model);
  }

  /** Adds a model as the last root. */
  add(model: Model): void {
    if (this.#set === undefined && this.list.length < FEW) this.#list = this.list.concat(model);
    else {
      this.#set = (this.#set ?? new Set(this.list)).add(model);
      this.#list = undefined;
    }
  }

  /** Removes a root. */
  delete(model: Model): void {
    if (this.#set === undefined) this.#list = this.list.filter((root) => root !== model);
    else {
      this.#set.delete(model);
      this.#list = undefined;
    }
  }

  /** Removes all roots. */
  clear(): void {
    this.#set = undefined;
    this.#list = NONE;
  }
}
