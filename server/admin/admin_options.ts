/**
 * The option `admin` of servers.
 *
 * @module
 */

import type { AdminLogLevel } from "../../admin/admin_source.ts";
import { trimTrailingSlashes } from "../../common/trim_slashes.ts";
import { asksForUser, type AuthProvider } from "../auth.ts";

/** Minimum length of {@linkcode AdminOptions.token}, in characters. */
const MIN_TOKEN_LENGTH = 16;

/** The level of a program's log, which the admin page shows and sets. */
export interface AdminLogControl {
  /** Lowest level that is logged; undefined if nothing is. */
  level: AdminLogLevel | undefined;
}

/** Options of the admin page: see `docs/admin.md`. Exactly one of `authorize` and `token` is needed. */
export interface AdminOptions {
  /** Path of the page below the prefix, for example `/admin`. No other application may have it. */
  readonly path: string;
  /**
   * Returns whether a user may open the page, and act on it. The function `authorize` of the auth provider does not
   * apply to the page. Needs an auth provider that identifies users.
   */
  authorize?(user: unknown): boolean | Promise<boolean>;
  /**
   * Secret with which the page can be opened on a server without users: browsers ask for it as the password, with any
   * user name. At least 16 characters.
   */
  readonly token?: string;
  /** Level of the program's log. Without it, the page cannot change the level. */
  readonly log?: AdminLogControl | undefined;
}

/**
 * Returns the option with its path in normal form.
 *
 * @throws {TypeError} If any client could open the page, or its path is not valid.
 */
export function resolveAdmin(admin: AdminOptions, provider: AuthProvider | undefined): AdminOptions {
  const path = trimTrailingSlashes(admin.path);
  if (!/^(\/[\w.~-]+)+$/.test(path)) {
    throw new TypeError(
      `Cannot serve the admin page at ${JSON.stringify(admin.path)}: write a path with a leading slash, such as /admin`,
    );
  }
  const { authorize, token } = admin;
  if (asksForUser(provider)) {
    if (token !== undefined) {
      throw new TypeError("Cannot use a token for the admin page: the server has a login, so that authorize decides");
    }
    if (typeof authorize !== "function") {
      throw new TypeError("Cannot serve the admin page: admin.authorize must decide which users may open it");
    }
  } else {
    if (authorize !== undefined) {
      throw new TypeError("Cannot use admin.authorize: the server has no auth provider that identifies users");
    }
    if (typeof token !== "string" || token.length < MIN_TOKEN_LENGTH) {
      throw new TypeError(
        `Cannot serve the admin page: the server has no login; configure one, or a token of at least ${MIN_TOKEN_LENGTH} characters`,
      );
    }
  }
  return {
    path,
    ...(authorize === undefined ? {} : { authorize: (user) => authorize.call(admin, user) }),
    ...(token === undefined ? {} : { token }),
    log: admin.log,
  };
}
