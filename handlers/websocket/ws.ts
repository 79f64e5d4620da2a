/**
 * The websocket of an application.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { decodesDefinitions, SUBPROTOCOL, tokenFromSubprotocols } from "../../protocol/handshake.ts";
import { PROTOCOL_ERRORS, type ProtocolErrorCode } from "../../protocol/error.ts";
import type { OpeningToken } from "../../session/token_digests.ts";
import { checkToken } from "../../session/token.ts";
import type { SessionInfo } from "../../session/registry.ts";
import type { AppContext } from "../context.ts";
import { prefixOfPage } from "../pages/page_prefix.ts";
import { type Peer, type RelayLimits, relaySocket } from "../relay/relay.ts";
import { relayedBy } from "../relay/relay_header.ts";
import { errorResponse, methodNotAllowed } from "../http/responses.ts";
import { sessionRequest } from "../credentials/session_request.ts";
import { tokenUser } from "../credentials/session_credentials.ts";
import { serveSocket, type SocketOpening } from "./socket.ts";

const logger = getLogger(["bokeh", "handlers", "ws"]);

const WRONG_TOKEN = {
  malformed: "malformed",
  signature: "not rightly signed",
  application: "another application's",
  user: "another user's, or of an earlier start of the server",
};

/** What a websocket's token lets it do. */
interface Admission {
  readonly sessionId: string;
  /** Undefined where it has expired: then it may only return to a session that lives. */
  readonly token: OpeningToken | undefined;
  /** Whether it may only look. */
  readonly readOnly: boolean;
  /** Whether the client decodes definitions of classes in patches. */
  readonly decodesDefinitions: boolean;
  /** What a new session is to be told; undefined where there is a session already. */
  readonly visitor: Pick<SessionInfo, "payload" | "request" | "prefix"> | undefined;
}

/**
 * Answers with a websocket on which the session speaks, or refuses before the upgrade. All that is needed of the headers is taken
 * from them first: after the upgrade they cannot be read.
 */
export async function handleWebSocket(request: Request, context: AppContext): Promise<Response> {
  if (request.method !== "GET") return methodNotAllowed(["GET"]);
  const admission = notAnUpgrade(request.headers) ?? notAllowed(request.headers, context) ??
    await admit(request, context);
  if (admission instanceof Response) return admission;
  const { keepAliveMilliseconds, connection, logins } = context.config.sockets;
  const holder = context.config.peers?.holderOf(admission.sessionId);
  const connect = holder && connector(holder, request, context);
  let upgrade: Deno.WebSocketUpgrade;
  try {
    upgrade = Deno.upgradeWebSocket(request, { idleTimeout: Math.ceil(keepAliveMilliseconds / 1000) });
  } catch (error) {
    logger.debug("A request is no websocket: {error}", { error });
    return errorResponse(400);
  }
  // Deno's own option `protocol` finds it only in lists with a blank after each comma, which Python's client does not write.
  upgrade.response.headers.set("sec-websocket-protocol", SUBPROTOCOL);
  upgrade.socket.binaryType = "arraybuffer";
  context.config.sockets.open?.add(upgrade.socket);
  const { readOnly, decodesDefinitions } = admission;
  const close = holder === undefined || connect === undefined
    ? serveSocket(
      upgrade.socket,
      () => openSession(admission, context),
      { ...connection, readOnly, decodesDefinitions },
    )
    : relay(upgrade.socket, holder, connect, connection);
  if (context.login !== undefined && logins !== undefined) {
    const { socket } = upgrade;
    const closed = logins.add(context.login, (error) => whenOpen(socket, () => close(error)));
    socket.addEventListener("close", closed);
  }
  return upgrade.response;
}

/** Calls a function now, or when the websocket opens: one that is closed before shows its client no code. */
function whenOpen(socket: WebSocket, fn: () => void): void {
  if (socket.readyState === WebSocket.CONNECTING) socket.addEventListener("open", fn);
  else fn();
}

