/**
 * The credentials of websockets: the token among the subprotocols.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import type { AppContext } from "../../handlers/context.ts";
import { Refusal } from "../../handlers/http/refusal.ts";
import { sessionRequest } from "../../handlers/http/session_request.ts";
import { prefixOfPage } from "../../handlers/pages/page_prefix.ts";
import type { SocketCredentials } from "../../handlers/session_credentials.ts";
import { tokenFromSubprotocols } from "../../protocol/handshake.ts";
import { verifyToken } from "./token_check.ts";

const logger = getLogger(["bokeh", "handlers", "ws"]);

/** Reasons of refusals, for the log. */
const REASONS = {
  malformed: "malformed",
  signature: "not signed with this server's key",
  application: "for another application",
  user: "for another user, or from an earlier start of the server",
};

/**
 * Returns the credentials of a websocket. Copies all that is needed of the headers, which cannot be
 * read after the upgrade.
 *
 * @throws {Refusal} 400 unless the subprotocols are `bokeh` and a token; 403 if the token is not
 * valid.
 */
export async function socketCredentials(request: Request, context: AppContext): Promise<SocketCredentials> {
  const { app, config, url, user, userKey, address } = context;
  const token = tokenFromSubprotocols(request.headers);
  if (token === undefined) throw new Refusal(400, "Subprotocols must be bokeh and a token");
  let exists = false;
  // decoding the payload takes longer than all other checks together: a session that exists needs
  // none
  const check = await verifyToken(token, context, (id) => !(exists = app.registry.get(id) !== undefined));
  if (!check.ok && check.reason !== "expired") {
    logger.warn("Refused a websocket: its token is {reason}", { reason: REASONS[check.reason] });
    throw new Refusal(403, "Invalid token");
  }
  const payload = check.ok ? check.payload : {};
  return {
    sessionId: check.sessionId,
    readOnly: check.readOnly,
    user,
    userKey,
    address,
    token: check.ok ? { text: token, expiresAt: check.expiresAt } : undefined,
    newSession: exists ? undefined : {
      payload,
      request: sessionRequest(
        payload,
        { url, isSocket: true, method: request.method, address, params: context.params },
        request.headers,
        user,
      ),
      prefix: prefixOfPage(request.headers, { config, url }),
    },
  };
}
