/**
 * Relays websockets to the process that owns their session.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import type { Limits } from "../../common/limits.ts";
import { PROTOCOL_ERRORS, ProtocolError } from "../../protocol/error.ts";
import type { Frame } from "../../protocol/message.ts";
import type { RelayBudget } from "./relay_budget.ts";
import type { RelayedClient } from "./relay_header.ts";

const logger = getLogger(["bokeh", "handlers", "ws"]);

/**
 * Maximum number of messages that wait for the connection to the owner. Clients send few before
 * they get ACK.
 */
const MAX_WAITING = 1000;

/**
 * The answer of another process to the question whether it owns a session. `"refused"`: no process
 * listens at its address; `"unreachable"`: it does not answer in time.
 */
export type OwnershipAnswer = "owner" | "notOwner" | "refused" | "unreachable";

/** Another process that serves the same applications. The layer `server/` implements it. */
export interface Peer {
  /** Budget for the bytes that wait in this process for the other one. */
  readonly budget: RelayBudget;
  /** Forwards a request, with what this process knows of its client, and returns the response. */
  fetch(request: Request, client: RelayedClient): Promise<Response>;
  /** Opens a websocket with the path and headers of a client's request. */
  connect(path: string, headers: HeaderList, client: RelayedClient): Promise<WebSocket>;
  /**
   * Calls a function once if the process does not answer any more, although its connections stay open. Returns a
   * function that ends the watch.
   */
  watch(onLost: () => void): () => void;
  /** Asks the process whether it owns a session. */
  owns(key: string): Promise<OwnershipAnswer>;
}

/** Headers of a request, with their names in lower case. */
export type HeaderList = readonly [name: string, value: string][];

/** A websocket of a client that has opened, with the frames that it has sent so far. */
export interface RelayedSocket {
  /** The websocket, whose `binaryType` is `arraybuffer`. It has no listeners. */
  readonly socket: WebSocket;
  /** Frames that the client has sent. */
  readonly frames: readonly Frame[];
}

/** Limits of a relayed websocket. */
export type RelayLimits = Pick<Limits, "maxMessageBytes" | "outboxBytes">;

/**
 * Passes messages between a client's websocket and a websocket to the process that owns the
 * session, until one of them closes.
 *
 * Websockets have no back-pressure: what clients send while the owner is busy is buffered here. All
 * that is buffered for one process shares a budget. A client whose next frame exceeds it is
 * disconnected.
 *
 * @param connect Opens a websocket to the owner.
 */
export function relaySocket(
  client: RelayedSocket,
  owner: Pick<Peer, "budget" | "watch">,
  connect: () => Promise<WebSocket>,
  limits: RelayLimits,
): void {
  void new Relay(client, owner, limits).open(connect);
}

/** A client's websocket and the websocket to the owner of its session. */
class Relay {
  readonly #client: WebSocket;
  readonly #budget: RelayBudget;
  readonly #limits: RelayLimits;
  readonly #stopWatching: () => void;
  #owner: WebSocket | undefined;
  #waiting: (string | Uint8Array<ArrayBuffer>)[] = [];
  #waitingBytes = 0;
  #ended = false;

  constructor({ socket, frames }: RelayedSocket, owner: Pick<Peer, "budget" | "watch">, limits: RelayLimits) {
    this.#client = socket;
    this.#budget = owner.budget;
    this.#limits = limits;
    this.#budget.add(this);
    this.#stopWatching = owner.watch(() => this.#ownerLost());
    socket.onmessage = ({ data }) => this.#toOwner(typeof data === "string" ? data : new Uint8Array(data));
    socket.onclose = () => this.#clientClosed();
    socket.onerror = (event) => event.preventDefault();
    for (const frame of frames) this.#toOwner(typeof frame === "string" ? frame : new Uint8Array(frame));
  }

  /** Bytes that wait for the owner. */
  get bufferedBytes(): number {
    return this.#waitingBytes + (this.#owner?.bufferedAmount ?? 0);
  }

  async open(connect: () => Promise<WebSocket>): Promise<void> {
    if (this.#ended) return;
    try {
      this.#listen(await connect());
    } catch (error) {
      logger.error("Cannot relay a websocket: {error}", { error });
      this.#end(error instanceof ProtocolError && error.code === "going_away" ? "going_away" : "internal");
    }
  }

  #listen(owner: WebSocket): void {
    this.#owner = owner;
    if (this.#ended) return owner.close();
    owner.onopen = () => {
      for (const data of this.#waiting.splice(0)) owner.send(data);
      this.#waitingBytes = 0;
    };
    owner.onmessage = ({ data }) => this.#toClient(data);
    owner.onerror = (event) => event.preventDefault();
    owner.onclose = ({ code, reason }) => this.#ownerClosed(code, reason);
  }

  #ownerClosed(code: number, reason: string): void {
    this.#budget.remove(this);
    if (this.#ended) return;
    // a process that ends without a close frame is replaced soon: browsers reconnect to the new one
    if (!isFromPeer(code)) {
      logger.warn("Lost the connection to the process to which a websocket was relayed");
      return this.#end("going_away");
    }
    this.#ended = true;
    this.#stopWatching();
    this.#client.close(code, reason);
  }

  #ownerLost(): void {
    logger.warn("The process to which a websocket was relayed does not answer");
    this.#budget.remove(this); // its websocket may stay open for long
    this.#end("session_moved");
  }

  #clientClosed(): void {
    this.#end(undefined);
    if (this.#owner === undefined || this.#owner.readyState === WebSocket.CLOSED) this.#budget.remove(this);
  }

  #toOwner(data: string | Uint8Array<ArrayBuffer>): void {
    if (this.#ended) return;
    const bytes = data.length; // of a text a lower bound, which takes no time to count
    if (bytes > this.#limits.maxMessageBytes) return this.#end("too_big");
    if (!this.#budget.charge(bytes)) {
      logger.warn("Closed a websocket: too many messages wait for the process that owns its session");
      return this.#end("too_many_messages");
    }
    if (this.#owner?.readyState === WebSocket.OPEN) this.#owner.send(data);
    else {
      this.#waiting.push(data);
      this.#waitingBytes += bytes;
      if (this.#waiting.length > MAX_WAITING) this.#end("going_away");
    }
  }

  #toClient(data: string | ArrayBuffer): void {
    if (this.#client.readyState !== WebSocket.OPEN) return;
    this.#client.send(data);
    if (this.#client.bufferedAmount > this.#limits.outboxBytes) this.#end("slow_consumer");
  }

  /** Ends both websockets, the client's with an error unless it has closed. */
  #end(
    error: "too_big" | "too_many_messages" | "slow_consumer" | "going_away" | "session_moved" | "internal" | undefined,
  ): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#stopWatching();
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#owner?.close();
    if (error === undefined) return;
    const { wsClose, publicText } = PROTOCOL_ERRORS[error];
    this.#client.close(wsClose, publicText);
  }
}

/** Returns whether a close code comes from a close frame. The runtime sets 1004 to 1006 itself. */
function isFromPeer(code: number): boolean {
  return code >= 1000 && (code < 1004 || code > 1006);
}
