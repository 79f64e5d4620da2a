/** Items of several owners, which take turns: an owner with many items does not delay the others. */
export class FairQueue<T extends object> {
  /** The waiting items of each owner that has any, in the order of their turns. */
  readonly #waiting = new Map<object, T[]>();
  #size = 0;

  /** The number of items. */
  get size(): number {
    return this.#size;
  }

  /** Returns the number of items of an owner. */
  sizeOf(owner: object): number {
    return this.#waiting.get(owner)?.length ?? 0;
  }

  /** Adds an item. */
  add(owner: object, item: T): void {
    const items = this.#waiting.get(owner);
    if (items === undefined) this.#waiting.set(owner, [item]);
    else items.push(item);
    this.#size++;
  }

  /** Removes and returns the next item, or undefined if there is none. */
  take(): T | undefined {
    for (const [owner, items] of this.#waiting) {
      const item = items.shift();
      this.#waiting.delete(owner);
      if (items.length > 0) this.#waiting.set(owner, items); // the next turn is after all others
      if (item === undefined) continue;
      this.#size--;
      return item;
    }
    return undefined;
  }

  /** Removes an item. Has no effect if it was taken. */
  delete(owner: object, item: T): void {
    const items = this.#waiting.get(owner) ?? [];
    const index = items.indexOf(item);
    if (index < 0) return;
    items.splice(index, 1);
    this.#size--;
    if (items.length === 0) this.#waiting.delete(owner);
  }
}
