/**
 * The route `/ws`: upgrades requests to websockets, which are served here or relayed.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { decodesDefinitions, SUBPROTOCOL } from "../../protocol/handshake.ts";
import { PROTOCOL_ERRORS, type ProtocolErrorCode } from "../../protocol/error.ts";
import type { Session } from "../../session/session.ts";
import type { SessionInfo } from "../../session/registry/session_info.ts";
import type { AppContext, HandlerConfig, SocketContext } from "../context.ts";
import { errorResponse } from "../http/responses.ts";
import { type HeaderList, type Peer, type RelayedSocket, relaySocket } from "../relay/relay.ts";
import { relayedBy } from "../relay/relay_header.ts";
import { serveSocket } from "./socket.ts";

const logger = getLogger(["bokeh", "handlers", "ws"]);

/** Closes a websocket with the close code and the reason of an error. */
type CloseSocket = (error: ProtocolErrorCode) => void;

/**
 * Returns a refusal of a request that is no valid websocket handshake, or that comes from a page of
 * an origin that is not allowed.
 */
export function refuseHandshake({ headers }: Request, { config }: AppContext): Response | undefined {
  return refuseUpgrade(headers) ?? refuseOrigin(headers, config);
}

/**
 * Upgrades a request to a websocket. It is served here, or relayed to the process that owns its
 * session.
 */
export function handleWebSocket(request: Request, context: SocketContext): Response {
  const { readOnly, sessionId } = context.credentials;
  const { locate, app } = context;
  // refused before the upgrade, so that a load balancer can send the request to another server
  if (app.registry.isDraining && app.registry.get(sessionId) === undefined) return going();
  // after the upgrade the headers cannot be read
  const options = {
    ...context.config.sockets.connection,
    readOnly,
    decodesDefinitions: decodesDefinitions(request.headers),
  };
  const isHere = locate === undefined || app.registry.get(sessionId) !== undefined;
  const headers = isHere ? undefined : [...request.headers];
  return upgrade(request, context, (socket) => {
    const isWaiting = () => socket.readyState === WebSocket.OPEN;
    const open = (unreachable: SessionInfo["unreachable"]) => openSession(context, { unreachable, isWaiting });
    if (headers === undefined) return serveSocket(socket, () => open(undefined), options);
    return serveSocket(socket, async () => {
      const located = await locate!(open);
      return "here" in located ? located.here : relayTo(located.owner, headers, context);
    }, options);
  });
}

function going(): Response {
  const { httpStatus, publicText } = PROTOCOL_ERRORS.going_away;
  return errorResponse(httpStatus, publicText, { headers: { "retry-after": "1" } });
}

/** Returns a function that relays a websocket to the process that owns its session. */
function relayTo(owner: Peer, headers: HeaderList, context: AppContext): (client: RelayedSocket) => void {
  const { url, config } = context;
  const connect = () => owner.connect(url.pathname + url.search, headers, relayedBy(context));
  return (client) => relaySocket(client, owner, connect, config.sockets.connection.limits);
}

/** Upgrades a request. Closes the websocket when the login ends with which it was opened. */
function upgrade(request: Request, { config, login }: AppContext, serve: (socket: WebSocket) => CloseSocket): Response {
  const { keepAliveMilliseconds, open, logins } = config.sockets;
  let upgraded: Deno.WebSocketUpgrade;
  try {
    upgraded = Deno.upgradeWebSocket(request, { idleTimeout: Math.ceil(keepAliveMilliseconds / 1000) });
  } catch (error) {
    logger.debug("A request could not be upgraded to a websocket: {error}", { error });
    return errorResponse(400);
  }
  const { response, socket } = upgraded;
  // Deno's own option `protocol` finds it only in lists with a blank after each comma, which
  // Python's client does not write
  response.headers.set("sec-websocket-protocol", SUBPROTOCOL);
  socket.binaryType = "arraybuffer";
  open?.add(socket);
  const close = serve(socket);
  if (login !== undefined && logins !== undefined) {
    socket.addEventListener("close", logins.add(login, (error) => whenOpen(socket, () => close(error))));
  }
  return response;
}

/**
 * Calls a function now, or when the websocket opens: one that is closed before shows its client no
 * code.
 */
function whenOpen(socket: WebSocket, fn: () => void): void {
  if (socket.readyState === WebSocket.CONNECTING) socket.addEventListener("open", fn);
  else fn();
}

function refuseUpgrade(headers: Headers): Response | undefined {
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

function refuseOrigin(headers: Headers, config: HandlerConfig): Response | undefined {
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

/**
 * Returns the session of a websocket: one that exists, or a new one if the token permits it.
 *
 * @throws {ProtocolError} As `SessionRegistry.getOrCreate`.
 */
async function openSession(
  context: SocketContext,
  opening: Pick<SessionInfo, "unreachable" | "isWaiting">,
): Promise<Session | ProtocolErrorCode> {
  const { registry } = context.app;
  const { sessionId, token, newSession, user, userKey, readOnly, address } = context.credentials;
  const info = { ...newSession, ...opening, token, user, userKey, readOnly, address };
  if (token === undefined) return await registry.join(sessionId, info) ?? "token_expired";
  // the session has ended since its token was checked, when its payload was not decoded
  if (newSession === undefined && registry.get(sessionId) === undefined) return "session_gone";
  return await registry.getOrCreate(sessionId, info);
}
