/**
 * From a request for a page to the token of its session.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { ProtocolError } from "../../protocol/error.ts";
import { checkSessionIdSignature, generateSessionId } from "../../session/session_id.ts";
import { checkToken, generateToken, type TokenUser } from "../../session/token.ts";
import type { TokenPayload } from "../../session/token_payload.ts";
import type { AppContext, RequestContext } from "../context.ts";
import { Refusal } from "../http/refusal.ts";
import { requestParts } from "../http/request_filter.ts";
import { sessionRequest } from "./session_request.ts";

/** A request that may have a session. */
export interface Visit {
  /** The session's id. */
  readonly sessionId: string;
  /** What opens the session's websocket. */
  readonly token: string;
  /** What the token holds. */
  readonly payload: TokenPayload;
  /** Makes the request as the application sees it. */
  readonly request: ReturnType<typeof sessionRequest>;
  /** Where the visitor comes from. */
  readonly address: string | undefined;
  /** The user, and the text that tells users apart; undefined without a login. */
  readonly user: unknown;
  readonly userKey: string | undefined;
  /** Whether the token lets the client read only. */
  readonly readOnly: boolean;
}

/** From here on proxies may begin to refuse the header that a token travels in. */
const LARGE_TOKEN = 4096;
/** Paths of the applications of which the log has warned. */
const warned = new Set<string>();
const MAX_TRIES = 64;
const logger = getLogger(["bokeh", "handlers"]);

const INVALID = "Invalid token or session ID";

/**
 * Returns the session that a request is for, with a new id and token if it brings none.
 *
 * @throws {Refusal} If its credentials open no session.
 * @throws {ProtocolError} `session_owner_mismatch` if the session belongs to another user.
 */
export async function openVisit(request: Request, context: AppContext): Promise<Visit> {
  const visit = await findVisit(request, context);
  if (await context.app.registry.mayJoin(visit.sessionId, visit)) return visit;
  throw new ProtocolError("Cannot show session: it belongs to another user", "session_owner_mismatch");
}

async function findVisit(request: Request, context: AppContext): Promise<Visit> {
  const { token, sessionId } = credentials(request.headers, context.url);
  if (token !== undefined) return await visitByToken(token, request, context);
  if (sessionId !== undefined) await checkSessionId(sessionId, context);
  return await visitById(sessionId ?? await newSessionId(context), request, context);
}

/** Throws a {@linkcode Refusal} for credentials that would open no session. None at all are right: who has none gets some. */
export async function checkCredentials(request: Request, context: AppContext): Promise<void> {
  const { token, sessionId } = credentials(request.headers, context.url);
  if (token !== undefined) await visitByToken(token, request, context);
  else if (sessionId !== undefined) await checkSessionId(sessionId, context);
}

async function checkSessionId(sessionId: string, { config }: AppContext): Promise<void> {
  // an id with a character that could not be decoded is not one that anybody was given
  if (sessionId === "" || sessionId.includes("\ufffd") || !await checkSessionIdSignature(sessionId, config.signing)) {
    throw new Refusal(403, INVALID);
  }
}

function credentials(headers: Headers, url: URL): { token: string | undefined; sessionId: string | undefined } {
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

/** Whether the page's document is made with the page. A template of the application's own cannot be filled without it. */
export function beginsAtPage({ config, app }: AppContext): boolean {
  return config.sessionCreation === "page" || app.application.template !== undefined;
}

async function newSessionId(context: AppContext): Promise<string> {
  const { config } = context;
  if (!config.generateSessionIds) throw new Refusal(403, "No bokeh-session-id provided");
  // a page that shows the document needs a session of this process
  for (let tries = 0; tries < MAX_TRIES && beginsAtPage(context); tries++) {
    const id = await generateSessionId(config.signing);
    if (config.peers?.holderOf(id) === undefined) return id;
  }
  return await generateSessionId(config.signing);
}

async function visitByToken(token: string, request: Request, context: AppContext): Promise<Visit> {
  if (token.length > (context.config.maxTokenLength ?? Infinity)) throw new Refusal(403, INVALID);
  const check = await checkToken(token, {
    ...context.config.signing,
    application: context.app.path,
    user: tokenUser(context),
  });
  if (!check.ok && !(check.reason === "expired" && mayLive(check.sessionId, context))) throw new Refusal(403, INVALID);
  const { sessionId } = check;
  const payload = check.ok ? check.payload : {};
  return {
    sessionId,
    token,
    payload,
    request: requestOf(payload, request, context),
    ...clientOf(context),
    readOnly: check.readOnly,
  };
}

/** Returns the user that tokens of a request are for. */
export function tokenUser({ userKey, config }: RequestContext): TokenUser | undefined {
  return userKey === undefined ? undefined : { userKey, payloadKey: config.payloadKey };
}

function clientOf({ address, user, userKey }: AppContext): Pick<Visit, "address" | "user" | "userKey"> {
  return { address, user, userKey };
}

/** Whether there may be a session to return to: of one that another process holds, that process knows, or the websocket to it. */
function mayLive(sessionId: string, { app, config }: AppContext): boolean {
  return app.registry.get(sessionId) !== undefined || config.peers?.holderOf(sessionId) !== undefined;
}

function warnOfSize(token: string, path: string): void {
  if (token.length < LARGE_TOKEN || warned.has(path)) return;
  warned.add(path);
  logger.warn(
    "Tokens of {path} are {length} bytes long, and travel in a header that proxies may refuse: keep only the headers and cookies that the application reads, by --include-headers and --include-cookies",
    { path, length: token.length },
  );
}

function requestOf(payload: TokenPayload, request: Request, context: AppContext): Visit["request"] {
  const { url, address, user } = context;
  return sessionRequest(payload, { url, address, method: request.method }, request.headers, user);
}

async function visitById(sessionId: string, request: Request, context: AppContext): Promise<Visit> {
  const { config, app } = context;
  const parts = requestParts(context.url, request.headers, config.filter);
  const own: TokenPayload = { ...parts, ...await app.application.processRequest(request) };
  const now = Date.now();
  const lifetime = config.tokenExpirationSeconds;
  const token = await generateToken(sessionId, {
    ...config.signing,
    payload: own,
    expirationSeconds: lifetime,
    now,
    // unsigned and readable, it would bind nobody
    application: config.signing.signed || context.userKey !== undefined ? app.path : undefined,
    user: tokenUser(context),
  });
  warnOfSize(token, app.path);
  const expiry = Math.floor(now / 1000) + lifetime;
  const payload = { session_expiry: expiry, ...own };
  return {
    sessionId,
    token,
    payload,
    request: requestOf(payload, request, context),
    ...clientOf(context),
    readOnly: false,
  };
}
