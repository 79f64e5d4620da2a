/**
 * The check of session tokens, the same for pages and websockets.
 *
 * @module
 */

import type { AppContext, RequestContext } from "../../handlers/context.ts";
import { checkToken, type TokenCheck, type TokenUser } from "../../session/credentials/token.ts";

/**
 * Checks the length, signature, application, user and expiry of a token.
 *
 * @param needsPayload Returns whether the payload of a session's token is needed. Otherwise it is
 * not decoded. By default it is.
 */
export async function verifyToken(
  token: string,
  context: AppContext,
  needsPayload?: (sessionId: string) => boolean,
): Promise<TokenCheck> {
  const { config, app } = context;
  if (token.length > config.maxTokenLength) return { ok: false, reason: "malformed" };
  return await checkToken(token, {
    ...config.signing,
    application: app.path,
    user: tokenUser(context),
    ...(needsPayload === undefined ? {} : { needsPayload }),
  });
}

/** Returns the user to whom tokens of a request are bound; undefined without a login. */
export function tokenUser({ userKey, config }: RequestContext): TokenUser | undefined {
  return userKey === undefined ? undefined : { userKey, payloadKey: config.payloadKey };
}
