/**
 * The credentials of requests for pages: a session id or a token, or neither for a new session.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import type { AppContext } from "../../handlers/context.ts";
import { CREDENTIALS, embedderOf } from "../../handlers/http/cors.ts";
import { Refusal } from "../../handlers/http/refusal.ts";
import { requestParts } from "../../handlers/http/request_filter.ts";
import { sessionRequest } from "../../handlers/http/session_request.ts";
import type { PageCredentials } from "../../handlers/session_credentials.ts";
import { ProtocolError } from "../../protocol/error.ts";
import { checkSessionIdSignature, generateSessionId } from "../../session/credentials/session_id.ts";
import { generateToken } from "../../session/credentials/token.ts";
import type { TokenPayload } from "../../session/credentials/token_payload.ts";
import { tokenUser, verifyToken } from "./token_check.ts";

const logger = getLogger(["bokeh", "handlers"]);

/** Message of all refusals of ids and tokens: which check failed is no help to honest clients. */
const INVALID = "Invalid token or session ID";

/** Length from which proxies begin to refuse the header in which a token travels, in bytes. */
const LARGE_TOKEN_BYTES = 4096;

/** Paths of the applications for which the log has warned of large tokens. */
const warnedPaths = new Set<string>();

/** What a request presents, after its signature, user and expiry were verified. */
export interface VerifiedSession {
  /** Id of the session. */
  readonly sessionId: string;
  /** The token that the request presents; undefined if it presents an id, or nothing. */
  readonly token?: { readonly text: string; readonly payload: TokenPayload; readonly readOnly: boolean };
}

/**
 * Verifies the credentials that a request presents. Returns undefined if it presents none.
 *
 * An expired token is accepted if its session may exist: it can join the session, but not create
 * it.
 *
 * @throws {Refusal} 403 if the credentials are contradictory or not valid.
 */
export async function verifyCredentials(
  request: Request,
  context: AppContext,
): Promise<VerifiedSession | undefined> {
  const { token, sessionId } = presentedCredentials(request.headers, context.url);
  if (token !== undefined) return await verifyPageToken(token, context);
  if (sessionId === undefined) return undefined;
  // U+FFFD stands for bytes that are not UTF-8: no generated id holds one
  const isValid = sessionId !== "" && !sessionId.includes("\ufffd") &&
    await checkSessionIdSignature(sessionId, context.config.signing);
  if (!isValid) throw new Refusal(403, INVALID);
  return { sessionId };
}

/**
 * Returns a new session for a request without credentials.
 *
 * @throws {Refusal} 403 if the server does not generate session ids.
 */
export async function newSession({ config }: AppContext): Promise<VerifiedSession> {
  if (!config.generateSessionIds) throw new Refusal(403, "No bokeh-session-id provided");
  return { sessionId: await generateSessionId(config.signing) };
}

/**
 * Returns the credentials that the page of a session gets: the token that the request presented, or
 * a new one.
 *
 * @throws {ProtocolError} `session_owner_mismatch` if the session belongs to another user.
 */
export async function pageCredentials(
  session: VerifiedSession,
  request: Request,
  context: AppContext,
): Promise<PageCredentials> {
  const { sessionId, token } = session;
  const { url, address, user, userKey, params } = context;
  const { text, payload, readOnly } = token ?? await issueToken(sessionId, request, context);
  const details = { url, address, params, method: request.method };
  const credentials = {
    sessionId,
    token: text,
    payload,
    request: sessionRequest(payload, details, request.headers, user),
    address,
    user,
    userKey,
    readOnly,
  };
  if (await context.app.registry.mayJoin(sessionId, credentials)) return credentials;
  throw new ProtocolError("Cannot show session: it belongs to another user", "session_owner_mismatch");
}

/**
 * Returns the request whose credentials count for a page of another origin. If the origin is not
 * allowed, these are the request's headers without those that identify its user, because the page
 * can read the token and with it what the token holds.
 *
 * @throws {Refusal} 403 if a page of an origin that is not allowed asks for a user who has logged
 * in.
 */
