/**
 * The end of logins: closes their websockets and revokes their cookies.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { settlesWithin } from "../../common/settles_within.ts";
import type { Limits } from "../../common/limits.ts";
import type { ProtocolErrorCode } from "../../protocol/error.ts";
import { parseCookies } from "../http/request_filter.ts";

const logger = getLogger(["bokeh", "handlers"]);

/** Time that the auth provider may take to validate the login of an open websocket. */
const VALIDATION_MILLISECONDS = 5_000;
/** Number of websockets that the auth provider validates at the same time. */
const CONCURRENT_VALIDATIONS = 16;

/** The login of a request. */
export interface Login {
  /** Key that identifies the user. */
  readonly userKey: string;
  /** Header `Cookie` of the request. */
  readonly cookie: string;
  /** Time at which the auth provider identified the user, as `performance.now()`. */
  readonly validatedAt: number;
  /**
   * Asks the auth provider again whether the request comes from this user, and whether the user may
   * use the application.
   */
  isValid(): Promise<boolean>;
}

/** A login that has ended. */
export interface EndedLogin {
  /** Key that identifies the user; undefined if the request for the logout had no user. */
  readonly userKey: string | undefined;
  /** Cookies that the response to the logout removes, as `name=value`. */
  readonly cookies: readonly string[];
  /** Those of the cookies that the server has signed, and that are no longer valid. */
  readonly revoked: readonly string[];
}

/** An open websocket with its login. */
interface UserSocket {
  readonly login: Login;
  close(error: ProtocolErrorCode): void;
}

/** The open websockets of a process by user, and the cookies of logins that have ended. */
export class Logins {
  /** Signed cookies that are no longer valid. */
  readonly revoked: RevokedCookies = new RevokedCookies();
  readonly #sockets = new Map<string, Set<UserSocket>>();
  readonly #ended = new Map<string, number>();
  readonly #openingMilliseconds: number;

  /**
   * Creates a registry without websockets.
   *
   * @param limits How long a websocket can be opening: the end of its login is remembered as long.
   */
  constructor({ openingMilliseconds }: Pick<Limits, "openingMilliseconds">) {
    this.#openingMilliseconds = openingMilliseconds;
  }

  /**
   * Registers a websocket. It is closed when its login ends, or now if the login ended while the
   * websocket was being opened.
   *
   * @returns Function that unregisters the websocket, to call when it has closed.
   */
  add(login: Login, close: (error: ProtocolErrorCode) => void): () => void {
    const socket = { login, close };
    const sockets = this.#sockets.get(login.userKey) ?? new Set();
    this.#sockets.set(login.userKey, sockets.add(socket));
    if ((this.#ended.get(login.userKey) ?? -Infinity) >= login.validatedAt) close("login_changed");
    return () => {
      sockets.delete(socket);
      if (sockets.size === 0 && this.#sockets.get(login.userKey) === sockets) this.#sockets.delete(login.userKey);
    };
  }

  /**
   * Ends a login: revokes its cookies and closes all websockets of its user. Pages with other
   * logins of the user can connect again.
   */
  async end({ userKey, cookies, revoked }: EndedLogin): Promise<void> {
    for (const cookie of revoked) this.revoked.add(cookie);
    if (userKey === undefined) return;
    this.#remember(userKey);
    const closed = [...this.#sockets.get(userKey) ?? []].map(async ({ login, close }) => {
      const own = cookiesOf(login.cookie);
      const isSame = cookies.some((cookie) => own.has(cookie));
      close(!isSame && await isStillValid(login, false) ? "login_changed" : "logged_out");
    });
    await Promise.all(closed);
  }

  /**
   * Validates the login of each open websocket and closes those whose login has ended. If the auth
   * provider fails, they stay open.
   */
  async validateAll(): Promise<void> {
    const sockets = [...this.#sockets.values()].flatMap((ofUser) => [...ofUser]);
    for (let start = 0; start < sockets.length; start += CONCURRENT_VALIDATIONS) {
      await Promise.all(
        sockets.slice(start, start + CONCURRENT_VALIDATIONS).map(async ({ login, close }) => {
          if (!await isStillValid(login, true)) close("logged_out");
        }),
      );
    }
  }

  #remember(userKey: string): void {
    const now = performance.now();
    for (const [key, endedAt] of this.#ended) {
      if (endedAt < now - this.#openingMilliseconds) this.#ended.delete(key);
    }
    this.#ended.set(userKey, now);
  }
}

/** Returns the cookies of a header, as `name=value`. Of several with one name the last counts. */
function cookiesOf(header: string): Set<string> {
  return new Set(Object.entries(parseCookies(header)).map(([name, value]) => `${name}=${value}`));
}

/**
 * Asks the auth provider whether a login is valid. Returns `otherwise` if it fails or takes too
 * long.
 */
async function isStillValid(login: Login, otherwise: boolean): Promise<boolean> {
  let answer = otherwise;
  try {
    await settlesWithin(login.isValid().then((isValid) => answer = isValid), VALIDATION_MILLISECONDS);
  } catch (error) {
    logger.error("The auth provider failed to validate the login of an open websocket: {error}", { error });
  }
  return answer;
}

/**
 * Signed cookies that are no longer valid, although their signatures are valid and they have not
 * expired.
 */
export class RevokedCookies {
  readonly #expiries = new Map<string, number>();
  #longestSeconds = 31 * 24 * 3600;

  /** Revokes a cookie, written as `name=value`. */
  add(cookie: string): void {
    const now = Date.now();
    for (const [text, expiresAt] of this.#expiries) {
      // the map is in the order of revocation, so that the first that has not expired ends the
      // search
      if (expiresAt > now) break;
      this.#expiries.delete(text);
    }
    this.#expiries.set(cookie, now + this.#longestSeconds * 1000);
  }

  /**
   * Returns whether a cookie was revoked.
   *
   * @param maxAgeSeconds Time for which the caller accepts cookies. Revoked cookies are remembered
   * as long, up to 400 days, which browsers do not exceed.
   */
  has(cookie: string, maxAgeSeconds: number): boolean {
    this.#longestSeconds = Math.max(this.#longestSeconds, Math.min(maxAgeSeconds, 400 * 24 * 3600));
    return this.#expiries.has(cookie);
  }
}

/** Returns the cookies of a request, as `name=value`, that its response removes. */
export function removedCookies(request: Headers, response: Headers): string[] {
  const removed = new Set(response.getSetCookie().filter(isRemoval).map((text) => text.split("=")[0]!.trim()));
  return [...cookiesOf(request.get("cookie") ?? "")].filter((cookie) => removed.has(cookie.split("=", 1)[0]!));
}

function isRemoval(setCookie: string): boolean {
  const [, ...attributes] = setCookie.split(";").map((part) => part.trim());
  const { "max-age": age, expires } = parseCookies(attributes.join(";").toLowerCase());
  return age !== undefined ? Number(age) <= 0 : expires !== undefined && Date.parse(expires) <= Date.now();
}
