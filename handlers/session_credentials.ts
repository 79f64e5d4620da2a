/**
 * The credentials of a request for a session, verified by the router before it calls a handler.
 *
 * @module
 */

import type { SessionClient, SessionInfo } from "../session/registry/session_info.ts";
import type { OpeningToken } from "../session/registry/token_digests.ts";
import type { TokenPayload } from "../session/credentials/token_payload.ts";

/** The session that a request may open or join, and with which rights. */
export interface SessionCredentials extends SessionClient {
  /** Id of the session. */
  readonly sessionId: string;
  /** User that the auth provider returned; undefined without a login. */
  readonly user: unknown;
  /** Key that identifies the user; undefined without a login. */
  readonly userKey: string | undefined;
  /** Whether the token permits its client to read the session but not to change it. */
  readonly readOnly: boolean;
  /** IP address of the client, if known. */
  readonly address: string | undefined;
}

/** Credentials of a request for a page, or for the script that embeds an application in one. */
export interface PageCredentials extends SessionCredentials {
  /** Token with which the page opens its websocket. */
  readonly token: string;
  /**
   * Content of the token, or of the expired token with which the page returns: then it is empty.
   */
  readonly payload: TokenPayload;
  /** Returns the request as the application sees it. */
  readonly request: Exclude<SessionInfo["request"], null | undefined>;
  /** See {@linkcode SessionInfo.unreachable}. */
  readonly unreachable?: SessionInfo["unreachable"];
}

/** Credentials of a websocket. */
export interface SocketCredentials extends SessionCredentials {
  /** The token; undefined if it has expired, so that it can only join a session that exists. */
  readonly token: OpeningToken | undefined;
  /** What a new session is created with; undefined if the session exists. */
  readonly newSession: Pick<SessionInfo, "payload" | "request" | "prefix"> | undefined;
}
