import type { Clock } from "../../common/clock.ts";
import type { Limits } from "../../common/limits.ts";
import type { DocumentSync } from "../../document/document_sync.ts";
import type { MessageContent } from "../../protocol/message.ts";
import { type EncodedSnapshot, snapshotCache } from "./snapshot_cache.ts";
import { SnapshotThrottle } from "./snapshot_throttle.ts";
import { SnapshotsInTransit } from "./snapshots_in_transit.ts";

/**
 * Characters or bytes from which on a snapshot is long: encoding it delays other clients by
 * milliseconds.
 */
const LONG = 500_000;

/**
 * Encodes the document of one session for the clients that pull it, and limits how often and how
 * many are sent if it is long.
 */
export class SessionSnapshots {
  readonly #sync: DocumentSync;
  readonly #clock: Clock;
  readonly #inlineBytes: number;
  #throttle: SnapshotThrottle | undefined;
  #inTransit: SnapshotsInTransit | undefined;

  /** Creates the snapshots of a document. */
  constructor(sync: DocumentSync, clock: Clock, limits: Pick<Limits, "inlineArrayBytes">) {
    this.#sync = sync;
    this.#clock = clock;
    this.#inlineBytes = limits.inlineArrayBytes;
  }

  /**
   * Returns a snapshot of the document. Encodes it only if it has changed since it was encoded
   * last.
   */
  take(): EncodedSnapshot {
    const sync = this.#sync;
    const cached = snapshotCache.get(sync);
    if (cached !== undefined) return cached;
    const { doc, buffers } = sync.snapshot({ inlineBytes: this.#inlineBytes });
    const { mark } = sync;
    const content = JSON.stringify({ doc } satisfies MessageContent["PULL-DOC-REPLY"]);
    const snapshot = { content, buffers, mark };
    snapshotCache.set(sync, snapshot);
    if (content.length > LONG) this.#throttle = new SnapshotThrottle(content.length, this.#clock);
    return snapshot;
  }

  /**
   * Returns a promise that resolves when a client may be sent a snapshot; undefined if it may be
   * sent one now. Clients wait for a long document that would be encoded again, or that is on its
   * way to many other clients.
   */
  turn(): Promise<void> | undefined {
    const turn = this.#inTransit?.turn();
    if (turn !== undefined || this.#throttle === undefined) return turn;
    return snapshotCache.get(this.#sync) === undefined ? this.#throttle.turn() : undefined;
  }

  /**
   * Notes that a snapshot was sent to a client. Each socket keeps a copy of what it sends, so that
   * only a limited number of long snapshots may be in transit.
   *
   * @param received Returns a promise that resolves when the client has received it, or undefined
   * if it has already.
   */
  noteSent({ content, buffers }: EncodedSnapshot, received: () => Promise<void> | undefined): void {
    const bytes = buffers.reduce((sum, { data }) => sum + data.byteLength, content.length);
    const promise = bytes > LONG ? received() : undefined;
    if (promise !== undefined) (this.#inTransit ??= new SnapshotsInTransit()).add(bytes, promise);
  }
}
