/**
 * Static files: `/static/…` and `/app/static/…`.
 *
 * @module
 */

import type { RequestContext } from "../context.ts";
import { errorResponse } from "../http/responses.ts";
import { staticResponse } from "./static_response.ts";
import { isSafePath, type StaticSource } from "./static_source.ts";

/** Context of {@linkcode handleStatic}. */
export interface StaticContext extends Pick<RequestContext, "url"> {
  /** Part of the URL's path after `static/`, percent-encoded. */
  readonly rest: string;
  /** Source of the files. */
  readonly source: StaticSource;
}

/** Returns a file. Refuses unsafe paths before it searches for the file. */
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
