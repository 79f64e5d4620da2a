/**
 * `/favicon.ico`.
 *
 * @module
 */

import { defaultIcon } from "../../embed/pages/icon.ts";
import { errorResponse } from "../http/responses.ts";

/** Context of {@linkcode handleFavicon}. */
export interface FaviconContext {
  /** Path of the icon; undefined for Bokeh's icon, null for none. */
  readonly path: string | null | undefined;
}

/**
 * Returns the URL of the icon for pages below a prefix. Returns undefined without a prefix, because
 * browsers request `/favicon.ico` by default.
 */
export function iconUrl(prefix: string): string | undefined {
  return prefix === "" ? undefined : `${prefix}/favicon.ico`;
}

/** Returns the icon. */
export async function handleFavicon(request: Request, { path }: FaviconContext): Promise<Response> {
  const bytes = path === undefined ? defaultIcon() : path === null ? undefined : await readIcon(path);
  if (bytes === undefined) return errorResponse(404);
  return new Response(request.method === "HEAD" ? null : bytes, {
    headers: {
      "content-type": "image/x-icon",
      "content-length": `${bytes.length}`,
      "cache-control": "public, max-age=86400",
      "x-content-type-options": "nosniff",
    },
  });
}

async function readIcon(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