function relay(
  client: WebSocket,
  { budget }: Peer,
  connect: () => Promise<WebSocket>,
  limits: RelayLimits,
): (error: ProtocolErrorCode) => void {
  relaySocket(client, budget, connect, limits);
  return (error) => {
    const { wsClose, publicText } = PROTOCOL_ERRORS[error];
    client.close(wsClose ?? PROTOCOL_ERRORS.internal.wsClose, publicText);
  };
}

/** Opens the websocket to the process that holds the session. The headers are copied now: later they cannot be read. */
function connector(holder: Peer, request: Request, context: AppContext): () => Promise<WebSocket> {
  const { url } = context;
  const headers = new Headers([...request.headers]);
  return () => holder.connect(url.pathname + url.search, headers, relayedBy(context));
}

function notAnUpgrade(headers: Headers): Response | undefined {
  if (headers.get("upgrade")?.toLowerCase() !== "websocket") {
    return errorResponse(400, 'Can "Upgrade" only to "WebSocket".');
  }
  const connection = (headers.get("connection") ?? "").toLowerCase().split(",").map((item) => item.trim());
  if (!connection.includes("upgrade")) return errorResponse(400, '"Connection" must be "Upgrade".');
  if (headers.get("sec-websocket-version") !== "13") {
    return errorResponse(426, undefined, { headers: { "sec-websocket-version": "13" } });
  }
  return headers.has("sec-websocket-key") ? undefined : errorResponse(400, "No Sec-WebSocket-Key");
}

function notAllowed(headers: Headers, { config }: AppContext): Response | undefined {
  if (config.origins.allows(headers)) return undefined;
  // a name of a host has at most 253 characters; a header can have many more
  const origin = (headers.get("origin") ?? "none").slice(0, 300);
  const host = URL.canParse(origin) ? new URL(origin).host : origin;
  logger.error(
    "Refusing a websocket from origin {origin}: use --allow-websocket-origin={host} or set BOKEH_ALLOW_WS_ORIGIN={host} to permit this",
    { origin, host },
  );
  return errorResponse(403, "Origin is not allowed");
}

/** Reads the token out of the subprotocols, which must be exactly `bokeh` and the token. */
async function admit(request: Request, context: AppContext): Promise<Admission | Response> {
  const { app, config, url, user, address } = context;
  const token = tokenFromSubprotocols(request.headers);
  if (token === undefined) return errorResponse(400, "Subprotocols must be bokeh and a token");
  let isLiving = false;
  const needsPayload = (id: string) => !(isLiving = app.registry.get(id) !== undefined);
  const check = token.length > (config.maxTokenLength ?? Infinity)
    ? { ok: false, reason: "malformed" } as const
    : await checkToken(token, {
      ...config.signing,
      application: app.path,
      user: tokenUser(context),
      needsPayload,
    });
  if (!check.ok && check.reason !== "expired") {
    logger.warn("Refusing a websocket: its token is {reason}", {
      reason: WRONG_TOKEN[check.reason],
    });
    return errorResponse(403, "Invalid token");
  }
  const payload = check.ok ? check.payload : {};
  return {
    sessionId: check.sessionId,
    token: check.ok ? { text: token, expiresAt: check.expiresAt } : undefined,
    readOnly: check.readOnly,
    decodesDefinitions: decodesDefinitions(request.headers),
    visitor: isLiving ? undefined : {
      payload,
      request: sessionRequest(
        payload,
        { url, isSocket: true, method: request.method, address },
        request.headers,
        user,
      ),
      prefix: prefixOfPage(request.headers, { config, url }),
    },
  };
}

/** The session of a token: living, or new if the token may still make one. */
async function openSession(admission: Admission, context: AppContext): ReturnType<SocketOpening> {
  const { sessionId, token, visitor, readOnly } = admission;
  const { registry } = context.app;
  const { user, userKey, address } = context;
  const info = { ...visitor, token, user, userKey, readOnly, address };
  if (token === undefined) return await registry.join(sessionId, info) ?? "token_expired";
  // it has ended since the socket was let in
  if (visitor === undefined && registry.get(sessionId) === undefined) return "session_gone";
  return await registry.getOrCreate(sessionId, info);
}
