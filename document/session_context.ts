/**
 * Sessions and servers, as applications see them.
 *
 * The types have the document's type as a parameter, because `document.ts` refers to them.
 *
 * @module
 */

import type { SessionFiles } from "./session_files.ts";
import type { SessionRequest } from "./session_request.ts";

/** What all sessions of one application share. */
export interface ServerContextOf<D> {
  /** The contexts of the sessions that exist now. */
  readonly sessions: readonly SessionContextOf<D>[];
  /** The arguments that followed `--args` on the command line. */
  readonly argv: readonly string[];
}

/** A session, as its application sees it. */
export interface SessionContextOf<D> {
  /** The id of the session. */
  readonly id: string;
  /** The request that opened the session, null if there was none. */
  readonly request: SessionRequest | null;
  /** What `processRequest` returned, as carried by the session's token. */
  readonly tokenPayload: Readonly<Record<string, unknown>>;
  /** What this session shares with the other sessions of the application. */
  readonly serverContext: ServerContextOf<D>;
  /** Path of the page that logs the user out, null without an auth provider. */
  readonly logoutUrl: string | null;
  /** Uploads and downloads over HTTP. */
  readonly files: SessionFiles;
  /** Whether the session was destroyed. */
  readonly destroyed: boolean;
  /**
   * Whether the session was resumed from a session store, for example after a restart of the
   * server.
   */
  readonly resumed: boolean;
  /**
   * Runs a function while it holds the document's lock. Its changes are sent to clients together,
   * when it has ended.
   *
   * @param fn The function, which may be async.
   * @returns What the function returned.
   * @throws {Error} If the session was destroyed.
   */
  withLockedDocument<T>(fn: (doc: D) => T | Promise<T>): Promise<T>;
}
