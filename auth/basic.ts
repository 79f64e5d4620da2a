/**
 * A login with names and passwords.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { isRecord } from "../common/is_record.ts";
import type { AuthContext, AuthProvider } from "../handlers/login/auth.ts";
import { Attempts } from "../common/attempts.ts";
import { addressGroup } from "../session/limits/address_group.ts";
import { loginForm, type LoginPageOptions, MAX_LENGTH, pageResponse, redirectResponse } from "./login_page.ts";
import { checkPassword, parseHash } from "./passwords.ts";
import { safeNext } from "./safe_next.ts";
import { type AuthorizeOptions, authorizer, type User, userId } from "./user.ts";

/** A user of {@linkcode basic}. */
export interface BasicUser {
  /** Hash of the password, made by `hashPassword` or the command `password`. */
  readonly password: string;
  /** Name to show. @default the name with which the user logs in */
  readonly name?: string;
  /** Groups that the user belongs to. @default {[]} */
  readonly groups?: readonly string[];
}

/** Users by the name with which they log in: their hash, or their hash with more. */
export type BasicUsers = Readonly<Record<string, string | BasicUser>>;

/** Options of {@linkcode basic}. */
export interface BasicOptions extends AuthorizeOptions {
  /**
   * The users, or a function that returns them, for example from a file. It is called for each
   * request: a user who is no longer among them, or has another password, is logged out.
   */
  users: BasicUsers | (() => BasicUsers);
  /** How the login page looks. */
  page?: LoginPageOptions;
  /** How long a login is valid, in seconds. @default {12 * 3600} */
  maxAgeSeconds?: number;
}

const COOKIE = "login_basic";
/** Wrong passwords for one name from one address that cause no delay. */
const FREE_ATTEMPTS_BY_NAME = 5;
/** Failed logins from one address that cause no delay. A company may have one address. */
const FREE_ATTEMPTS_BY_ADDRESS = 50;
const WRONG = "The name or the password is wrong.";
/** A hash that belongs to no known password: unknown names take as long as known ones. */
const DUMMY = `$scrypt$ln=15,r=8,p=3$${"A".repeat(22)}$${"A".repeat(43)}`;
const logger = getLogger(["bokeh", "auth"]);

/**
 * Returns an auth provider that asks for name and password. The server needs a cookie secret, and
 * in production HTTPS.
 *
 * After five wrong passwords for a name from an address, further attempts are delayed, up to 15
 * minutes.
 *
 * @throws {TypeError} If the hash of a user is not one of `hashPassword`.
 */
export function basic(options: BasicOptions): AuthProvider {
  const { page = {}, maxAgeSeconds = 12 * 3600 } = options;
  const usersOf = typeof options.users === "function" ? options.users : () => options.users as BasicUsers;
  const atStart = usersOf();
  for (const name of Object.keys(atStart)) parseHash(find(atStart, name)!.password);
  const byName = new Attempts(FREE_ATTEMPTS_BY_NAME);
  const byAddress = new Attempts(FREE_ATTEMPTS_BY_ADDRESS);

  async function form(context: AuthContext, status: number, name?: string, problem?: string): Promise<Response> {
    const { token, cookie } = await context.xsrfToken();
    return pageResponse(loginForm(page, { xsrf: token, name: name ?? "", problem }), status, [cookie]);
  }

  async function logIn(request: Request, context: AuthContext): Promise<Response> {
    if (isForeign(request, context)) return await form(context, 403, "", "Log in on the page of this site.");
    const fields = await formOf(request);
    if (fields === undefined) return await form(context, 400, "", "The form is incomplete.");
    const name = String(fields.get("name") ?? "");
    const password = String(fields.get("password") ?? "");
    // the name is kept with its failed attempts: a client must not fill the memory with long ones
    if (name.length > MAX_LENGTH.name || password.length > MAX_LENGTH.password) {
      return await form(context, 400, "", "The name or the password is too long.");
    }
    // of the name and the address together, so that attempts of others do not lock a user out
    const address = addressGroup(context.remoteAddress ?? "");
    const key = `${address} ${name}`;
    const delay = Math.max(byName.delay(key), byAddress.delay(address));
    if (delay > 0) {
      const response = await form(context, 429, name, `Too many attempts. Try again in ${Math.ceil(delay / 1000)} s.`);
      response.headers.set("retry-after", String(Math.ceil(delay / 1000)));
      return response;
    }
    const user = find(usersOf(), name);
    // recorded first, so that attempts at the same time are counted before their passwords are checked
    byName.fail(key);
    byAddress.fail(address);
    const isRight = await checkPassword(password, user?.password ?? DUMMY);
    if (isRight === undefined) {
      byName.revert(key);
      byAddress.revert(address);
      return await form(context, 503, name, "The server is busy. Try again.");
    }
    if (!isRight || user === undefined) {
      logger.warn("A login failed: {address}", { address: context.remoteAddress });
      return await form(context, 403, name, WRONG);
    }
    byName.succeed(key);
    byAddress.revert(address);
    const login = JSON.stringify([name, await fingerprint(user.password)]);
    const { url, prefix, cookies } = context;
    const cookie = await cookies.write(COOKIE, login, { path: prefix || "/", maxAgeSeconds });
    return redirectResponse(safeNext(url, prefix), [cookie]);
  }

  return {
    loginUrl: "/login",
    logoutUrl: "/logout",
    recheckMilliseconds: 60_000,
    userId,
    authorize: authorizer(options),
    async getUserAsync(request, { cookies }) {
      const login = await cookies.read(request, COOKIE, maxAgeSeconds);
      if (login === undefined) return null;
      const [name, print] = JSON.parse(login) as [string, string];
      const user = find(usersOf(), name);
      if (user === undefined || await fingerprint(user.password) !== print) return null;
      return { id: name, name: user.name ?? name, groups: user.groups ?? [] } satisfies User;
    },
    async loginHandler(request, context) {
      return request.method === "POST" ? await logIn(request, context) : await form(context, 200);
    },
    logoutHandler(_request, { prefix, cookies }) {
      return redirectResponse(`${prefix}/login`, [cookies.remove(COOKIE, { path: prefix || "/" })]);
    },
  };
}

/** Returns a user, undefined if there is none with this name. */
function find(users: BasicUsers, name: string): BasicUser | undefined {
  const user: unknown = Object.hasOwn(users, name) ? users[name] : undefined;
  if (typeof user === "string") return { password: user };
  if (user === undefined) return undefined;
  if (isRecord(user) && typeof user.password === "string") return user as unknown as BasicUser;
  throw new TypeError("Cannot read the users: each must be the hash of a password, or an object with one");
}

/** Returns whether a form was sent by a page of another site. */
function isForeign({ headers }: Request, { url }: AuthContext): boolean {
  const origin = headers.get("origin");
  return origin !== null && origin !== url.origin || headers.get("sec-fetch-site") === "cross-site";
}

/** Returns a short digest of a hash. With another password, the cookies of earlier logins end. */
async function fingerprint(hash: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`login ${hash}`));
  return new Uint8Array(digest).slice(0, 9).toBase64();
}

/** Returns the fields of a form; undefined if it is malformed. Other errors, as of a body that is too long, are thrown. */
async function formOf(request: Request): Promise<FormData | undefined> {
  try {
    return await request.formData();
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
