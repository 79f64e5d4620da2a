/** Number of items in a block. */
const BLOCK = 256;

/** Indices of the lowest and of the highest item; -1 if all items are NaN. */
export interface LowAndHigh {
  /** Index of the lowest item. */
  low: number;
  /** Index of the highest item. */
  high: number;
}

/**
 * Finds the lowest and the highest item between two indices. The lowest and highest items of
 * blocks, and of blocks of blocks, are computed once.
 */
export class MinMaxIndex {
  readonly #items: Float64Array;
  readonly #levels: { low: Int32Array; high: Int32Array; count: number }[] = [];

  /**
   * Creates an index of an array.
   *
   * @param items The items. Items after `end` can be set until `extend` includes them.
   * @param end Index after the last item.
   */
  constructor(items: Float64Array, end: number) {
    this.#items = items;
    for (let size = items.length / BLOCK; size >= 1; size /= BLOCK) {
      const capacity = Math.ceil(size);
      this.#levels.push({ low: new Int32Array(capacity), high: new Int32Array(capacity), count: 0 });
    }
    this.extend(end);
  }

  /** Includes the items before an index. Blocks are complete when all of their items are included. */
  extend(end: number): void {
    let complete = end;
    for (const [level, { low, high }] of this.#levels.entries()) {
      complete = Math.floor(complete / BLOCK);
      const blocks = this.#levels[level]!;
      for (let block = blocks.count; block < complete; block++) {
        const found = { low: -1, high: -1 };
        this.#scan(level - 1, block * BLOCK, (block + 1) * BLOCK, found);
        low[block] = found.low;
        high[block] = found.high;
      }
      blocks.count = complete;
    }
  }

  /** Returns the lowest and the highest of the items from `start` to before `end`. */
  find(start: number, end: number): LowAndHigh {
    const found = { low: -1, high: -1 };
    this.#find(-1, start, end, found);
    return found;
  }

  /** Scans the ends of a range on one level, and what is between them on the next level. */
  #find(level: number, start: number, end: number, found: LowAndHigh): void {
    const first = Math.ceil(start / BLOCK);
    const next = this.#levels[level + 1];
    const last = Math.min(Math.floor(end / BLOCK), next?.count ?? 0);
    if (first >= last) return this.#scan(level, start, end, found);
    this.#scan(level, start, first * BLOCK, found);
    this.#find(level + 1, first, last, found);
    this.#scan(level, last * BLOCK, end, found);
  }

  /** Compares items (level -1) or blocks with what was found. Comparisons with NaN are false. */
  #scan(level: number, start: number, end: number, found: LowAndHigh): void {
    const items = this.#items;
    const blocks = this.#levels[level];
    let { low, high } = found;
    let min = low === -1 ? Infinity : items[low]!;
    let max = high === -1 ? -Infinity : items[high]!;
    for (let i = start; i < end; i++) {
      const lowest = blocks === undefined ? i : blocks.low[i]!;
      const highest = blocks === undefined ? i : blocks.high[i]!;
      if (items[lowest]! < min || low === -1 && items[lowest]! === min) [low, min] = [lowest, items[lowest]!];
      if (items[highest]! > max || high === -1 && items[highest]! === max) [high, max] = [highest, items[highest]!];
    }
    found.low = low;
    found.high = high;
  }
}
