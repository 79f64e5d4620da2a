/**
 * Connects a `WebSocket` to a session.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { PROTOCOL_ERRORS, ProtocolError, type ProtocolErrorCode } from "../../protocol/error.ts";
import type { Limits } from "../../common/limits.ts";
import type { SessionObserver } from "../../session/observability/observer.ts";
import type { Frame } from "../../protocol/message.ts";
import { systemClock } from "../../common/clock.ts";
import { Connection, type ConnectionLimits, type ConnectionOptions } from "../../session/connection/connection.ts";
import type { Session } from "../../session/session.ts";
import type { RelayedSocket } from "../relay/relay.ts";
import type { SocketPort } from "../../session/connection/socket_port.ts";
import { FRAME_OVERHEAD_BYTES, WaitingBytes } from "../../session/limits/waiting_bytes.ts";
import { DelayedClose, isQuiet } from "./delayed_close.ts";

const logger = getLogger(["bokeh", "handlers", "ws"]);

/**
 * Maximum overhead in bytes of the frames that arrive before the session is there, beside their
 * data.
 */
const MAX_WAITING_OVERHEAD_BYTES = 20 * 1024 * 1024;

/** Options of {@linkcode serveSocket}. */
export interface SocketOptions extends ConnectionOptions {
  /** Limits of the websocket and its connection. */
  readonly limits: ConnectionLimits & Pick<Limits, "openingMilliseconds" | "socketsPerSession">;
  /** Receives an event for each websocket that is refused before it has a session. */
  readonly observer?: SessionObserver | undefined;
}

/**
 * Returns the session of a websocket, the error with which the websocket is closed, or a function
 * that takes over the websocket, because another process owns the session.
 */
export type SocketOpening = () => Promise<Session | ProtocolErrorCode | ((socket: RelayedSocket) => void)>;

/**
 * Serves a session on a websocket from its opening to its end.
 *
 * @param socket A websocket that is connecting, whose `binaryType` is `arraybuffer`.
 * @param opening Called once, when the websocket has opened.
 * @returns A function that closes the websocket.
 */
export function serveSocket(
  socket: WebSocket,
  opening: SocketOpening,
  options: SocketOptions,
): (error: ProtocolErrorCode) => void {
  const served = new ServedSocket(socket, opening, options);
  // one listener object for all events: separate functions would take a kilobyte more for each
  // websocket
  for (const type of EVENTS) socket.addEventListener(type, served);
  return (error) => served.end(error);
}

const EVENTS = ["open", "message", "close", "error"];

/** Port of a connection. Buffers frames until the session is there. */
class ServedSocket implements SocketPort, EventListenerObject {
  readonly #socket: WebSocket;
  /** Undefined after its call, so that the request it holds can be freed. */
  #opening: SocketOpening | undefined;
  readonly #options: SocketOptions;
  #connection: Connection | undefined;
  /** Frames that have arrived before the session is there. */
  #waiting: Frame[] = [];
  readonly #memory: WaitingBytes;
  #waitingBytes = 0;
  #closing = false;
  #isRelayed = false;
  #lastFrame = 0;
  #delayedClose: DelayedClose | undefined;

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
    this.#socket.send(typeof frame === "string" ? frame : unshared(frame));
  }

  close(code: number, reason: string): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#dropWaiting();
    // A process that was asleep finds out that its session has moved before it reads what the client has sent meanwhile.
    const mayBeUnread = code === PROTOCOL_ERRORS.session_moved.wsClose;
    if (isQuiet(this.#lastFrame) && !mayBeUnread) this.#socket.close(code, reason);
    else this.#delayedClose = new DelayedClose(() => this.#socket.close(code, reason));
  }

  /** Closes the websocket, with or without a session. */
  end(error: ProtocolErrorCode): void {
    if (this.#isRelayed) this.#close(error);
    else if (this.#connection === undefined) this.#refuse(error);
    else this.#connection.close(error);
  }

  handleEvent(event: Event): void {
    if (event instanceof MessageEvent) {
      const { data } = event;
      this.#receive(typeof data === "string" ? data : new Uint8Array(data));
    } else if (event instanceof CloseEvent) this.#closed(event.code, event.reason);
    else if (event.type === "open") void this.#open();
    // an error event is always followed by a close event
    else event.preventDefault();
  }

  async #open(): Promise<void> {
    const opening = this.#opening!;
    this.#opening = undefined;
    const milliseconds = this.#options.limits.openingMilliseconds;
    const timer = systemClock.setTimeout(() => {
      logger.warn("Closed a websocket: its session was not created within {milliseconds} ms", { milliseconds });
      this.#refuse("opening_timeout");
    }, milliseconds);
    try {
      const session = await opening();
      if (this.#closing) return;
      if (typeof session === "string") return this.#refuse(session);
      if (typeof session === "function") return this.#relay(session);
      if (session.subscribers.size >= this.#options.limits.socketsPerSession) {
        logger.warn("Refused a websocket: its session already has {count}", { count: session.subscribers.size });
        return this.#refuse("too_many_connections");
      }
      this.#connection = new Connection(session, this, this.#options);
      const waiting = this.#waiting;
      this.#dropWaiting();
      for (const frame of waiting) this.#receive(frame);
    } catch (error) {
      const { code, cause } = ProtocolError.from(error);
      if (code === "internal") logger.error("Cannot open a session: {error}", { error: cause ?? error });
      this.#refuse(code);
    } finally {
      systemClock.clearTimeout(timer);
    }
  }

  #relay(relay: (socket: RelayedSocket) => void): void {
    for (const type of EVENTS) this.#socket.removeEventListener(type, this);
    const frames = this.#waiting;
    this.#dropWaiting();
    this.#isRelayed = true;
    relay({ socket: this.#socket, frames });
  }

  #receive(frame: Frame): void {
    this.#lastFrame = performance.now();
    if (this.#closing) return this.#delayedClose?.extend();
    if (this.#connection !== undefined) return this.#connection.receive(frame);
    this.#waitingBytes += frame.length;
    if (this.#waitingBytes > this.#options.limits.maxMessageBytes) return this.#refuse("too_big");
    this.#waiting.push(frame);
    const overhead = this.#waiting.length * FRAME_OVERHEAD_BYTES;
    if (overhead > MAX_WAITING_OVERHEAD_BYTES || !this.#memory.set(this.#waitingBytes + overhead)) {
      this.#refuse("too_many_messages");
    }
  }

  #dropWaiting(): void {
    this.#waiting = [];
    this.#memory.set(0);
  }

  #closed(code: number, reason: string): void {
    this.#closing = true;
    this.#dropWaiting();
    this.#delayedClose?.cancel();
    this.#connection?.closed(code, reason);
    // Deno keeps a websocket whose client vanished until its next ping is due: the connection, and
    // with it the document, is freed now
    this.#connection = undefined;
  }

  #refuse(error: ProtocolErrorCode): void {
    this.#options.observer?.({ type: "connectionRefused", code: error });
    this.#close(error);
  }

  #close(error: ProtocolErrorCode): void {
    const { wsClose, publicText } = PROTOCOL_ERRORS[error];
    this.close(wsClose ?? PROTOCOL_ERRORS.internal.wsClose, publicText);
  }
}

/**
 * Returns bytes that a websocket can send: a copy if they are in a `SharedArrayBuffer`, which
 * websockets refuse.
 */
function unshared(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? bytes as Uint8Array<ArrayBuffer> : Uint8Array.from(bytes);
}
