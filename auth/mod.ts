/**
 * Logins: with OpenID Connect, with names and passwords, and by a proxy.
 *
 * The program has the options `--oidc-issuer`, `--basic-auth` and `--forwarded-user` for them.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { serveBokeh } from "@bokeh/server";
 * import { basic, hashPassword } from "@bokeh/server/auth";
 *
 * const users = { ada: await hashPassword("a long password") };
 * await using server = await serveBokeh(() => {}, {
 *   port: 0,
 *   authProvider: basic({ users }),
 *   cookieSecret: "the output of the command secret",
 * });
 * const response = await fetch(server.url);
 * assertEquals(new URL(response.url).pathname, "/login");
 * await response.body?.cancel();
 * ```
 *
 * @module
 */

export { basic, type BasicOptions, type BasicUser, type BasicUsers } from "./basic.ts";
export { forwardedUser, type ForwardedUserOptions } from "./forwarded_user.ts";
export type { LoginPageOptions } from "./login_page.ts";
export { oidc, type OidcOptions } from "./oidc.ts";
export { hashPassword } from "./passwords.ts";
export type { AuthorizeOptions, User } from "./user.ts";
