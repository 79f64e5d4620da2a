/**
 * The route `metadata`: the metadata of an application.
 *
 * @module
 */

import type { AppContext, ServedApplication } from "../context.ts";
import { textResponse } from "../http/responses.ts";

/** Returns the metadata of an application as JSON. Creates no session. */
export async function handleMetadata(request: Request, context: AppContext): Promise<Response> {
  const body = JSON.stringify({ url: context.app.path, data: await metadataOf(context.app) });
  return await textResponse(request, "application/json", body);
}

/**
 * Returns the metadata of an application, which can be a value or a function, or an empty object.
 */
export async function metadataOf({ application: { metadata } }: ServedApplication): Promise<unknown> {
  return (typeof metadata === "function" ? await metadata() : metadata) ?? {};
}
