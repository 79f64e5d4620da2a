/**
 * Checks auth providers, and exports their types for the package.
 *
 * @module
 */

import { asksForUser, type AuthProvider, isAbsoluteUrl } from "../handlers/login/auth.ts";

export { asksForUser } from "../handlers/login/auth.ts";
export type { AuthContext, AuthProvider } from "../handlers/login/auth.ts";
export {
  type SignedCookieOptions,
  SignedCookies,
  type SignedCookiesOptions,
} from "../handlers/login/signed_cookies.ts";
export type { XsrfToken } from "../handlers/login/xsrf.ts";

const FUNCTIONS = [
  "getUser",
  "getUserAsync",
  "userId",
  "authorize",
  "getLoginUrl",
  "loginHandler",
  "logoutHandler",
] as const;

/**
 * Checks that the members of an auth provider fit together, so that mistakes show when the server
 * starts.
 *
 * @throws {TypeError} If a member has a wrong type, is missing, or excludes another.
 * @throws {RangeError} If `recheckMilliseconds` is not a number of at least 0.
 */
export function checkAuthProvider(provider: AuthProvider): void {
  for (const name of FUNCTIONS) {
    if (provider[name] !== undefined && typeof provider[name] !== "function") {
      throw new TypeError(`Cannot use the auth provider: ${name} is not a function`);
    }
  }
  if (provider.getUser !== undefined && provider.getUserAsync !== undefined) {
    throw new TypeError("Cannot use the auth provider: it has both getUser and getUserAsync");
  }
  if (provider.loginUrl != null && provider.getLoginUrl !== undefined) {
    throw new TypeError("Cannot use the auth provider: it has both loginUrl and getLoginUrl");
  }
  if (asksForUser(provider) && provider.loginUrl == null && provider.getLoginUrl === undefined) {
    throw new TypeError("Cannot use the auth provider: it identifies users, and has neither loginUrl nor getLoginUrl");
  }
  const { recheckMilliseconds: recheck = 0 } = provider;
  if (typeof recheck !== "number" || !(recheck >= 0)) {
    throw new RangeError(`Cannot use the auth provider: recheckMilliseconds is ${recheck}, not a number of at least 0`);
  }
  if (provider.loginHandler !== undefined && provider.loginUrl == null) {
    throw new TypeError("Cannot use the auth provider: it has a loginHandler and no loginUrl to reach it");
  }
  if (provider.logoutHandler !== undefined && provider.logoutUrl == null) {
    throw new TypeError("Cannot use the auth provider: it has a logoutHandler and no logoutUrl to reach it");
  }
  if (provider.loginUrl != null && isAbsoluteUrl(provider.loginUrl)) {
    throw new TypeError("Cannot use the auth provider: loginUrl is not a path of this server; use getLoginUrl");
  }
  if (provider.logoutHandler !== undefined && isAbsoluteUrl(provider.logoutUrl ?? "")) {
    throw new TypeError(
      "Cannot use the auth provider: it has a logoutHandler, and a logoutUrl that is not of this server",
    );
  }
}
