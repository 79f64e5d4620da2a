import type { Subscriber } from "../sync/subscriber.ts";

/**
 * Limits the bytes that were sent to the clients of one session and that they have not received.
 * Each socket buffers its own copy, so that many slow clients could exhaust the memory with a few
 * messages.
 *
 * Reading `bufferedAmount` of all sockets takes time in proportion to their number. Therefore this
 * class adds up the bytes that are sent, which is an upper bound, and reads the sockets only when
 * the bound reaches the limit. Then it closes the slowest clients until half of the limit is left:
 * the sockets are read at most once per half of the limit.
 */
export class UndeliveredBytes {
  readonly #limit: number;
  readonly #clients: ReadonlySet<Subscriber>;
  #upperBound = 0;

  /**
   * @param clients The clients of the session.
   * @param limit Maximum number of bytes for all of them together.
   */
  constructor(clients: ReadonlySet<Subscriber>, limit: number) {
    this.#clients = clients;
    this.#limit = limit;
  }

  /**
   * Adds bytes that are about to be sent to a client. Closes the slowest clients if the limit is
   * exceeded.
   */
  add(bytes: number): void {
    this.#upperBound += bytes;
    if (this.#upperBound > this.#limit) this.#upperBound = bytes + this.#reduceTo(this.#limit / 2);
  }

  /**
   * Closes the slowest clients until at most `target` bytes are undelivered. Returns the
   * undelivered bytes.
   */
  #reduceTo(target: number): number {
    const amounts = Array.from(this.#clients, (client) => ({ client, bytes: client.bufferedBytes }));
    let sum = amounts.reduce((sum, { bytes }) => sum + bytes, 0);
    if (sum <= target) return sum;
    for (const { client, bytes } of amounts.sort((one, other) => other.bytes - one.bytes)) {
      if (sum <= target) break;
      client.closeSlow();
      sum -= bytes;
    }
    return sum;
  }
}
