/**
 * The route `autoload.js`.
 *
 * @module
 */

import type { PageContext } from "../context.ts";
import { corsHeaders, resourcePolicy } from "../http/cors.ts";
import { Refusal } from "../http/refusal.ts";
import { privateResponse } from "../http/responses.ts";
import { openEmbedding } from "./embedding.ts";

const TYPE = "application/javascript; charset=utf-8";

/**
 * Returns the script that shows a session in a page of any origin.
 *
 * @throws {Refusal} 400 if an argument is missing or not valid.
 */
export async function handleAutoload(request: Request, context: PageContext): Promise<Response> {
  const headers = { ...corsHeaders(request.headers, context.config), ...resourcePolicy(request.headers, context) };
  return privateResponse(request, TYPE, await script(context), headers);
}

async function script(context: PageContext): Promise<string> {
  // as in Bokeh, the last of several values counts, without the blanks around it
  const argument = (name: string) => context.url.searchParams.getAll(name).at(-1)?.trim();
  const elementId = argument("bokeh-autoload-element");
  if (!elementId) throw new Refusal(400, "No bokeh-autoload-element query parameter");
  const absoluteUrl = argument("bokeh-absolute-url") || undefined;
  const resources = context.config.resources(absoluteUrl === undefined ? undefined : originOf(absoluteUrl)).linked();
  const embedding = await openEmbedding(context, resources);
  // Imported only here: most servers embed nothing.
  const { renderAutoload } = await import("../../embed/scripts/autoload_script.ts");
  return renderAutoload({
    ...embedding,
    ...(argument("resources") === "none" ? { scripts: [], lateScripts: [] } : {}),
    elementId,
    appPath: (argument("bokeh-app-path") ?? "/") || undefined,
    absoluteUrl,
  });
}

/**
 * Returns the origin of an absolute URL, from which the page loads scripts.
 *
 * @throws {Refusal} 400 unless the URL has the scheme http or https.
 */
function originOf(text: string): string {
  const url = /^https?:\/\/[^/]/i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new Refusal(400, "bokeh-absolute-url is not an HTTP URL");
  return url.origin;
}
