/**
 * A websocket whose session another process holds.
 *
 * @module
 */

import { PROTOCOL_ERRORS } from "../protocol/error.ts";

/** What may wait for a client that does not read. There is nothing to hold its sender back with. */
const MAX_BUFFERED_BYTES = 16 * 1024 * 1024;

/** The process that holds a session, as another of the same server sees it. */
export interface Peer {
  /** Asks it what a client asked for. */
  fetch(request: Request): Promise<Response>;
  /** Opens a websocket to it, as the client did whose path and headers these are. */
  connect(path: string, headers: Headers): WebSocket;
}

/** Tells which process holds which session. */
export interface Peers {
  /** Number of this process. */
  readonly index: number;
  /** The other processes by their numbers. */
  readonly others: ReadonlyMap<number, Peer>;
  /** The process that holds a session; undefined where it is this one. */
  holderOf(sessionId: string): Peer | undefined;
}

/**
 * Lets a client's websocket and one to another process speak with each other, message by message, until one of them closes. Both must
 * take binary data as `ArrayBuffer`.
 */
export function relaySocket(client: WebSocket, holder: WebSocket): void {
  const waiting: (string | ArrayBuffer)[] = [];
  holder.onopen = () => {
    for (const data of waiting.splice(0)) holder.send(data);
  };
  client.onmessage = ({ data }) => {
    if (holder.readyState === WebSocket.OPEN) holder.send(data);
    else if (holder.readyState === WebSocket.CONNECTING) waiting.push(data);
  };
  holder.onmessage = ({ data }) => {
    if (client.readyState !== WebSocket.OPEN) return;
    client.send(data);
    if (client.bufferedAmount > MAX_BUFFERED_BYTES) close(client, "slow_consumer");
  };
  // a process that ends without a word is replaced soon: browsers come back to the new one
  holder.onclose = ({ code, reason }) =>
    code < 1004 || code > 1006 ? client.close(code, reason) : close(client, "going_away");
  client.onclose = () => holder.close();
  client.onerror = holder.onerror = (event) => event.preventDefault();
}

function close(socket: WebSocket, error: "slow_consumer" | "going_away"): void {
  const { wsClose, publicText } = PROTOCOL_ERRORS[error];
  socket.close(wsClose, publicText);
}
