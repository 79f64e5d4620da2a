/**
 * Routes of applications.
 *
 * @module
 */

import type { AppContext } from "../context.ts";
import { corsHeaders } from "../http/cors.ts";
import { refuseForeignPage } from "../files/session_files.ts";
import { limitBody } from "../http/limited_body.ts";

/** Context of {@linkcode handleApplicationRoute}. */
export interface ApplicationRouteContext extends AppContext {
  /** Index of the route. */
  readonly index: number;
  /** The variable parts of the path. */
  readonly params: Readonly<Record<string, string>>;
  /** Maximum size of the request's body in bytes. */
  readonly bodyBytes: number;
}

/**
 * Answers a request with the handler of an application's route. Pages whose origin may not open
 * websockets are refused.
 *
 * @throws {Refusal} 413 if the body is too long.
 */
export async function handleApplicationRoute(request: Request, context: ApplicationRouteContext): Promise<Response> {
  const refusal = refuseForeignPage(request, context);
  if (refusal !== undefined) return refusal;
  const { app, config, params, user, bodyBytes, index } = context;
  const response = await app.application.routes![index]!.handler(limitBody(request, bodyBytes), {
    params,
    user,
    serverContext: app.registry.serverContext,
  });
  if (!(response instanceof Response)) {
    throw new TypeError(`Cannot answer: a route of ${app.path} returned ${typeof response} instead of a Response`);
  }
  const answer = new Response(response.body, response);
  for (const [name, value] of Object.entries(corsHeaders(request.headers, config))) answer.headers.set(name, value);
  if (!answer.headers.has("cache-control")) answer.headers.set("cache-control", "no-store");
  answer.headers.set("x-content-type-options", "nosniff");
  return answer;
}
