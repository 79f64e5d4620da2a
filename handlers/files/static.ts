/**
 * `/static/…` and `/app/static/…`.
 *
 * @module
 */

import type { RequestContext } from "../context.ts";
import { errorResponse } from "../http/responses.ts";
import { staticResponse } from "./static_response.ts";
import { isSafePath, type StaticSource } from "./static_source.ts";

/** What the static route is told. */
export interface StaticContext extends Pick<RequestContext, "url"> {
  /** The part of the URL's path below `static/`, as it was sent. */
  readonly rest: string;
  /** Where the files come from. */
  readonly source: StaticSource;
}

/** Answers with a file. The path is judged before anything is looked for. */
export async function handleStatic(request: Request, { url, rest, source }: StaticContext): Promise<Response> {
  const path = decodePath(rest);
  if (path === undefined) return errorResponse(400);
  if (!isSafePath(path)) return errorResponse(404);
  const file = await source.find(path);
  if (file === undefined) return errorResponse(404);
  return await staticResponse(request, file, url.searchParams.get("v"));
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
