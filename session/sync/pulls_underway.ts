/** Bytes of pulled documents on their way to the clients of a session from which on further pulls wait. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Counts the bytes of the long documents that were sent to the clients of one session and have not been received. */
export class PullsUnderway {
  #bytes = 0;
  #changed: PromiseWithResolvers<void> | undefined;

  /**
   * Adds a document that was sent.
   *
   * @param bytes Its length.
   * @param received Resolves when the client has received it, or has gone.
   */
  add(bytes: number, received: Promise<void>): void {
    this.#bytes += bytes;
    void received.then(() => {
      this.#bytes -= bytes;
      this.#changed?.resolve();
      this.#changed = undefined;
    });
  }

  /** Returns a promise that resolves when fewer bytes are on their way, undefined when another document may be sent. */
  turn(): Promise<void> | undefined {
    if (this.#bytes < MOST_BYTES) return undefined;
    return (this.#changed ??= Promise.withResolvers()).promise;
  }
}
