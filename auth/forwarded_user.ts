/**
 * A login by a proxy.
 *
 * @module
 */

import { BlockList, isIP } from "node:net";
import type { AuthProvider } from "../handlers/login/auth.ts";
import { loginMessage, type LoginPageOptions, pageResponse } from "./login_page.ts";
import { type AuthorizeOptions, authorizer, groupsOf, userId } from "./user.ts";

/** Options of {@linkcode forwardedUser}. */
export interface ForwardedUserOptions extends AuthorizeOptions {
  /** Header with the user's name. The proxy must remove it from the requests of clients. */
  header: string;
  /**
   * Addresses of the proxies: IP addresses, networks such as `10.0.0.0/8`, or `unix` for connections
   * to a unix socket. The header is ignored in requests from other addresses.
   */
  trustedProxies: readonly string[];
  /** Header with the user's groups, separated by commas. */
  groupsHeader?: string;
  /** Header with the user's mail address. */
  emailHeader?: string;
  /** URL of the proxy's login page. Without it, requests without a user get an explanation. */
  loginUrl?: string;
  /** URL of the proxy's logout page. */
  logoutUrl?: string;
  /** How the page of the explanation looks. */
  page?: LoginPageOptions;
}

const LOGIN_PATH = "/login";

/**
 * Returns an auth provider for proxies that authenticate, such as oauth2-proxy, Authelia or Apache
 * with Kerberos. The user is the text of a header.
 *
 * @throws {TypeError} If no proxy is trusted, or an address is invalid.
 */
export function forwardedUser(options: ForwardedUserOptions): AuthProvider {
  const { header, groupsHeader, emailHeader, loginUrl, logoutUrl, page = { title: "Not logged in" } } = options;
  const isTrusted = addressList(options.trustedProxies);
  const own: Partial<AuthProvider> = {
    loginUrl: LOGIN_PATH,
    loginHandler: () =>
      pageResponse(loginMessage(page, "The proxy in front of this server has not identified you."), 403),
  };
  return {
    ...(loginUrl === undefined ? own : { getLoginUrl: () => loginUrl }),
    ...(logoutUrl === undefined ? {} : { logoutUrl }),
    userId,
    authorize: authorizer(options),
    getUser({ headers }, { peerAddress }) {
      const name = headers.get(header)?.trim();
      if (!name || !isTrusted(peerAddress)) return null;
      const email = emailHeader === undefined ? undefined : headers.get(emailHeader) ?? undefined;
      const groups = groupsHeader === undefined ? [] : groupsOf(headers.get(groupsHeader));
      return { id: name, name, groups, ...(email === undefined ? {} : { email }) };
    },
  };
}

/** Returns a function that returns whether an address is in a list. An undefined address is a unix socket. */
function addressList(addresses: readonly string[]): (address: string | undefined) => boolean {
  if (addresses.length === 0) throw new TypeError("Cannot trust a proxy: trustedProxies is empty");
  const list = new BlockList();
  for (const address of addresses) {
    if (address !== "unix") add(list, address);
  }
  const trustsUnix = addresses.includes("unix");
  return (address) => {
    if (address === undefined) return trustsUnix;
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
    const version = isIP(plain);
    return version !== 0 && list.check(plain, version === 4 ? "ipv4" : "ipv6");
  };
}

function add(list: BlockList, text: string): void {
  const [address = "", bits, ...rest] = text.split("/");
  const version = isIP(address);
  const longest = version === 4 ? 32 : 128;
  const length = bits === undefined ? longest : Number(bits);
  if (version === 0 || rest.length > 0 || bits === "" || !Number.isInteger(length) || length < 0 || length > longest) {
    throw new TypeError(
      `Cannot trust the proxy ${text}: it must be an IP address, a network such as 10.0.0.0/8, or unix`,
    );
  }
  list.addSubnet(address, length, version === 4 ? "ipv4" : "ipv6");
}
