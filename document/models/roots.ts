import type { Model } from "../../models/base/model.ts";

const NONE: readonly Model[] = [];
/** So many are quicker found in a list. */
const FEW = 50;

/** The roots of a document in their order. A patch may bring a hundred thousand of them, each as quickly as the first. */
export class Roots {
  /** Undefined until it is asked for, where the set says who they are. */
  #list: readonly Model[] | undefined = NONE;
  #set: Set<Model> | undefined;

  /** All of them: a list that does not change any more. */
  get list(): readonly Model[] {
    return this.#list ??= [...this.#set ?? NONE];
  }

  /** Whether a model is one. */
  has(model: Model): boolean {
    return this.#set?.has(model) ?? this.list.includes(model);
  }

  /** Takes a model in, as the last one. */
  add(model: Model): void {
    if (this.#set === undefined && this.list.length < FEW) this.#list = this.list.concat(model);
    else {
      this.#set = (this.#set ?? new Set(this.list)).add(model);
      this.#list = undefined;
    }
  }

  /** Lets a model go. */
  delete(model: Model): void {
    if (this.#set === undefined) this.#list = this.list.filter((root) => root !== model);
    else {
      this.#set.delete(model);
      this.#list = undefined;
    }
  }

  /** Lets all go. */
  clear(): void {
    this.#set = undefined;
    this.#list = NONE;
  }
}
