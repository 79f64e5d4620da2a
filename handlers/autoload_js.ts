/**
 * `autoload.js`.
 *
 * @module
 */

import { renderAutoload } from "../embed/autoload.ts";
import { COMMON_COMPONENTS, COMPONENTS, showMath } from "../embed/needed_components.ts";
import type { AppContext } from "./context.ts";
import { answerFailure } from "./failure.ts";
import { Refusal } from "./refusal.ts";
import { methodNotAllowed, privateResponse } from "./responses.ts";
import { openVisit } from "./visit.ts";

const TYPE = "application/javascript; charset=utf-8";

/** Answers with the script that shows a session in a page of any origin. */
export async function handleAutoload(request: Request, context: AppContext): Promise<Response> {
  const cors = corsHeaders(request.headers, context);
  switch (request.method) {
    case "OPTIONS":
      return new Response(null, { headers: { ...cors, "access-control-allow-methods": "PUT, GET, OPTIONS" } });
    case "GET":
    case "HEAD":
      break;
    default:
      return methodNotAllowed(["GET", "HEAD", "OPTIONS"]);
  }
  try {
    return privateResponse(request, TYPE, await script(request, context), cors);
  } catch (error) {
    return answerFailure(error, context.site, cors);
  }
}

async function script(request: Request, context: AppContext): Promise<string> {
  const { searchParams } = context.url;
  const visit = await openVisit(request, context);
  const elementId = searchParams.get("bokeh-autoload-element");
  if (!elementId) throw new Refusal(400, "No bokeh-autoload-element query parameter");
  const absoluteUrl = searchParams.get("bokeh-absolute-url") || undefined;
  const resources = context.site.resources(absoluteUrl === undefined ? undefined : originOf(absoluteUrl))
    .linked();
  // where another process may hold the session, it begins with the websocket
  const session = context.site.sessionCreation === "page" && context.site.peers === undefined
    ? await context.app.registry.getOrCreate(visit.sessionId, { ...visit, token: undefined })
    : undefined;
  const math = session !== undefined && showMath(session.document.models);
  const wanted = searchParams.get("resources") !== "none";
  return renderAutoload({
    elementId,
    token: visit.token.text,
    scripts: wanted ? resources.urls(math ? COMPONENTS : COMMON_COMPONENTS) : [],
    lateScripts: wanted && !math ? resources.urls(["bokeh-mathjax"]) : [],
    appPath: searchParams.get("bokeh-app-path") ?? "/",
    absoluteUrl,
    logLevel: resources.logLevel,
  });
}

/** The origin of an absolute URL. Scripts are loaded from there: nothing but a web server will do. */
function originOf(text: string): string {
  const url = /^https?:\/\/[^/]/i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new Refusal(400, "bokeh-absolute-url is not a URL of HTTP");
  return url.origin;
}

/** Anybody may read the script; only an origin that may open the websocket may send credentials for it. */
function corsHeaders(headers: Headers, { site }: AppContext): Record<string, string> {
  const origin = headers.get("origin");
  const trusted = origin !== null && site.origins.lists(origin);
  return {
    "access-control-allow-origin": trusted ? origin : "*",
    "access-control-allow-headers": "*",
    "access-control-allow-credentials": "true",
    ...(trusted ? { vary: "Origin" } : {}),
  };
}
