import type { SessionRequest } from "../../document/session_request.ts";
import type { UnreachableOwner } from "../ownership/unreachable_owner.ts";
import type { OpeningToken } from "./token_digests.ts";

/** The client that opens or joins a session. */
export interface SessionClient {
  /** The user; undefined without a login. */
  user?: unknown;
  /** Text that identifies the user; undefined without a login. */
  userKey?: string | undefined;
  /**
   * Whether the client may only read. It joins live sessions of every user, and creates none.
   *
   * @default {false}
   */
  readOnly?: boolean | undefined;
}

/**
 * The client that opens or joins a session, with what the session needs if it has to be created.
 */
export interface SessionInfo extends SessionClient {
  /** Payload of the token. */
  payload?: Readonly<Record<string, unknown>> | undefined;
  /** The request, or a function that creates it when the application reads it. */
  request?: SessionRequest | (() => SessionRequest) | null | undefined;
  /** The token of a websocket. It cannot create its session again once that was destroyed. */
  token?: OpeningToken | undefined;
  /** Address of the client. */
  address?: string | undefined;
  /** Prefix of the server's paths in the client's URLs. @default {""} */
  prefix?: string | undefined;
  /** What is known of the session's owner, if this process has tried to reach it. */
  unreachable?: UnreachableOwner | undefined;
  /** Returns whether the client still waits for the session. @default {() => true} */
  isWaiting?: (() => boolean) | undefined;
}