export function embeddableRequest(request: Request, context: AppContext): Request {
  if (embedderOf(request.headers, context) !== "foreign") return request;
  if (context.user !== undefined) {
    logger.warn(
      "Refused to embed an application in a page of an origin that is not allowed, for a user who has logged in: --allow-websocket-origin permits it",
    );
    throw new Refusal(403, "Origin is not allowed");
  }
  return withoutUserHeaders(request);
}

function presentedCredentials(
  headers: Headers,
  url: URL,
): { token: string | undefined; sessionId: string | undefined } {
  const token = url.searchParams.getAll("bokeh-token").at(-1);
  const argument = url.searchParams.getAll("bokeh-session-id").at(-1);
  const header = headers.get("bokeh-session-id") ?? undefined;
  if (argument !== undefined && header !== undefined) {
    throw new Refusal(403, "session ID was provided as an argument and header");
  }
  const sessionId = argument ?? header;
  if (token !== undefined && sessionId !== undefined) throw new Refusal(403, "Both token and session ID were provided");
  return { token, sessionId };
}

async function verifyPageToken(text: string, context: AppContext): Promise<VerifiedSession> {
  const check = await verifyToken(text, context);
  if (check.ok) {
    return { sessionId: check.sessionId, token: { text, payload: check.payload, readOnly: check.readOnly } };
  }
  if (check.reason !== "expired") throw new Refusal(403, INVALID);
  const { sessionId, readOnly } = check;
  if (!await context.app.registry.exists(sessionId)) throw new Refusal(403, INVALID);
  return { sessionId, token: { text, payload: {}, readOnly } };
}

async function issueToken(
  sessionId: string,
  request: Request,
  context: AppContext,
): Promise<NonNullable<VerifiedSession["token"]>> {
  const { config, app } = context;
  const parts = requestParts(context.url, request.headers, config.filter);
  const payload: TokenPayload = { ...parts, ...await app.application.processRequest(request) };
  const now = Date.now();
  const text = await generateToken(sessionId, {
    ...config.signing,
    payload,
    expirationSeconds: config.tokenExpirationSeconds,
    now,
    // a token that is neither signed nor encrypted can be changed by its client: an application in
    // it would restrict nothing
    application: config.signing.signed || context.userKey !== undefined ? app.path : undefined,
    user: tokenUser(context),
  });
  warnOfSize(text, app.path);
  const expiry = Math.floor(now / 1000) + config.tokenExpirationSeconds;
  return { text, payload: { session_expiry: expiry, ...payload }, readOnly: false };
}

function warnOfSize(token: string, path: string): void {
  if (token.length < LARGE_TOKEN_BYTES || warnedPaths.has(path)) return;
  warnedPaths.add(path);
  logger.warn(
    "Tokens of {path} have {length} bytes and travel in a header that proxies may refuse: keep only the headers and cookies that the application reads, with --include-headers and --include-cookies",
    { path, length: token.length },
  );
}

/**
 * Headers that browsers send with scripts of other origins and that do not identify a user, and the
 * one that names a session.
 */
const SCRIPT_HEADERS = /^(?:accept|accept-.*|bokeh-session-id|dnt|host|referer|sec-.*|user-agent)$/;

/**
 * Returns a request without the headers that can identify its user.
 *
 * A request without `Origin` loads a script. The browser sends cookies with it, from which a proxy
 * may derive a login and add headers of any name, for example the user's access token. Pages cannot
 * add headers to such requests, so that an allowlist loses nothing. To requests with `Origin` they
 * can add headers, but then they cannot read the response if the browser sent cookies.
 */
function withoutUserHeaders({ url, method, headers }: Request): Request {
  const isScript = !headers.has("origin");
  const kept = [...headers].filter(([name]) => !CREDENTIALS.includes(name) && (!isScript || SCRIPT_HEADERS.test(name)));
  return new Request(url, { method, headers: kept });
}
