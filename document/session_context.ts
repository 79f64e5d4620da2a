/**
 * What a document may know of the session that it is served by.
 *
 * @module
 */

import type { Document } from "./document.ts";
import type { SessionFiles } from "./session_files.ts";

/** The request that a session was opened for, as far as its token carries it. */
export interface SessionRequest {
  /** Each argument of the URL with all its values, as bytes. An object without a prototype. */
  readonly arguments: Readonly<Record<string, readonly Uint8Array[]>>;
  /** The headers, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The cookies by name. */
  readonly cookies: Readonly<Record<string, string>>;
  /** The user that an auth provider found. */
  readonly user?: unknown;
  /** Method: `GET` for all pages. */
  readonly method: string;
  /** URL of the page, without the session's id and token. Behind a proxy its scheme and host are those that the client used if `useXheaders` is set. */
  readonly url: string;
  /** Scheme of the URL: `http` or `https`. */
  readonly protocol: string;
  /** Host of the URL, with its port if it has one. */
  readonly host: string;
  /** Path of the URL. */
  readonly path: string;
  /** Path and query of the URL. */
  readonly uri: string;
  /** Address of the client. Behind a proxy it is that of the proxy unless `useXheaders` is set; undefined if it is not known, as on a unix socket. */
  readonly remoteAddress: string | undefined;
}

/** What all sessions of one application share. */
export interface ServerContext {
  /** The contexts of the living sessions. */
  readonly sessions: readonly SessionContext[];
  /** What followed `--args` on the command line. */
  readonly argv: readonly string[];
}

/** One session as its application sees it. */
export interface SessionContext {
  /** The session's id. */
  readonly id: string;
  /** The request that opened it, null where there was none. */
  readonly request: SessionRequest | null;
  /** What `processRequest` returned, carried by the token. */
  readonly tokenPayload: Readonly<Record<string, unknown>>;
  /** What is shared with the other sessions. */
  readonly serverContext: ServerContext;
  /** Where a visitor logs out, null without login. */
  readonly logoutUrl: string | null;
  /** Files that the visitor sends and gets by HTTP. */
  readonly files: SessionFiles;
  /** Whether the session has ended. */
  readonly destroyed: boolean;
  /** Runs a function alone with the document; what it changes reaches the clients together when it has ended. */
  withLockedDocument<T>(fn: (doc: Document) => T | Promise<T>): Promise<T>;
}
