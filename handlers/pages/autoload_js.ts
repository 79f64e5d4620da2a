/**
 * `autoload.js`.
 *
 * @module
 */

import { renderAutoload } from "../../embed/autoload.ts";
import type { AppContext } from "../context.ts";
import { answerPreflight, corsHeaders, resourcePolicy } from "../http/cors.ts";
import { openEmbeddedVisit, openEmbedding } from "./embedding.ts";
import { answerFailure } from "../http/failure.ts";
import { Refusal } from "../http/refusal.ts";
import { methodNotAllowed, privateResponse, scriptedError } from "../http/responses.ts";

const TYPE = "application/javascript; charset=utf-8";

/** Answers with the script that shows a session in a page of any origin. */
export async function handleAutoload(request: Request, context: AppContext): Promise<Response> {
  if (request.method === "OPTIONS") return answerPreflight(request.headers, context.config);
  if (request.method !== "GET" && request.method !== "HEAD") return methodNotAllowed(["GET", "HEAD", "OPTIONS"]);
  const cors = corsHeaders(request.headers, context.config);
  try {
    const headers = { ...cors, ...resourcePolicy(request.headers, context) };
    return privateResponse(request, TYPE, await script(request, context), headers);
  } catch (error) {
    return scriptedError(answerFailure(error, context.config, cors));
  }
}

async function script(request: Request, context: AppContext): Promise<string> {
  // as in Bokeh the last of several counts, without blanks around it
  const argument = (name: string) => context.url.searchParams.getAll(name).at(-1)?.trim();
  const visit = await openEmbeddedVisit(request, context);
  const elementId = argument("bokeh-autoload-element");
  if (!elementId) throw new Refusal(400, "No bokeh-autoload-element query parameter");
  const absoluteUrl = argument("bokeh-absolute-url") || undefined;
  const resources = context.config.resources(absoluteUrl === undefined ? undefined : originOf(absoluteUrl)).linked();
  const embedding = await openEmbedding(visit, context, resources);
  return renderAutoload({
    ...embedding,
    ...(argument("resources") === "none" ? { scripts: [], lateScripts: [] } : {}),
    elementId,
    appPath: (argument("bokeh-app-path") ?? "/") || undefined,
    absoluteUrl,
  });
}

/** The origin of an absolute URL. Scripts are loaded from there: nothing but a web server will do. */
function originOf(text: string): string {
  const url = /^https?:\/\/[^/]/i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new Refusal(400, "bokeh-absolute-url is not a URL of HTTP");
  return url.origin;
}
