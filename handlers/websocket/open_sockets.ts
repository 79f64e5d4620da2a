/**
 * Tracks open websockets.
 *
 * @module
 */

import { settlesWithin } from "../../common/settles_within.ts";

/** The websockets of a process that are open or closing. */
export class OpenSockets {
  readonly #sockets = new Set<WebSocket>();
  #closed: PromiseWithResolvers<void> | undefined;

  /** Number of websockets. */
  get size(): number {
    return this.#sockets.size;
  }

  /** Adds a websocket until it has closed. */
  add(socket: WebSocket): void {
    this.#sockets.add(socket);
    socket.addEventListener("close", () => {
      this.#sockets.delete(socket);
      if (this.#sockets.size === 0) this.#closed?.resolve();
    });
  }

  /** Resolves when all websockets have closed, or after a timeout. */
  async closed(milliseconds: number): Promise<void> {
    if (this.#sockets.size === 0) return;
    this.#closed ??= Promise.withResolvers();
    await settlesWithin(this.#closed.promise, milliseconds);
  }
}
