/**
 * A login with OpenID Connect.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import * as client from "openid-client";
import type { AuthContext, AuthProvider } from "../handlers/login/auth.ts";
import { errorMessage } from "../common/error_message.ts";
import { loginMessage, type LoginPageOptions, pageResponse, redirectResponse } from "./login_page.ts";
import { type Login, LoginCookies } from "./login_cookies.ts";
import { Provider } from "./provider.ts";
import { safeNext } from "./safe_next.ts";
import { type AuthorizeOptions, authorizer, groupsOf, type User, userId } from "./user.ts";

/** Options of {@linkcode oidc}. */
export interface OidcOptions extends AuthorizeOptions {
  /** URL of the provider. Its configuration is read from `/.well-known/openid-configuration`. */
  issuer: string | URL;
  /** Id of this server at the provider. */
  clientId: string;
  /** Secret of this server at the provider. Without one, logins are not refreshed. */
  clientSecret?: string;
  /**
   * Scopes to request. With `offline_access`, most providers issue tokens with which logins are
   * refreshed.
   *
   * @default {"openid profile email"}
   */
  scope?: string;
  /** Claim with the user's groups: a list, or a text with commas. @default {"groups"} */
  groupsClaim?: string;
  /**
   * Longest time of a login, in seconds. The provider may end it earlier: a login without a refresh
   * ends with its tokens.
   *
   * @default {12 * 3600}
   */
  maxAgeSeconds?: number;
  /** URL to which the provider redirects users after their logout. @default {the index page} */
  afterLogout?: string;
  /** Further parameters of the request for a login, such as `{ prompt: "select_account" }`. */
  parameters?: Readonly<Record<string, string>>;
  /** How the pages of errors look. */
  page?: LoginPageOptions;
}

const LOGIN_PATH = "/login";
const FLOW_SECONDS = 600;
const logger = getLogger(["bokeh", "auth"]);

/** A login in progress, as its cookie contains it. */
interface Flow {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  readonly next: string;
}

/**
 * Returns an auth provider for OpenID Connect, with the authorization code flow, PKCE, state and
 * nonce. The server needs a cookie secret. Register its URL of `/login` as the redirect URI.
 *
 * Applications read the user, with its groups, from `doc.session_context.request.user`. When a login
 * has expired at the provider, it is refreshed, also while a websocket is open. If that fails, the
 * websockets are closed with 4401, and the page offers to log in again.
 */
export function oidc(options: OidcOptions): AuthProvider {
  const { page = { title: "Log in" }, maxAgeSeconds = 12 * 3600, scope = "openid profile email" } = options;
  const provider = new Provider(options);
  const logins = new LoginCookies({
    maxAgeSeconds,
    ...(options.clientSecret === undefined ? {} : { secret: options.clientSecret }),
    refresh: async (token, subject) => loginOf(await provider.refresh(token), options, subject),
  });

  async function start(context: AuthContext): Promise<Response> {
    const verifier = client.randomPKCECodeVerifier();
    const [state, nonce] = [client.randomState(), client.randomNonce()];
    const location = client.buildAuthorizationUrl(await provider.configuration(), {
      ...options.parameters,
      redirect_uri: redirectUri(context),
      scope,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state,
      nonce,
    });
    const flow: Flow = { verifier, state, nonce, next: safeNext(context.url, context.prefix) };
    return redirectResponse(location.href, [await logins.writeFlow(context, JSON.stringify(flow), FLOW_SECONDS)]);
  }

  async function finish(request: Request, context: AuthContext): Promise<Response> {
    const text = await logins.readFlow(request, context, FLOW_SECONDS);
    if (text === undefined) return redirectResponse(`${context.prefix}${LOGIN_PATH}`);
    const { verifier, state, nonce, next }: Flow = JSON.parse(text);
    const tokens = await client.authorizationCodeGrant(
      await provider.configuration(),
      new URL(redirectUri(context) + context.url.search),
      { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
    );
    const written = await logins.write(context, loginOf(tokens, options));
    return redirectResponse(next, [...written, logins.removeFlow(context)]);
  }

  return {
    loginUrl: LOGIN_PATH,
    logoutUrl: "/logout",
    recheckMilliseconds: 60_000,
    userId,
    authorize: authorizer(options),
    getUserAsync: async (request, context) => (await logins.read(request, context))?.user ?? null,
    async loginHandler(request, context) {
      const { searchParams } = context.url;
      try {
        return searchParams.has("code") || searchParams.has("error")
          ? await finish(request, context)
          : await start(context);
      } catch (error) {
        logger.error("A login with OpenID Connect failed: {error}", { error });
        const link = { href: `${context.prefix}${LOGIN_PATH}`, label: "Try again" };
        return pageResponse(loginMessage(page, publicReason(error), link), 502, [logins.removeFlow(context)]);
      }
    },
    async logoutHandler(_request, context) {
      const index = new URL(options.afterLogout ?? `${context.prefix}/`, context.url);
      return redirectResponse(await logoutUrl(provider, options.clientId, index), logins.remove(context));
    },
  };
}

/** Returns the login that tokens of the provider prove. */
function loginOf(
  tokens: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers,
  { groupsClaim = "groups" }: OidcOptions,
  subject?: string,
): Login {
  const claims = tokens.claims();
  // a refresh need not return an ID token: then the claims of the login remain
  const user = claims === undefined ? undefined : userOf(claims, groupsClaim);
  if (user !== undefined && subject !== undefined && user.id !== subject) {
    throw new Error("Cannot refresh the login: the tokens are those of another user");
  }
  return { user, refreshToken: tokens.refresh_token, expiresInSeconds: tokens.expiresIn() };
}

function userOf(claims: client.IDToken, groupsClaim: string): User {
  const text = (name: string) => typeof claims[name] === "string" ? claims[name] : undefined;
  const email = text("email");
  return {
    id: claims.sub,
    name: text("name") ?? text("preferred_username") ?? email ?? claims.sub,
    groups: groupsOf(claims[groupsClaim]),
    ...(email === undefined ? {} : { email }),
  };
}

/** Returns a reason without details of the provider. */
function publicReason(error: unknown): string {
  if (error instanceof client.AuthorizationResponseError && error.error === "access_denied") {
    return "You have not allowed the login.";
  }
  return "The login service does not answer as expected. Try again, or contact the administrator.";
}

/** Returns the URL at which the provider ends its own login, or the page after it if it has none. */
async function logoutUrl(provider: Provider, clientId: string, index: URL): Promise<string> {
  try {
    const { end_session_endpoint: endpoint } = (await provider.configuration()).serverMetadata();
    if (endpoint === undefined) return index.href;
    const url = new URL(endpoint);
    url.searchParams.set("client_id", clientId);
    url.searchParams.set("post_logout_redirect_uri", index.href);
    return url.href;
  } catch (error) {
    logger.error("The provider's logout is not known: {error}", { error: errorMessage(error) });
    return index.href;
  }
}

function redirectUri({ url, prefix }: AuthContext): string {
  return `${url.origin}${prefix}${LOGIN_PATH}`;
}
