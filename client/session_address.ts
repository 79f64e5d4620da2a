/**
 * Addresses of sessions, with the credentials of a client.
 *
 * @module
 */

import { trimSlashes } from "../common/trim_slashes.ts";
import { generateSessionId } from "../session/credentials/session_id.ts";
import { checkToken, generateToken } from "../session/credentials/token.ts";
import { ClientError } from "./client_error.ts";
import { WebSocketTransport } from "./websocket_transport.ts";

/** The address of a session, with the credentials and the request data of the client. */
export interface SessionAddress {
  /**
   * URL of the server or of the application.
   *
   * @default {"http://localhost:5006"}
   */
  url?: string | URL | undefined;
  /**
   * Path of the application below `url`.
   *
   * @default {"/"}
   */
  app?: string | undefined;
  /** Id of the session. By default a new session with a random id is created. */
  sessionId?: string | undefined;
  /** Token from a page of the server. Cannot be combined with `sessionId`. */
  token?: string | undefined;
  /**
   * The server's secret key. Required if the server signs session ids (`signSessions`), unless
   * `token` is given.
   */
  secretKey?: string | Uint8Array | undefined;
  /**
   * Headers of the request that opens the websocket, for example `Origin`, `Cookie` or
   * `Authorization`.
   */
  headers?: HeadersInit | undefined;
  /** Query arguments of the request. The application reads them from its session's request. */
  arguments?: Readonly<Record<string, string | readonly string[]>> | undefined;
}

/**
 * Returns the id of a session and a transport to it.
 *
 * @throws {TypeError} If both `sessionId` and `token` are given, or if the URL is neither HTTP nor
 * HTTPS.
 * @throws {ClientError} With the code `refused` if the token is malformed.
 */
export async function openAddress(address: SessionAddress): Promise<{ id: string; transport: WebSocketTransport }> {
  const { sessionId, token, secretKey, headers } = address;
  if (sessionId !== undefined && token !== undefined) {
    throw new TypeError("Cannot choose a session: both sessionId and token were given");
  }
  const signing = { secretKey, signed: secretKey !== undefined };
  const id = token === undefined ? sessionId ?? await generateSessionId(signing) : await idOf(token);
  return {
    id,
    transport: new WebSocketTransport({
      url: websocketUrl(address),
      token: async () => token ?? await generateToken(id, signing),
      headers: new Headers(headers),
    }),
  };
}

/**
 * Returns the URL of the websocket.
 *
 * @throws {TypeError} If the URL is neither HTTP nor HTTPS.
 */
export function websocketUrl(
  { url = "http://localhost:5006", app = "", arguments: args = {} }: Pick<SessionAddress, "url" | "app" | "arguments">,
): string {
  const result = new URL(url);
  if (!/^(http|ws)s?:$/.test(result.protocol)) {
    throw new TypeError(`Cannot connect to ${result.href}: not http or https`);
  }
  result.protocol = result.protocol.replace("http", "ws");
  const path = [result.pathname, app, "ws"].map(trimSlashes).filter((part) => part !== "");
  result.pathname = `/${path.join("/")}`;
  for (const [name, values] of Object.entries(args)) {
    for (const value of [values].flat()) result.searchParams.append(name, value);
  }
  return result.href;
}

/**
 * Returns the session id in a token. The token's signature is not verified here but by the server.
 */
async function idOf(token: string): Promise<string> {
  // the payload is not needed, and with a login it is encrypted
  const check = await checkToken(token, { needsPayload: () => false });
  if (!check.ok && check.reason !== "expired") {
    throw new ClientError("Cannot use the token: it is malformed", "refused");
  }
  return check.sessionId;
}
