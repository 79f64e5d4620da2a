/**
 * A websocket whose session another process owns.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { PROTOCOL_ERRORS } from "../../protocol/error.ts";
import type { RelayBudget } from "./relay_budget.ts";
import type { RelayedClient } from "./relay_header.ts";

const logger = getLogger(["bokeh", "handlers", "ws"]);

/** How often a process is asked for its session, and how long to wait in between. */
const TRIES = 6;
const PAUSE_MILLISECONDS = 250;
/** Messages that may wait for the process: a client has little to say before it is greeted. */
const MAX_WAITING = 1000;

/** The process that owns a session, as another of the same server sees it. */
export interface Peer {
  /** Bytes that wait for the process in this one. */
  readonly budget: RelayBudget;
  /** Sends it a request, with what this process knows of its client, and returns the response. */
  fetch(request: Request, client: RelayedClient): Promise<Response>;
  /** Opens a websocket to it, as the client did whose path and headers these are. */
  connect(path: string, headers: Headers, client: RelayedClient): Promise<WebSocket>;
}

/** Limits of a relayed websocket. */
export interface RelayLimits {
  /**
   * Bytes of a frame of the client: those of a message.
   *
   * @default {20 * 1024 * 1024}
   */
  readonly maxMessageBytes?: number | undefined;
  /**
   * Bytes that may wait for a client that does not read.
   *
   * @default {16 * 1024 * 1024}
   */
  readonly hardLimitBytes?: number | undefined;
}

/**
 * Passes messages between a client's websocket and one to the process that owns its session, until one of them closes. If the process does
 * not answer, because another is replacing it, asks it again a few times while messages of the client wait. Both websockets must take
 * binary data as `ArrayBuffer`.
 *
 * Websockets have no back-pressure: what clients send while the process is busy waits here. All that waits for one process has one budget.
 * A client whose next frame does not fit into it is disconnected.
 */
export function relaySocket(
  client: WebSocket,
  budget: RelayBudget,
  connect: () => Promise<WebSocket>,
  limits: RelayLimits = {},
): void {
  void new Relay(client, budget, connect, limits).open(TRIES);
}

/** A client's websocket and that to the process which owns its session. */
class Relay {
  readonly #client: WebSocket;
  readonly #budget: RelayBudget;
  readonly #connect: () => Promise<WebSocket>;
  readonly #maxFrameBytes: number;
  readonly #maxUnreadBytes: number;
  #owner: WebSocket | undefined;
  #waiting: (string | ArrayBuffer)[] = [];
  #waitingBytes = 0;
  #ended = false;

  constructor(client: WebSocket, budget: RelayBudget, connect: () => Promise<WebSocket>, limits: RelayLimits) {
    this.#client = client;
    this.#budget = budget;
    this.#connect = connect;
    this.#maxFrameBytes = limits.maxMessageBytes ?? 20 * 1024 * 1024;
    this.#maxUnreadBytes = limits.hardLimitBytes ?? 16 * 1024 * 1024;
    budget.add(this);
    client.onmessage = ({ data }) => this.#toOwner(data);
    client.onclose = () => this.#clientClosed();
    client.onerror = (event) => event.preventDefault();
  }

  /** Bytes that wait for the owner. */
  get waitingBytes(): number {
    return this.#waitingBytes + (this.#owner?.bufferedAmount ?? 0);
  }

  async open(tries: number): Promise<void> {
    if (this.#ended) return;
    try {
      this.#listen(await this.#connect(), tries);
    } catch (error) {
      logger.error("A websocket cannot be relayed: {error}", { error });
      this.#end("internal");
    }
  }

  #listen(owner: WebSocket, tries: number): void {
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
      if (!opened && !this.#ended && tries > 1) {
        return void setTimeout(() => void this.open(tries - 1), PAUSE_MILLISECONDS);
      }
      this.#ownerClosed(code, reason);
    };
  }

  #ownerClosed(code: number, reason: string): void {
    this.#budget.remove(this);
    if (this.#ended) return;
    // a process that ends without a word is replaced soon: browsers come back to the new one
    if (!isSaid(code)) {
      logger.warn("A websocket that was handed to another process is lost");
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
    if (bytes > this.#maxFrameBytes) return this.#end("too_big");
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
    if (this.#client.bufferedAmount > this.#maxUnreadBytes) this.#end("slow_consumer");
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

/** Returns the bytes of a frame; of a text at least as many as it has. */
function sizeOf(data: string | ArrayBuffer): number {
  return typeof data === "string" ? data.length : data.byteLength;
}

/** Whether a close code is one that a peer has sent. */
function isSaid(code: number): boolean {
  return code >= 1000 && (code < 1004 || code > 1006);
}
