import type { MemoryPool } from "../../protocol/memory_pool.ts";
import { WaitingBytes } from "../limits/waiting_bytes.ts";
import type { JournalEntry } from "./stored_session.ts";

/** An entry, and what refers to it. */
interface Unstored {
  readonly entry: JournalEntry;
  /** Whether the journal would send it again. */
  isKept: boolean;
  /** Number of commands with the entry that the store has not answered. */
  commands: number;
}

/**
 * The entries of a journal that the store has not confirmed, in their order. They count in the memory
 * that all clients share, until the journal has dropped them and the store has answered.
 */
export class UnstoredEntries {
  readonly #memory: WaitingBytes;
  #entries: Unstored[] = [];
  #bytes = 0;
  #heldBytes = 0;

  /** @param pool The memory that all clients share; undefined for no limit. */
  constructor(pool: MemoryPool | undefined) {
    this.#memory = new WaitingBytes(pool);
  }

  /** Number of entries that the store has not confirmed. */
  get length(): number {
    return this.#entries.length;
  }

  /** Bytes of the entries that the store has not confirmed. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds an entry. Returns false if the memory that all clients share is full. */
  add(entry: JournalEntry): boolean {
    this.#entries.push({ entry, isKept: true, commands: 0 });
    this.#bytes += entry.data.byteLength;
    return this.#hold(entry.data.byteLength);
  }

  /**
   * Sends an entry to the store with a function.
   *
   * @param index Position of the entry among those that are not confirmed.
   */
  async send(index: number, send: (entry: JournalEntry) => Promise<void>): Promise<number> {
    const unstored = this.#entries[index]!;
    unstored.commands++;
    try {
      await send(unstored.entry);
      return unstored.entry.seq;
    } finally {
      unstored.commands--;
      this.#release(unstored);
    }
  }

  /** Removes the entries that the store has, up to a sequence number. Returns how many these are. */
  confirm(seq: number): number {
    let confirmed = 0;
    while (confirmed < this.#entries.length && this.#entries[confirmed]!.entry.seq <= seq) confirmed++;
    for (const unstored of this.#entries.splice(0, confirmed)) this.#forget(unstored);
    return confirmed;
  }

  /** Removes all entries. */
  drop(): void {
    for (const unstored of this.#entries.splice(0)) this.#forget(unstored);
  }

  /** Counts other bytes that wait for the store while a function runs. */
  async holding<T>(bytes: number, fn: () => Promise<T>): Promise<T> {
    this.#hold(bytes);
    try {
      return await fn();
    } finally {
      this.#hold(-bytes);
    }
  }

  #forget(unstored: Unstored): void {
    unstored.isKept = false;
    this.#bytes -= unstored.entry.data.byteLength;
    this.#release(unstored);
  }

  #release({ entry, isKept, commands }: Unstored): void {
    if (!isKept && commands === 0) this.#hold(-entry.data.byteLength);
  }

  #hold(bytes: number): boolean {
    return this.#memory.set(this.#heldBytes += bytes);
  }
}
