/** Bytes in transit from which on further snapshots wait. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Counts the bytes of the long snapshots that the clients of one session have not received yet. */
export class SnapshotsInTransit {
  #bytes = 0;
  #changed: PromiseWithResolvers<void> | undefined;

  /**
   * Adds a snapshot that was sent.
   *
   * @param bytes Its length.
   * @param received Resolves when the client has received it or was disconnected.
   */
  add(bytes: number, received: Promise<void>): void {
    this.#bytes += bytes;
    void received.then(() => {
      this.#bytes -= bytes;
      this.#changed?.resolve();
      this.#changed = undefined;
    });
  }

  /**
   * Returns a promise that resolves when fewer bytes are in transit; undefined if another snapshot
   * may be sent now.
   */
  turn(): Promise<void> | undefined {
    if (this.#bytes < MAX_BYTES) return undefined;
    return (this.#changed ??= Promise.withResolvers()).promise;
  }
}
