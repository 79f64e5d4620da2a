/**
 * A websocket whose session another process holds.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { PROTOCOL_ERRORS } from "../protocol/error.ts";

const logger = getLogger(["bokeh", "handlers", "ws"]);

/** How often a process is asked for its session, and how long to wait in between. */
const TRIES = 6;
const PAUSE_MILLISECONDS = 250;
/** Messages that may wait for the process: a client has little to say before it is greeted. */
const MAX_WAITING = 1000;
/** What may wait for a client that does not read. There is nothing to hold its sender back with. */
const MAX_BUFFERED_BYTES = 16 * 1024 * 1024;

/** The process that holds a session, as another of the same server sees it. */
export interface Peer {
  /** Asks it what a client asked for, perhaps with other headers. */
  fetch(request: Request, headers?: Headers): Promise<Response>;
  /** Opens a websocket to it, as the client did whose path and headers these are. */
  connect(path: string, headers: Headers): WebSocket;
}

/** Tells which process holds which session. */
export interface Peers {
  /** Number of this process. */
  readonly index: number;
  /** What all processes know, and nobody else; undefined if the program that started them has given none. */
  readonly secret: string | undefined;
  /** The other processes by their numbers. */
  readonly others: ReadonlyMap<number, Peer>;
  /** The process that holds a session; undefined where it is this one. */
  holderOf(sessionId: string): Peer | undefined;
}

/**
 * Lets a client's websocket and one to another process speak with each other, message by message, until one of them closes. A process that does not
 * answer is being replaced, perhaps: it is asked again a few times, while what the client says waits. Both must take binary data as `ArrayBuffer`.
 */
export function relaySocket(client: WebSocket, connect: () => WebSocket): void {
  new Relay(client, connect).open(TRIES);
}

/** A client's websocket and that to the process which holds its session. */
class Relay {
  readonly #client: WebSocket;
  readonly #connect: () => WebSocket;
  #holder: WebSocket | undefined;
  #waiting: (string | ArrayBuffer)[] = [];

  constructor(client: WebSocket, connect: () => WebSocket) {
    this.#client = client;
    this.#connect = connect;
    client.onmessage = ({ data }) => this.#toHolder(data);
    client.onclose = () => this.#holder?.close();
    client.onerror = (event) => event.preventDefault();
  }

  open(tries: number): void {
    if (this.#client.readyState > WebSocket.OPEN) return;
    let opened = false;
    const holder = this.#holder = this.#connect();
    holder.onopen = () => {
      opened = true;
      for (const data of this.#waiting.splice(0)) holder.send(data);
    };
    holder.onmessage = ({ data }) => this.#toClient(data);
    holder.onerror = (event) => event.preventDefault();
    holder.onclose = ({ code, reason }) => {
      if (!opened && tries > 1) return void setTimeout(() => this.open(tries - 1), PAUSE_MILLISECONDS);
      if (this.#client.readyState > WebSocket.OPEN) return;
      // a process that ends without a word is replaced soon: browsers come back to the new one
      if (isSaid(code)) return this.#client.close(code, reason);
      logger.warn("A websocket that was handed to another process is lost");
      close(this.#client, "going_away");
    };
  }

  #toHolder(data: string | ArrayBuffer): void {
    if (this.#holder?.readyState === WebSocket.OPEN) return this.#holder.send(data);
    this.#waiting.push(data);
    if (this.#waiting.length > MAX_WAITING) close(this.#client, "going_away");
  }

  #toClient(data: string | ArrayBuffer): void {
    if (this.#client.readyState !== WebSocket.OPEN) return;
    this.#client.send(data);
    if (this.#client.bufferedAmount > MAX_BUFFERED_BYTES) close(this.#client, "slow_consumer");
  }
}

/** Whether a close code is one that a peer has sent. */
function isSaid(code: number): boolean {
  return code >= 1000 && (code < 1004 || code > 1006);
}

function close(socket: WebSocket, error: "slow_consumer" | "going_away"): void {
  const { wsClose, publicText } = PROTOCOL_ERRORS[error];
  socket.close(wsClose, publicText);
}
