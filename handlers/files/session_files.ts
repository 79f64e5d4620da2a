/**
 * `files/…`: uploads and downloads of sessions.
 *
 * @module
 */

import { PROTOCOL_ERRORS } from "../../protocol/error.ts";
import type { FileEntry } from "../../session/file_table.ts";
import type { SessionRegistry } from "../../session/registry/registry.ts";
import type { HandlerConfig, RequestContext } from "../context.ts";
import { corsHeaders } from "../http/cors.ts";
import { limitBytes } from "../http/limited_body.ts";
import { Refusal } from "../http/refusal.ts";
import { errorResponse, methodNotAllowed } from "../http/responses.ts";
import { saveStream } from "./save_stream.ts";

/** Context of {@linkcode handleFiles}. */
export interface FilesContext extends Pick<RequestContext, "url" | "user" | "userKey"> {
  /** Settings of the server. */
  readonly config: Pick<HandlerConfig, "origins">;
  /** Application with the files of its sessions. */
  readonly app: { readonly registry: Pick<SessionRegistry, "files" | "mayJoin" | "mayRead"> };
  /** Last part of the URL's path: the id of an upload or a download. */
  readonly id: string;
}

/**
 * Returns a refusal if a page of an origin that is not allowed requests a file. Navigation is
 * allowed, because the page that causes it cannot read the response.
 */
export function refuseForeignPage(
  { headers }: Request,
  { config }: Pick<FilesContext, "config">,
): Response | undefined {
  if (config.origins.allows(headers) || isNavigation(headers)) return undefined;
  return errorResponse(403, "Origin is not allowed", { headers: corsHeaders(headers, config) });
}

/**
 * Receives the body of an upload, or returns a download, of a session that this process owns.
 *
 * @throws {Refusal} 413 if an upload is longer than the application permits.
 */
export async function handleFiles(request: Request, context: FilesContext): Promise<Response> {
  const { config, app, id } = context;
  const headers = corsHeaders(request.headers, config);
  const refusal = refuseForeignPage(request, context);
  if (refusal !== undefined) return refusal;
  const entry = app.registry.files.get(id);
  if (entry === undefined) return errorResponse(404, undefined, { headers });
  if (request.method === "HEAD") return new Response(null, { headers });
  if (entry.kind === "upload" && !config.origins.allows(request.headers)) {
    return errorResponse(403, "Origin is not allowed", { headers });
  }
  if (!await mayUse(entry, context)) {
    return errorResponse(403, PROTOCOL_ERRORS.session_owner_mismatch.publicText, { headers });
  }
  if (entry.kind === "download") {
    return request.method === "GET" ? await sendDownload(entry, headers) : methodNotAllowed(["GET", "HEAD"]);
  }
  return request.method === "POST" ? await receiveUpload(request, entry, context, headers) : methodNotAllowed(["POST"]);
}

/**
 * Returns whether a browser follows a link. In a page that embeds the application, the request for
 * a link has no `Origin`, and the page cannot read the response.
 */
function isNavigation(headers: Headers): boolean {
  return !headers.has("origin") && headers.get("sec-fetch-mode") === "navigate";
}

/** Returns whether the user may use a URL. Uploads need the right to change the session. */
async function mayUse({ kind, sessionId }: FileEntry, { app, user, userKey }: FilesContext): Promise<boolean> {
  const client = { user, userKey };
  return kind === "upload"
    ? await app.registry.mayJoin(sessionId, client)
    : await app.registry.mayRead(sessionId, client);
}

async function receiveUpload(
  request: Request,
  { maxBytes, receive }: FileEntry & { kind: "upload" },
  { url }: FilesContext,
  headers: Record<string, string>,
): Promise<Response> {
  const tooLong = new Refusal(413, `A file may have at most ${maxBytes} bytes`);
  if (Number(request.headers.get("content-length")) > maxBytes) throw tooLong;
  const body = request.body ?? new Blob([]).stream();
  let exceeded = false;
  const stream = body.pipeThrough(limitBytes(maxBytes, () => {
    exceeded = true;
    return tooLong;
  }));
  try {
    const name = url.searchParams.get("name") ?? "";
    const type = request.headers.get("content-type") ?? "application/octet-stream";
    const result = await receive({ name, type, stream, saveTo: (path) => saveStream(stream, path) });
    return Response.json(result ?? null, { headers: { ...headers, "cache-control": "no-store" } });
  } catch (error) {
    throw exceeded ? tooLong : error;
  } finally {
    if (!stream.locked) await stream.cancel().catch(() => {});
  }
}

async function sendDownload(
  { make }: FileEntry & { kind: "download" },
  headers: Record<string, string>,
): Promise<Response> {
  const { name, type = "application/octet-stream", content } = await make();
  return new Response(content, {
    headers: {
      ...headers,
      "content-type": type,
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", "%27")}`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
