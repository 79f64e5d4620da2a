/**
 * The cookies of logins with OpenID Connect.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { type Clock, systemClock } from "../common/clock.ts";
import { errorMessage } from "../common/error_message.ts";
import type { AuthContext } from "../handlers/login/auth.ts";
import { decrypt, encrypt } from "../session/credentials/signature.ts";
import type { User } from "./user.ts";

/** A login, as tokens of a provider prove it. */
export interface Login {
  /** The user; undefined if a refresh returns no new claims. */
  readonly user: User | undefined;
  /** Token for the next refresh, if the provider has issued one. */
  readonly refreshToken: string | undefined;
  /** Time until the login must be refreshed, if the provider has stated it. */
  readonly expiresInSeconds: number | undefined;
}

/** Options of {@linkcode LoginCookies}. */
interface LoginCookiesOptions {
  readonly maxAgeSeconds: number;
  /** Encrypts the tokens for refreshes. Without it, logins are not refreshed. */
  readonly secret?: string;
  /** Refreshes a login with a token. Rejects if the login has ended at the provider. */
  readonly refresh: (token: string, subject: string) => Promise<Login>;
  /** @default The system's clock. */
  readonly clock?: Pick<Clock, "wallTime">;
}

/** A login as the cookie has it. */
interface StoredLogin {
  /** Id of the login, under which a process remembers refreshes. */
  readonly id: string;
  readonly user: User;
  /** Time at which the login must be refreshed, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** Time at which the login ends, in milliseconds since 1970. */
  readonly endsAt: number;
  /** Encrypted. */
  readonly refreshToken?: string;
}

/** The result of a refresh. */
interface Refresh {
  /** The login; undefined if it was not refreshed. */
  readonly login: StoredLogin | undefined;
  /** Time before which a failed refresh is not repeated, in milliseconds since 1970. */
  readonly retryAt: number;
}

const COOKIE = "login_oidc";
const FLOW_COOKIE = "login_flow";
/** Life of a login whose tokens state none. */
const DEFAULT_EXPIRY_SECONDS = 3600;
/** A refreshed login is not refreshed again before. */
const MIN_EXPIRY_SECONDS = 5;
/** Refreshed logins that are remembered. The oldest are forgotten, and refreshed from their cookie. */
const MAX_REFRESHED = 10_000;
/** How long a failed refresh is not repeated, in milliseconds. */
const RETRY_MILLISECONDS = 10_000;
const logger = getLogger(["bokeh", "auth"]);

/**
 * Keeps logins in signed cookies, so that all processes and later ones know them. A response to a
 * page cannot renew the cookie: refreshes are remembered in the process.
 */
export class LoginCookies {
  readonly #options: LoginCookiesOptions;
  readonly #refreshed = new Map<string, Promise<Refresh>>();
  readonly #clock: Pick<Clock, "wallTime">;

