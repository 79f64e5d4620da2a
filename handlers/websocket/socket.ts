/**
 * A `WebSocket` as the port of a session's connection.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { PROTOCOL_ERRORS, ProtocolError, type ProtocolErrorCode } from "../../protocol/error.ts";
import type { Limits } from "../../common/limits.ts";
import type { SessionObserver } from "../../session/observability/observer.ts";
import type { Frame } from "../../protocol/message.ts";
import { systemClock } from "../../common/clock.ts";
import {
  type ConnectionLimits,
  type ConnectionOptions,
  type OpenConnection,
  openConnection,
} from "../../session/connection/connection.ts";
import type { Session } from "../../session/session.ts";
import type { SocketPort } from "../../session/connection/socket_port.ts";
import { FRAME_OVERHEAD_BYTES, WaitingBytes } from "../../session/limits/waiting_bytes.ts";

const logger = getLogger(["bokeh", "handlers", "ws"]);

/** Maximum memory for the frames themselves that arrive before the session has been created, beside their data. */
const MAX_WAITING_OVERHEAD_BYTES = 20 * 1024 * 1024;

/** So long after its last frame a client is taken to be silent. */
const QUIET_MILLISECONDS = 20;
/** A client that never is silent is heard for so long. */
const MAX_FAREWELL_MILLISECONDS = 1000;

/** Options of {@linkcode serveSocket}. */
export interface SocketOptions extends ConnectionOptions {
  /** Limits of the websocket and its connection. */
  readonly limits: ConnectionLimits & Pick<Limits, "openingMilliseconds" | "socketsPerSession">;
  /** Receives an event for each websocket that is refused before it has a session. */
  readonly observer?: SessionObserver | undefined;
}

/** Finds the session of a websocket, or says why there is none. */
export type SocketOpening = () => Promise<Session | ProtocolErrorCode>;

/**
 * Lets a session speak on a socket from its opening to its end.
 *
 * @returns A function that closes the socket.
 */
export function serveSocket(
  socket: WebSocket,
  opening: SocketOpening,
  options: SocketOptions,
): (error: ProtocolErrorCode) => void {
  const served = new ServedSocket(socket, opening, options);
  // one object for all of them: handlers of their own would cost each socket a kilobyte
  for (const type of ["open", "message", "close", "error"]) socket.addEventListener(type, served);
  return (error) => served.end(error);
}

/** A socket that waits for its session, then is the session's port. */
class ServedSocket implements SocketPort, EventListenerObject {
  readonly #socket: WebSocket;
  /** Gone when it has been called: it holds the request. */
  #opening: SocketOpening | undefined;
  readonly #options: SocketOptions;
  #connection: OpenConnection | undefined;
  /** What came before there was a connection to hear it. */
  #waiting: Frame[] = [];
  readonly #memory: WaitingBytes;
  #waitingBytes = 0;
  #closing = false;
  #lastFrame = 0;
  #farewell: Farewell | undefined;

  constructor(socket: WebSocket, opening: SocketOpening, options: SocketOptions) {
    this.#socket = socket;
    this.#opening = opening;
    this.#options = options;
    this.#memory = new WaitingBytes(options.memory);
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  send(frame: Frame): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.send(typeof frame === "string" ? frame : ofPlainMemory(frame));
  }

  close(code: number, reason: string): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#forgetWaiting();
    const isQuiet = performance.now() - this.#lastFrame > QUIET_MILLISECONDS;
    if (isQuiet) this.#socket.close(code, reason);
    else this.#farewell = new Farewell(() => this.#socket.close(code, reason));
  }

  /** Closes the socket, with or without a session. */
  end(error: ProtocolErrorCode): void {
    if (this.#connection === undefined) this.#refuse(error);
    else this.#connection.close(error);
  }

  handleEvent(event: Event): void {
    if (event instanceof MessageEvent) {
      const { data } = event;
      this.#receive(typeof data === "string" ? data : new Uint8Array(data));
    } else if (event instanceof CloseEvent) this.#closed(event.code, event.reason);
    else if (event.type === "open") void this.#open();
    // a close event follows, and tells as much
    else event.preventDefault();
  }

  async #open(): Promise<void> {
    const opening = this.#opening!;
    this.#opening = undefined;
    const milliseconds = this.#options.limits.openingMilliseconds;
    const timer = systemClock.setTimeout(() => {
      logger.warn("Closed a websocket: its session has not begun after {milliseconds} ms", { milliseconds });
      this.#refuse("opening_timeout");
    }, milliseconds);
    try {
      const session = await opening();
      if (this.#closing) return;
      if (typeof session === "string") return this.#refuse(session);
      if (session.subscribers.size >= this.#options.limits.socketsPerSession) {
        logger.warn("Refused a websocket: its session has {count} already", { count: session.subscribers.size });
        return this.#refuse("too_many_connections");
      }
      this.#connection = openConnection(session, this, this.#options);
      const waiting = this.#waiting;
      this.#forgetWaiting();
      for (const frame of waiting) this.#receive(frame);
    } catch (error) {
      const { code, cause } = ProtocolError.from(error);
      if (code === "internal") logger.error("A session could not be opened: {error}", { error: cause ?? error });
      this.#refuse(code);
    } finally {
      systemClock.clearTimeout(timer);
    }
  }

  #receive(frame: Frame): void {
    this.#lastFrame = performance.now();
    if (this.#closing) return this.#farewell?.putOff();
    if (this.#connection !== undefined) return this.#connection.receive(frame);
    this.#waitingBytes += frame.length;
    if (this.#waitingBytes > this.#options.limits.maxMessageBytes) return this.#refuse("too_big");
    this.#waiting.push(frame);
    const overhead = this.#waiting.length * FRAME_OVERHEAD_BYTES;
    if (overhead > MAX_WAITING_OVERHEAD_BYTES || !this.#memory.set(this.#waitingBytes + overhead)) {
      this.#refuse("too_many_messages");
    }
  }

  #forgetWaiting(): void {
    this.#waiting = [];
    this.#memory.set(0);
  }

  #closed(code: number, reason: string): void {
    this.#closing = true;
    this.#forgetWaiting();
    this.#farewell?.forget();
    this.#connection?.closed(code, reason);
    // Deno keeps a socket whose client went without a word until its next ping is due: it is not to keep a document so long
    this.#connection = undefined;
  }

  #refuse(error: ProtocolErrorCode): void {
    const { wsClose, publicText } = PROTOCOL_ERRORS[error];
    this.#options.observer?.({ type: "connectionRefused", code: error });
    this.close(wsClose ?? PROTOCOL_ERRORS.internal.wsClose, publicText);
  }
}

/**
 * A close that waits until the client is silent: what it has sent on its way is read and thrown away. Deno drops the connection of a
 * socket that is closed while frames are coming in, and the client would never see the code.
 */
class Farewell {
  readonly #close: () => void;
  readonly #latest = performance.now() + MAX_FAREWELL_MILLISECONDS;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(close: () => void) {
    this.#close = close;
    this.putOff();
  }

  /** The client has sent something more. */
  putOff(): void {
    this.forget();
    const left = Math.max(0, Math.min(QUIET_MILLISECONDS, this.#latest - performance.now()));
    this.#timer = setTimeout(this.#close, left);
  }

  /** The socket has closed. */
  forget(): void {
    clearTimeout(this.#timer);
  }
}

/** Sockets take no bytes of memory that threads share; others go out without a copy. */
function ofPlainMemory(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? bytes as Uint8Array<ArrayBuffer> : Uint8Array.from(bytes);
}
