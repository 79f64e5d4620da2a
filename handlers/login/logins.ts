/**
 * The end of logins: closes their websockets and revokes their cookies.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { settlesWithin } from "../../common/settles_within.ts";
import type { ProtocolErrorCode } from "../../protocol/error.ts";
import { parseCookies } from "../http/request_filter.ts";

const logger = getLogger(["bokeh", "handlers"]);

/** How long the auth provider may take to judge an open websocket when a login of its user ends. */
const JUDGING_MILLISECONDS = 5_000;
/** Websockets that the auth provider judges at the same time. */
const AT_ONCE = 16;
/** How long it is remembered that a user's logins ended, for websockets that were being opened. */
const OPENING_MILLISECONDS = 120_000;

/** The login that a request came with. */
export interface Login {
  /** Text that tells its user from others. */
  readonly userKey: string;
  /** The header `Cookie`. */
  readonly cookie: string;
  /** When the auth provider was asked, as `performance.now()`. */
  readonly judgedAt: number;
  /** Asks the auth provider once more whether the request comes from this user, who may use the application. */
  isValid(): Promise<boolean>;
}

/** A login that has ended. */
export interface EndedLogin {
  /** Text that tells its user from others; undefined if the request that ended it had no user any more. */
  readonly userKey: string | undefined;
  /** Cookies that the logout removed, as `name=value`. */
  readonly cookies: readonly string[];
  /** Those of them that the server has signed. They are not valid any more. */
  readonly revoked: readonly string[];
}

/** An open websocket with its login. */
interface UserSocket {
  readonly login: Login;
  close(error: ProtocolErrorCode): void;
}

/** The websockets of the users of a server, and the cookies of logins that have ended. */
export class Logins {
  /** Signed cookies that were removed. */
  readonly revoked: RevokedCookies = new RevokedCookies();
  readonly #sockets = new Map<string, Set<UserSocket>>();
  readonly #ended = new Map<string, number>();

  /**
   * Closes a websocket when its login ends: now, if that happened while it was being opened.
   *
   * @returns To be called when the websocket has closed.
   */
  add(login: Login, close: (error: ProtocolErrorCode) => void): () => void {
    const socket = { login, close };
    const sockets = this.#sockets.get(login.userKey) ?? new Set();
    this.#sockets.set(login.userKey, sockets.add(socket));
    if ((this.#ended.get(login.userKey) ?? -Infinity) >= login.judgedAt) close("login_changed");
    return () => {
      sockets.delete(socket);
      if (sockets.size === 0 && this.#sockets.get(login.userKey) === sockets) this.#sockets.delete(login.userKey);
    };
  }

  /**
   * Ends a login: revokes its cookies, and closes all websockets of its user. Those with other logins of the user can connect
   * again.
   */
  async end({ userKey, cookies, revoked }: EndedLogin): Promise<void> {
    for (const cookie of revoked) this.revoked.add(cookie);
    if (userKey === undefined) return;
    this.#remember(userKey);
    const judged = [...this.#sockets.get(userKey) ?? []].map(async ({ login, close }) => {
      const own = cookiesOf(login.cookie);
      const isSame = cookies.some((cookie) => own.has(cookie));
      close(!isSame && await isStillValid(login, false) ? "login_changed" : "logged_out");
    });
    await Promise.all(judged);
  }

  /** Asks the auth provider about each open websocket, and closes those whose login has ended. If it fails, they stay open. */
  async judgeAll(): Promise<void> {
    const sockets = [...this.#sockets.values()].flatMap((ofUser) => [...ofUser]);
    for (let start = 0; start < sockets.length; start += AT_ONCE) {
      await Promise.all(
        sockets.slice(start, start + AT_ONCE).map(async ({ login, close }) => {
          if (!await isStillValid(login, true)) close("logged_out");
        }),
      );
    }
  }

  #remember(userKey: string): void {
    const now = performance.now();
    for (const [key, endedAt] of this.#ended) {
      if (endedAt < now - OPENING_MILLISECONDS) this.#ended.delete(key);
    }
    this.#ended.set(userKey, now);
  }
}

/** Returns the cookies of a header, as `name=value`: of several with one name the one that counts. */
function cookiesOf(header: string): Set<string> {
  return new Set(Object.entries(parseCookies(header)).map(([name, value]) => `${name}=${value}`));
}

/** Asks the auth provider, for a limited time. */
async function isStillValid(login: Login, otherwise: boolean): Promise<boolean> {
  let answer = otherwise;
  try {
    await settlesWithin(login.isValid().then((isValid) => answer = isValid), JUDGING_MILLISECONDS);
  } catch (error) {
    logger.error("The auth provider failed to judge an open websocket: {error}", { error });
  }
  return answer;
}

/** Signed cookies that are not valid any more, although their signatures are right and they have not expired. */
export class RevokedCookies {
  readonly #expiries = new Map<string, number>();
  #longestSeconds = 31 * 24 * 3600;

  /** Revokes a cookie, `name=value`. */
  add(cookie: string): void {
    const now = Date.now();
    for (const [text, expiresAt] of this.#expiries) {
      // in the order in which they were revoked
      if (expiresAt > now) break;
      this.#expiries.delete(text);
    }
    this.#expiries.set(cookie, now + this.#longestSeconds * 1000);
  }

  /**
   * Returns whether a cookie was revoked.
   *
   * @param maxAgeSeconds How long its reader takes cookies to be valid: revoked ones are remembered as long.
   */
  has(cookie: string, maxAgeSeconds: number): boolean {
    this.#longestSeconds = Math.max(this.#longestSeconds, Math.min(maxAgeSeconds, 400 * 24 * 3600));
    return this.#expiries.has(cookie);
  }
}

/** Returns the cookies of a request, as `name=value`, that its answer removes. */
export function removedCookies(request: Headers, answer: Headers): string[] {
  const removed = new Set(answer.getSetCookie().filter(isRemoval).map((text) => text.split("=")[0]!.trim()));
  return [...cookiesOf(request.get("cookie") ?? "")].filter((cookie) => removed.has(cookie.split("=", 1)[0]!));
}

function isRemoval(setCookie: string): boolean {
  const [, ...attributes] = setCookie.split(";").map((part) => part.trim());
  const { "max-age": age, expires } = parseCookies(attributes.join(";").toLowerCase());
  return age !== undefined ? Number(age) <= 0 : expires !== undefined && Date.parse(expires) <= Date.now();
}
