/**
 * The module `embed.js`, and `embed.json`, which it requests for an application.
 *
 * @module
 */

import type { PageContext } from "../context.ts";
import { corsHeaders, resourcePolicy } from "../http/cors.ts";
import { openEmbedding } from "./embedding.ts";
import { privateResponse, textResponse } from "../http/responses.ts";

/**
 * Returns the module that embeds applications in pages of any origin, or its types, which Deno
 * finds by the header `X-TypeScript-Types`.
 */
export async function handleEmbedModule(request: Request): Promise<Response> {
  const headers = { "access-control-allow-origin": "*", "cache-control": "no-cache" };
  // Imported only here: most servers embed nothing.
  const { EMBED_MODULE_TYPES, embedModule } = await import("../../embed/scripts/embed_module.ts");
  if (new URL(request.url).pathname.endsWith(".d.ts")) {
    return await textResponse(request, "application/typescript; charset=utf-8", EMBED_MODULE_TYPES, headers);
  }
  return await textResponse(request, "text/javascript; charset=utf-8", embedModule(), {
    ...headers,
    "x-typescript-types": "./embed.d.ts",
  });
}

/**
 * Returns a module that pages load when they need it. It is the same for all applications, and
 * stands beside the websocket of each, where pages find it.
 */
export async function handlePageModule(
  request: Request,
  name: "accessibility" | "actions" | "appearance",
): Promise<Response> {
  const headers = { "access-control-allow-origin": "*", "cache-control": "no-cache" };
  const { pageModule } = await import("../../embed/scripts/embed_module.ts");
  return await textResponse(request, "text/javascript; charset=utf-8", pageModule(name), headers);
}

/** Returns the token of a session, and the scripts that show it, as JSON. */
export async function handleEmbedJson(request: Request, context: PageContext): Promise<Response> {
  const { config } = context;
  const embedding = await openEmbedding(context, config.resources().linked());
  const headers = { ...corsHeaders(request.headers, config), ...resourcePolicy(request.headers, context) };
  return privateResponse(request, "application/json", JSON.stringify(embedding), headers);
}
