/**
 * Where a session is, and what lets a client in.
 *
 * @module
 */

import { trimSlashes } from "../common/trim_slashes.ts";
import { generateSessionId } from "../session/credentials/session_id.ts";
import { checkToken, generateToken } from "../session/credentials/token.ts";
import { ClientError } from "./client_error.ts";
import { WebSocketTransport } from "./websocket_transport.ts";

/** Where a session is, and what lets a client in. */
export interface SessionAddress {
  /**
   * Address of the server, or of the application.
   *
   * @default {"http://localhost:5006"}
   */
  url?: string | URL | undefined;
  /** Path of the application, below the address. */
  app?: string | undefined;
  /** Id of the session. Without one, a new one is made that nobody can guess. */
  sessionId?: string | undefined;
  /** Token that a page of the server gave, in place of an id. */
  token?: string | undefined;
  /** Key of the server's signatures, for one that signs its sessions. */
  secretKey?: string | Uint8Array | undefined;
  /** Headers of the request that opens the websocket: `Origin`, `Cookie`, `Authorization` and the like. */
  headers?: HeadersInit | undefined;
  /** Arguments of the request, which the application finds in its session's request. */
  arguments?: Readonly<Record<string, string | readonly string[]>> | undefined;
}

/** The id of the session and the way to it. */
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

/** Address of the websocket. */
function websocketUrl({ url = "http://localhost:5006", app = "", arguments: args = {} }: SessionAddress): string {
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

/** The id that a token names; whether it is genuine is for the server to tell. */
async function idOf(token: string): Promise<string> {
  const check = await checkToken(token);
  if (!check.ok && check.reason !== "expired") {
    throw new ClientError("Cannot use the token: it is malformed", "refused");
  }
  return check.sessionId;
}
