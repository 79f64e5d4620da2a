/**
 * `embed.js`, and the `embed.json` of an application that it asks for.
 *
 * @module
 */

import { EMBED_MODULE } from "../../embed/embed_module.ts";
import { EMBED_MODULE_TYPES } from "../../embed/embed_module_types.ts";
import type { AppContext } from "../context.ts";
import { answerPreflight, corsHeaders, resourcePolicy } from "../http/cors.ts";
import { openEmbeddedVisit, openEmbedding } from "./embedding.ts";
import { answerFailure } from "../http/failure.ts";
import { methodNotAllowed, privateResponse, textResponse } from "../http/responses.ts";

/** Answers with the module that shows applications in pages of any origin, or with its types, which Deno finds by a header of the module. */
export async function handleEmbedModule(request: Request): Promise<Response> {
  if (request.method !== "GET" && request.method !== "HEAD") return methodNotAllowed(["GET", "HEAD"]);
  const headers = { "access-control-allow-origin": "*", "cache-control": "no-cache" };
  if (new URL(request.url).pathname.endsWith(".d.ts")) {
    return await textResponse(request, "application/typescript; charset=utf-8", EMBED_MODULE_TYPES, headers);
  }
  return await textResponse(request, "text/javascript; charset=utf-8", EMBED_MODULE, {
    ...headers,
    "x-typescript-types": "./embed.d.ts",
  });
}

/** Answers with a session's token, and with the scripts that show it. */
export async function handleEmbedJson(request: Request, context: AppContext): Promise<Response> {
  const { config } = context;
  if (request.method === "OPTIONS") return answerPreflight(request.headers, config);
  if (request.method !== "GET" && request.method !== "HEAD") return methodNotAllowed(["GET", "HEAD", "OPTIONS"]);
  const cors = corsHeaders(request.headers, config);
  try {
    const embedding = await openEmbedding(
      await openEmbeddedVisit(request, context),
      context,
      config.resources().linked(),
    );
    const headers = { ...cors, ...resourcePolicy(request.headers, context) };
    return privateResponse(request, "application/json", JSON.stringify(embedding), headers);
  } catch (error) {
    return answerFailure(error, config, cors);
  }
}
