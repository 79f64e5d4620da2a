/**
 * The way to a server by a websocket.
 *
 * @module
 */

import { ACCEPTS_DEFINITIONS, ACCEPTS_HEADER, SUBPROTOCOL } from "../protocol/handshake.ts";
import type { Frame } from "../protocol/message.ts";
import { ClientError } from "./client_error.ts";
import type { Transport, TransportListener, TransportSocket } from "./transport.ts";

/** Options of {@linkcode WebSocketTransport}. */
export interface WebSocketTransportOptions {
  /** Address of the websocket. */
  url: string;
  /** Makes the token for the next opening. */
  token: () => Promise<string>;
  /** Headers of the request. */
  headers: Headers;
}

/** Opens websockets with the subprotocols `bokeh` and a token. */
export class WebSocketTransport implements Transport {
  readonly url: string;
  readonly #token: () => Promise<string>;
  readonly #headers: Headers;

  /** Does not open anything yet. */
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
    // Deno closes a socket by an error of its own, for example a frame above 64 MiB, with the code 0 and without a reason
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
      // what is sent to a socket that is closing is lost, and the close event says so
      if (socket.readyState === WebSocket.OPEN) socket.send(typeof frame === "string" ? frame : Uint8Array.from(frame));
    },
    close: (code, reason) => socket.close(code, reason),
  };
}

/** Why a websocket did not open: a status of HTTP shows in the text of the error only. */
function openingError(url: string, text: string): ClientError {
  const status = /status code: (\d{3})/.exec(text)?.[1];
  if (status === undefined) return new ClientError(`Cannot connect to ${url}: ${text || "no answer"}`, "unreachable");
  // a proxy whose server is away says so
  const code = ["502", "503", "504"].includes(status) ? "unreachable" : "refused";
  return new ClientError(`Cannot connect to ${url}: ${refusal(Number(status))}`, code, { status: Number(status) });
}

function refusal(status: number): string {
  switch (status) {
    case 400:
      return "server refused the websocket or its subprotocols (400)";
    case 401:
      return "server wants a login or a token that has not expired (401)";
    case 403:
      return "server refused the origin or the token (403)";
    case 404:
      return "server has no application at this path (404)";
    default:
      return `server answered with status ${status}`;
  }
}
