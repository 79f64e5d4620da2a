/**
 * The request that opened a session.
 *
 * @module
 */

/** The request that opened a session, as carried by the session's token. */
export interface SessionRequest {
  /** The values of each argument of the URL, as bytes. An object without a prototype. */
  readonly arguments: Readonly<Record<string, readonly Uint8Array[]>>;
  /**
   * The variable parts of the application's path: `{ id: "42" }` for `/user/42` at `/user/:id`. Absent
   * if it has none.
   */
  readonly params?: Readonly<Record<string, string>> | undefined;
  /** The headers, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The cookies, by name. */
  readonly cookies: Readonly<Record<string, string>>;
  /** The user, as the auth provider returned it. */
  readonly user?: unknown;
  /** The method, which is `GET` for all pages. */
  readonly method: string;
  /**
   * The URL of the page, without the session's id and token. Behind a proxy, scheme and host are
   * those that the client used if `useXheaders` is set.
   */
  readonly url: string;
  /** The scheme of the URL: `http` or `https`. */
  readonly protocol: string;
  /** The host of the URL, with its port if the URL has one. */
  readonly host: string;
  /** The path of the URL. */
  readonly path: string;
  /** Path and query of the URL. */
  readonly uri: string;
  /**
   * The IP address of the client. Behind a proxy, it is the address of the proxy unless
   * `useXheaders` is set. Undefined if it is not known, for example on a unix socket.
   */
  readonly remoteAddress: string | undefined;
}
