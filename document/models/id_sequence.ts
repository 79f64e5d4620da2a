/**
 * The ids of models in one document.
 *
 * @module
 */

import { IdMap } from "../../protocol/hash_flooding.ts";

const FIRST_ID = 1001;
/** Number of ids whose strings all documents share, which saves memory in each session. */
const SHARED_IDS = 1000;
/**
 * Number of ids of removed models that are remembered, to distinguish late changes of these models
 * from invalid ones.
 */
const REMEMBERED_IDS = 10_000;
/** Prefix of the ids that documents allocate. */
const OWN_PREFIX = "p";
/**
 * Prefix of ids allocated after a client has sent models with {@linkcode OWN_PREFIX}, because the
 * client continues that sequence.
 */
const PREFIX_BESIDE_CLIENT = "s";

/**
 * The ids that one document allocates: `p1001`, `p1002`, …, in the order in which models are added.
 * An application that fills two documents in the same way gives both the same ids. Also remembers
 * the ids of removed models.
 */
export class IdSequence {
  /**
   * Whether models with ids from elsewhere were added, so that {@linkcode next} may return an id
   * that is in use.
   */
  mayCollide = false;
  /**
   * Number of ids that were allocated. A resumed document continues the sequence of the document
   * before.
   */
  allocated = 0;
  #prefix = OWN_PREFIX;
  #removed: IdMap<true> | undefined;

  /** Returns the next id of the sequence. */
  next(): string {
    return idAt(this.#prefix, this.allocated++);
  }

  /** Returns whether an id belongs to the part of the sequence that was returned. */
  includes(id: string): boolean {
    const number = numberOfId(id);
    return number !== undefined && number < FIRST_ID + this.allocated;
  }

  /** Continues the sequence after an id that another document allocated. */
  continueAfter(id: string): void {
    const number = numberOfId(id);
    if (number !== undefined) this.allocated = Math.max(this.allocated, number - FIRST_ID + 1);
  }

  /** Continues with another prefix if an id, which a client allocated, has the form of own ids. */
  avoidSequenceOf(id: string): void {
    if (numberOfId(id) !== undefined) this.#prefix = PREFIX_BESIDE_CLIENT;
  }

  /** Returns whether a model with an id was removed. Only the latest ones are remembered. */
  wasRemoved(id: string): boolean {
    return this.#removed?.has(id) === true;
  }

  /** Records that the model with an id was removed. */
  noteRemoved(id: string): void {
    const removed = this.#removed ??= new IdMap();
    removed.set(id, true);
    if (removed.size <= REMEMBERED_IDS) return;
    for (const oldest of removed.keys()) {
      removed.delete(oldest);
      break;
    }
  }

  /** Records that a model with an id was added. */
  noteAdded(id: string): void {
    this.#removed?.delete(id);
  }
}

/** Returns whether an id has the form of those that documents allocate. */
export function isDocumentId(id: string): boolean {
  return numberOfId(id) !== undefined;
}

const sharedIds: string[] = [];

function idAt(prefix: string, index: number): string {
  if (index >= SHARED_IDS || prefix !== OWN_PREFIX) return `${prefix}${FIRST_ID + index}`;
  for (let i = sharedIds.length; i <= index; i++) sharedIds.push(`${OWN_PREFIX}${FIRST_ID + i}`);
  return sharedIds[index]!;
}

/**
 * Returns the number in an id that has the form of {@linkcode OWN_PREFIX} ids, else undefined.
 * Numbers of more than 15 digits are not exact.
 */
function numberOfId(id: string): number | undefined {
  return /^p\d{4,15}$/.test(id) ? Number(id.slice(1)) : undefined;
}
