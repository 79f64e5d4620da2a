/**
 * `metadata`: what an application says of itself.
 *
 * @module
 */

import type { AppContext, ServedApplication } from "../context.ts";
import { answerFailure } from "../http/failure.ts";
import { checkCredentials } from "../credentials/session_credentials.ts";
import { methodNotAllowed, textResponse } from "../http/responses.ts";

/** Answers with the application's metadata. It makes no session. */
export async function handleMetadata(request: Request, context: AppContext): Promise<Response> {
  if (request.method !== "GET" && request.method !== "HEAD") return methodNotAllowed(["GET", "HEAD"]);
  try {
    await checkCredentials(request, context);
    const body = JSON.stringify({ url: context.app.path, data: await metadataOf(context.app) });
    return await textResponse(request, "application/json", body);
  } catch (error) {
    return answerFailure(error, context.config);
  }
}

/** The metadata of an application: its value, or what its function returns, or nothing. */
export async function metadataOf({ application: { metadata } }: ServedApplication): Promise<unknown> {
  return (typeof metadata === "function" ? await metadata() : metadata) ?? {};
}
