import type { DocumentEvent } from "../../document/events/events.ts";
import type { WireBuffer } from "../../protocol/message.ts";

/** Ids of arrays by their memory, and by their offset and length there. Does not keep the memory alive. */
type ArrayIds = WeakMap<ArrayBufferLike, Map<string, string>>;

/**
 * The binary arrays that the store has since the last snapshot, so that the next one does not write
 * them again. An array is the same if it has the same memory, and no event has stated a change of
 * the attribute that contains it.
 */
export class KeptArrays {
  /** Ids in the last snapshot that the store has. */
  #stored: ArrayIds = new WeakMap();
  /** Ids in the snapshot that is being stored. */
  #written: ArrayIds = new WeakMap();
  #isEmpty = true;

  /** Returns the id under which the store has an array, or undefined. */
  idOf(data: Uint8Array): string | undefined {
    return this.#stored.get(data.buffer)?.get(placeOf(data));
  }

  /** Forgets the arrays of an attribute that has changed. */
  noteChange(event: DocumentEvent): void {
    if (!this.#isEmpty && "attr" in event) this.#forget(event.model.rawValue(event.attr));
  }

  /** Forgets all arrays: the store has lost them. */
  clear(): void {
    this.#stored = new WeakMap();
    this.#written = new WeakMap();
    this.#isEmpty = true;
  }

  /** Notes the arrays of a snapshot that is about to be stored. */
  noteWritten(buffers: readonly WireBuffer[]): void {
    this.#written = new WeakMap();
    this.#isEmpty = false;
    for (const { id, data } of buffers) {
      const places = this.#written.get(data.buffer) ?? new Map();
      this.#written.set(data.buffer, places.set(placeOf(data), id));
    }
  }

  /** Notes that the store has the snapshot of the last {@linkcode noteWritten}. */
  noteStored(): void {
    this.#stored = this.#written;
    this.#written = new WeakMap();
  }

  #forget(value: unknown): void {
    if (ArrayBuffer.isView(value)) {
      this.#stored.delete(value.buffer);
      this.#written.delete(value.buffer);
    } else if (Array.isArray(value)) {
      // Columns of numbers are long lists without arrays.
      if (typeof value[0] === "object") { for (const item of value) this.#forget(item); }
    } else if (typeof value === "object" && value !== null && !("membership" in value)) {
      for (const item of value instanceof Map ? value.values() : Object.values(value)) this.#forget(item);
    }
  }
}

function placeOf({ byteOffset, byteLength }: Uint8Array): string {
  return `${byteOffset}:${byteLength}`;
}
