/**
 * Which websockets are open.
 *
 * @module
 */

import { settlesWithin } from "../../common/settles_within.ts";

/** The websockets of a server that are open or closing. */
export class OpenSockets {
  readonly #sockets = new Set<WebSocket>();
  #closed: PromiseWithResolvers<void> | undefined;

  /** How many there are. */
  get size(): number {
    return this.#sockets.size;
  }

  /** Takes one in until it has closed. */
  add(socket: WebSocket): void {
    this.#sockets.add(socket);
    socket.addEventListener("close", () => {
      this.#sockets.delete(socket);
      if (this.#sockets.size === 0) this.#closed?.resolve();
    });
  }

  /** Resolves when all have closed, or after some milliseconds. */
  async closed(milliseconds: number): Promise<void> {
    if (this.#sockets.size === 0) return;
    this.#closed ??= Promise.withResolvers();
    await settlesWithin(this.#closed.promise, milliseconds);
  }
}