  /** Creates a store without refreshed logins. */
  constructor(options: LoginCookiesOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** Returns the cookies of a new login. */
  async write(context: AuthContext, { user, refreshToken, expiresInSeconds }: Login): Promise<string[]> {
    if (user === undefined) throw new Error("Cannot log in: the provider has returned no ID token");
    const { maxAgeSeconds } = this.#options;
    const now = this.#clock.wallTime();
    const id = crypto.randomUUID();
    const login: StoredLogin = {
      id,
      user,
      expiresAt: now + (expiresInSeconds ?? DEFAULT_EXPIRY_SECONDS) * 1000,
      endsAt: now + maxAgeSeconds * 1000,
      ...await this.#encrypted(refreshToken, id),
    };
    const options = { path: pathOf(context), maxAgeSeconds };
    try {
      return [await context.cookies.write(COOKIE, JSON.stringify(login), options)];
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      // a long token is worth less than the login
      const { refreshToken: _token, ...short } = login;
      logger.warn("A login is not refreshed: its cookie would be too long");
      return [await context.cookies.write(COOKIE, JSON.stringify(short), options)];
    }
  }

  /** Returns the login of a request; undefined if it has none, or if it has ended. */
  async read(request: Request, { cookies }: AuthContext): Promise<StoredLogin | undefined> {
    const text = await cookies.read(request, COOKIE, this.#options.maxAgeSeconds);
    if (text === undefined) return undefined;
    const login: StoredLogin = JSON.parse(text);
    return await this.#current(login);
  }

  /** Returns the cookies that end a login. */
  remove(context: AuthContext): string[] {
    return [context.cookies.remove(COOKIE, { path: pathOf(context) })];
  }

  /** Returns the cookie of a login in progress. */
  async writeFlow(context: AuthContext, flow: string, maxAgeSeconds: number): Promise<string> {
    return await context.cookies.write(FLOW_COOKIE, flow, { path: pathOf(context), maxAgeSeconds });
  }

  /** Returns the content of the cookie of a login in progress. */
  async readFlow(request: Request, { cookies }: AuthContext, maxAgeSeconds: number): Promise<string | undefined> {
    return await cookies.read(request, FLOW_COOKIE, maxAgeSeconds);
  }

  /** Returns the cookie that ends a login in progress. */
  removeFlow(context: AuthContext): string {
    return context.cookies.remove(FLOW_COOKIE, { path: pathOf(context) });
  }

  async #current(login: StoredLogin): Promise<StoredLogin | undefined> {
    for (;;) {
      const known = this.#refreshed.get(login.id);
      const { login: current, retryAt } = await known ?? { login, retryAt: 0 };
      const now = this.#clock.wallTime();
      if (now >= login.endsAt || current === undefined && now < retryAt) return undefined;
      if (current !== undefined && now < current.expiresAt) return current;
      // another request may have started a refresh in the meantime
      if (this.#refreshed.get(login.id) === known) this.#remember(login.id, this.#refresh(current ?? login));
    }
  }

  #remember(id: string, refresh: Promise<Refresh>): void {
    this.#refreshed.delete(id);
    this.#refreshed.set(id, refresh);
    if (this.#refreshed.size > MAX_REFRESHED) this.#refreshed.delete(this.#refreshed.keys().next().value!);
  }

  /** Refreshes a login once for all requests that need it. */
  async #refresh(login: StoredLogin): Promise<Refresh> {
    const refreshed = await this.#refreshedLogin(login);
    // after the refresh, which can take longer than the interval until the next one
    return { login: refreshed, retryAt: this.#clock.wallTime() + RETRY_MILLISECONDS };
  }

  async #refreshedLogin(login: StoredLogin): Promise<StoredLogin | undefined> {
    try {
      const token = await this.#decrypted(login);
      if (token === undefined) return undefined;
      const { user = login.user, refreshToken, expiresInSeconds } = await this.#options.refresh(token, login.user.id);
      return {
        ...login,
        user,
        expiresAt: this.#clock.wallTime() +
          Math.max(expiresInSeconds ?? DEFAULT_EXPIRY_SECONDS, MIN_EXPIRY_SECONDS) * 1000,
        ...(refreshToken === undefined ? {} : await this.#encrypted(refreshToken, login.id)),
      };
    } catch (error) {
      logger.warn("A login was not refreshed: {reason}", { reason: errorMessage(error) });
      return undefined;
    }
  }

  /** Encrypts a token for the cookie of a login. */
  async #encrypted(token: string | undefined, id: string): Promise<{ refreshToken?: string }> {
    const { secret } = this.#options;
    if (token === undefined || secret === undefined) return {};
    const sealed = await encrypt(new TextEncoder().encode(token), secret, "refresh token", id);
    return { refreshToken: sealed.toBase64() };
  }

  async #decrypted({ id, refreshToken }: StoredLogin): Promise<string | undefined> {
    const { secret } = this.#options;
    if (refreshToken === undefined || secret === undefined) return undefined;
    const bytes = await decrypt(Uint8Array.fromBase64(refreshToken), secret, "refresh token", id);
    if (bytes === undefined) throw new Error("Cannot decrypt the refresh token: the client secret has changed");
    return new TextDecoder().decode(bytes);
  }
}

function pathOf({ prefix }: AuthContext): string {
  return prefix || "/";
}
