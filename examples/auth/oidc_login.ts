/**
 * An auth module for an OpenID Connect provider, with the authorization code flow and PKCE:
 *
 *     BOKEH_COOKIE_SECRET=… OIDC_ISSUER=https://id.example.com OIDC_CLIENT_ID=…
 *     OIDC_CLIENT_SECRET=… \ deno run -A mod.ts examples/auth/app.ts --auth-module
 *     examples/auth/oidc_login.ts
 *
 * Register the server's URL of `/login` at the provider as the redirect URI.
 */

import type { AuthContext } from "@bokeh/server";
import * as client from "openid-client";
import { safeNext } from "./safe_next.ts";

const COOKIE = "who";
const FLOW_COOKIE = "login_flow";
const FLOW_SECONDS = 600;
const DAY_SECONDS = 24 * 3600;

export const loginUrl = "/login";
export const logoutUrl = "/logout";

let discovered: Promise<client.Configuration> | undefined;

/** Returns the provider's configuration, which is discovered at the first login. */
function provider(): Promise<client.Configuration> {
  const issuer = new URL(setting("OIDC_ISSUER"));
  // HTTP is allowed only for tests with a provider on the same machine.
  const local = issuer.protocol === "http:" && issuer.hostname === "localhost";
  discovered ??= client.discovery(
    issuer,
    setting("OIDC_CLIENT_ID"),
    setting("OIDC_CLIENT_SECRET"),
    undefined,
    local ? { execute: [client.allowInsecureRequests] } : {},
  );
  // After a failure, the next login tries again.
  discovered.catch(() => discovered = undefined);
  return discovered;
}

export async function getUser(request: Request, { cookies }: AuthContext): Promise<unknown> {
  const user = await cookies.read(request, COOKIE, DAY_SECONDS);
  return user === undefined ? null : JSON.parse(user);
}

/** Redirects to the provider, and completes the login when the provider redirects back. */
export async function loginHandler(request: Request, context: AuthContext): Promise<Response> {
  const { searchParams } = context.url;
  return searchParams.has("code") || searchParams.has("error")
    ? await finishLogin(request, context)
    : await startLogin(context);
}

export function logoutHandler(_request: Request, context: AuthContext): Response {
  const { cookies, prefix } = context;
  return new Response('You are logged out. <a href="./">Log in again</a>', {
    headers: { "content-type": "text/html", "set-cookie": cookies.remove(COOKIE, { path: prefix || "/" }) },
  });
}

async function startLogin(context: AuthContext): Promise<Response> {
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const location = client.buildAuthorizationUrl(await provider(), {
    redirect_uri: redirectUri(context),
    scope: "openid profile email",
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
  });
  const flow = JSON.stringify({ verifier, state, next: safeNext(context.url, context.prefix) });
  return redirect(location.href, await cookie(context, FLOW_COOKIE, flow, FLOW_SECONDS));
}

async function finishLogin(request: Request, context: AuthContext): Promise<Response> {
  const { cookies, url, prefix } = context;
  const text = await cookies.read(request, FLOW_COOKIE, FLOW_SECONDS);
  if (text === undefined) return redirect(`${prefix}${loginUrl}`);
  const { verifier, state, next } = JSON.parse(text);
  const answer = new URL(redirectUri(context) + url.search);
  const tokens = await client.authorizationCodeGrant(await provider(), answer, {
    pkceCodeVerifier: verifier,
    expectedState: state,
  });
  const claims = tokens.claims()!;
  const user = JSON.stringify({ id: claims.sub, name: claims["name"] ?? claims.sub });
  return redirect(
    next,
    await cookie(context, COOKIE, user, DAY_SECONDS),
    cookies.remove(FLOW_COOKIE, { path: prefix || "/" }),
  );
}

function redirectUri({ url, prefix }: AuthContext): string {
  return `${url.origin}${prefix}${loginUrl}`;
}

async function cookie(
  { cookies, url, prefix }: AuthContext,
  name: string,
  value: string,
  maxAgeSeconds: number,
): Promise<string> {
  return await cookies.write(name, value, { path: prefix || "/", maxAgeSeconds, secure: url.protocol === "https:" });
}

function redirect(location: string, ...cookies: string[]): Response {
  const headers = new Headers({ location, "cache-control": "no-store" });
  for (const text of cookies) headers.append("set-cookie", text);
  return new Response(null, { status: 303, headers });
}

function setting(name: string): string {
  const value = Deno.env.get(name);
  if (value === undefined) throw new TypeError(`Cannot log in: ${name} is not set`);
  return value;
}
