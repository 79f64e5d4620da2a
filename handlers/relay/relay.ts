/**
 * Relays websockets to the process that owns their session.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import type { Limits } from "../../common/limits.ts";
import { PROTOCOL_ERRORS } from "../../protocol/error.ts";
import type { RelayBudget } from "./relay_budget.ts";
import type { RelayedClient } from "./relay_header.ts";

const logger = getLogger(["bokeh", "handlers", "ws"]);

/**
 * Attempts to connect to the owner, and the pause between them: together longer than a process
 * takes to be replaced.
 */
const MAX_ATTEMPTS = 6;
const PAUSE_MILLISECONDS = 250;
/**
 * Maximum number of messages that wait for the connection to the owner. Clients send few before
 * they get ACK.
 */
const MAX_WAITING = 1000;

/** Another process of the same server. The layer `server/` implements it with a unix socket. */
export interface Peer {
  /** Budget for the bytes that wait in this process for the other one. */
  readonly budget: RelayBudget;
  /** Forwards a request, with what this process knows of its client, and returns the response. */
  fetch(request: Request, client: RelayedClient): Promise<Response>;
  /** Opens a websocket with the path and headers of a client's request. */
  connect(path: string, headers: Headers, client: RelayedClient): Promise<WebSocket>;
}

/** Limits of a relayed websocket. */
export type RelayLimits = Pick<Limits, "maxMessageBytes" | "outboxBytes">;

/**
 * Passes messages between a client's websocket and a websocket to the process that owns the
 * session, until one of them closes. If the owner does not answer, because a new process is
 * replacing it, connects again a few times while messages of the client wait.
 *
 * Websockets have no back-pressure: what clients send while the owner is busy is buffered here. All
 * that is buffered for one process shares a budget. A client whose next frame exceeds it is
 * disconnected.
 *
 * @param client The client's websocket, whose `binaryType` is `arraybuffer`.
 * @param budget Budget of the owner.
 * @param connect Opens a websocket to the owner.
 */
export function relaySocket(
  client: WebSocket,
  budget: RelayBudget,
  connect: () => Promise<WebSocket>,
  limits: RelayLimits,
): void {
  void new Relay(client, budget, connect, limits).open(MAX_ATTEMPTS);
}

/** A client's websocket and the websocket to the owner of its session. */
class Relay {
  readonly #client: WebSocket;
  readonly #budget: RelayBudget;
  readonly #connect: () => Promise<WebSocket>;
  readonly #limits: RelayLimits;
  #owner: WebSocket | undefined;
  #waiting: (string | ArrayBuffer)[] = [];
  #waitingBytes = 0;
  #ended = false;

  constructor(client: WebSocket, budget: RelayBudget, connect: () => Promise<WebSocket>, limits: RelayLimits) {
    this.#client = client;
    this.#budget = budget;
    this.#connect = connect;
    this.#limits = limits;
    budget.add(this);
    client.onmessage = ({ data }) => this.#toOwner(data);
    client.onclose = () => this.#clientClosed();
    client.onerror = (event) => event.preventDefault();
  }

  /** Bytes that wait for the owner. */
  get bufferedBytes(): number {
    return this.#waitingBytes + (this.#owner?.bufferedAmount ?? 0);
  }

  async open(attempts: number): Promise<void> {
    if (this.#ended) return;
    try {
      this.#listen(await this.#connect(), attempts);
    } catch (error) {
      logger.error("Cannot relay a websocket: {error}", { error });
      this.#end("internal");
    }
  }

  #listen(owner: WebSocket, attempts: number): void {
    this.#owner = owner;
    if (this.#ended) return owner.close();
    let opened = false;
    owner.onopen = () => {
      opened = true;
      for (const data of this.#waiting.splice(0)) owner.send(data);
      this.#waitingBytes = 0;
    };
    owner.onmessage = ({ data }) => this.#toClient(data);
    owner.onerror = (event) => event.preventDefault();
    owner.onclose = ({ code, reason }) => {
      if (!opened && !this.#ended && attempts > 1) {
        return void setTimeout(() => void this.open(attempts - 1), PAUSE_MILLISECONDS);
      }
      this.#ownerClosed(code, reason);
    };
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
    this.#client.close(code, reason);
  }

  #clientClosed(): void {
    this.#end(undefined);
    if (this.#owner === undefined || this.#owner.readyState === WebSocket.CLOSED) this.#budget.remove(this);
  }

  #toOwner(data: string | ArrayBuffer): void {
    if (this.#ended) return;
    const bytes = sizeOf(data);
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
  #end(error: "too_big" | "too_many_messages" | "slow_consumer" | "going_away" | "internal" | undefined): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#owner?.close();
    if (error === undefined) return;
    const { wsClose, publicText } = PROTOCOL_ERRORS[error];
    this.#client.close(wsClose, publicText);
  }
}

/**
 * Returns the size of a frame. Of a text it is the number of UTF-16 units, a lower bound of its
 * bytes that takes no time to count.
 */
function sizeOf(data: string | ArrayBuffer): number {
  return typeof data === "string" ? data.length : data.byteLength;
}

/** Returns whether a close code comes from a close frame. The runtime sets 1004 to 1006 itself. */
function isFromPeer(code: number): boolean {
  return code >= 1000 && (code < 1004 || code > 1006);
}
