/**
 * Limits the bytes that are on their way to all clients of a session together.
 *
 * @module
 */

import type { Subscriber } from "../sync/subscriber.ts";

/**
 * An upper bound of the bytes that are on their way to the clients of a session. Each socket has a copy of its own of what it sends,
 * so that many clients that do not read could fill the memory with a few messages.
 *
 * Asking each socket takes time in proportion to their number. So the bound adds what is sent, and sockets are asked only when it
 * reaches the limit. Then clients are closed until half of the limit is left, so that the next time comes no sooner than half of the
 * limit has been sent.
 */
export class UndeliveredBytes {
  readonly #limit: number;
  readonly #clients: ReadonlySet<Subscriber>;
  #most = 0;

  /** @param clients The clients of the session. @param limit Bytes for all of them together. */
  constructor(clients: ReadonlySet<Subscriber>, limit: number) {
    this.#clients = clients;
    this.#limit = limit;
  }

  /** Adds bytes that a client is about to be sent. Closes the clients with the most undelivered bytes if they are too many. */
  add(bytes: number): void {
    this.#most += bytes;
    if (this.#most > this.#limit) this.#most = bytes + this.#reduceTo(this.#limit / 2);
  }

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
