/**
 * Closing a websocket when its client pauses.
 *
 * @module
 */

/** Time after its last frame from which a client is taken to have paused. */
const QUIET_MILLISECONDS = 20;

/** Maximum time that a close is delayed for a client that does not pause. */
const MAX_DELAY_MILLISECONDS = 1000;

/**
 * Returns whether a client has paused.
 *
 * @param lastFrame Time of its last frame, as `performance.now()`.
 */
export function isQuiet(lastFrame: number): boolean {
  return performance.now() - lastFrame > QUIET_MILLISECONDS;
}

/**
 * Closes a websocket when its client has sent nothing for 20 ms, but within a second. Until then
 * the owner of the websocket drops the frames that arrive.
 *
 * Deno aborts the connection of a websocket that is closed while frames are arriving, and the
 * client would never receive the close code.
 */
export class DelayedClose {
  readonly #close: () => void;
  readonly #deadline = performance.now() + MAX_DELAY_MILLISECONDS;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Starts the delay. `close` is called once at its end. */
  constructor(close: () => void) {
    this.#close = close;
    this.extend();
  }

  /** Restarts the delay, because the client has sent a frame. */
  extend(): void {
    this.cancel();
    const left = Math.max(0, Math.min(QUIET_MILLISECONDS, this.#deadline - performance.now()));
    this.#timer = setTimeout(this.#close, left);
  }

  /** Cancels the close, because the websocket has closed. */
  cancel(): void {
    clearTimeout(this.#timer);
  }
}
