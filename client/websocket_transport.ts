/**
 * The transport of clients in production: a websocket.
 *
 * @module
 */

import { ACCEPTS_DEFINITIONS, ACCEPTS_HEADER, SUBPROTOCOL } from "../protocol/handshake.ts";
import type { Frame } from "../protocol/message.ts";
import { ClientError } from "./client_error.ts";
import type { Transport, TransportListener, TransportSocket } from "./transport.ts";

/** Options of {@linkcode WebSocketTransport}. */
interface WebSocketTransportOptions {
  /** URL of the websocket. */
  url: string;
  /** Returns the token for the next websocket. */
  token: () => Promise<string>;
  /** Headers of the request that opens the websocket. */
  headers: Headers;
}

/** Opens websockets with the subprotocols `bokeh` and a token. */
export class WebSocketTransport implements Transport {
  readonly url: string;
  readonly #token: () => Promise<string>;
  readonly #headers: Headers;

  /** Creates a transport without opening a websocket. */
  constructor({ url, token, headers }: WebSocketTransportOptions) {
    this.url = url;
    this.#token = token;
    this.#headers = headers;
  }

  async open(listener: TransportListener): Promise<TransportSocket> {
    const { promise, resolve, reject } = Promise.withResolvers<TransportSocket>();
    const socket = new WebSocket(this.url, {
      protocols: [SUBPROTOCOL, await this.#token()],
      headers: { ...Object.fromEntries(this.#headers), [ACCEPTS_HEADER]: ACCEPTS_DEFINITIONS },
    });
    socket.binaryType = "arraybuffer";
    let isOpen = false;
    // after an error of its own, for example a frame above 64 MiB, Deno closes the socket with the
    // code 0 and no reason
    let failure = "";
    socket.onopen = () => {
      isOpen = true;
      resolve(portOf(socket));
    };
    socket.onmessage = ({ data }) => listener.receive(typeof data === "string" ? data : new Uint8Array(data));
    socket.onerror = (event) => {
      event.preventDefault();
      failure = event instanceof ErrorEvent ? event.message : "";
      if (!isOpen) reject(openingError(this.url, failure));
    };
    socket.onclose = ({ code, reason }) => {
      if (isOpen) listener.closed(code, reason || failure);
      else reject(openingError(this.url, reason));
    };
    return await promise;
  }
}

function portOf(socket: WebSocket): TransportSocket {
  return {
    send: (frame: Frame) => {
      // a socket that is closing cannot send; its close event reports the lost changes
      if (socket.readyState === WebSocket.OPEN) socket.send(typeof frame === "string" ? frame : Uint8Array.from(frame));
    },
    close: (code, reason) => socket.close(code, reason),
  };
}

/**
 * Returns the error of a websocket that did not open. Deno states the HTTP status only in the
 * error's text.
 */
function openingError(url: string, text: string): ClientError {
  const status = /status code: (\d{3})/.exec(text)?.[1];
  if (status === undefined) return new ClientError(`Cannot connect to ${url}: ${text || "no answer"}`, "unreachable");
  // statuses with which proxies report that the server behind them does not respond
  const code = ["502", "503", "504"].includes(status) ? "unreachable" : "refused";
  return new ClientError(`Cannot connect to ${url}: ${refusal(Number(status))}`, code, { status: Number(status) });
}

function refusal(status: number): string {
  switch (status) {
    case 400:
      return "server refused the websocket or its subprotocols (400)";
    case 401:
      return "server requires a login, or a token that has not expired (401)";
    case 403:
      return "server refused the origin or the token (403)";
    case 404:
      return "server has no application at this path (404)";
    default:
      return `server answered with status ${status}`;
  }
}
