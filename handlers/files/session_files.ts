/**
 * `files/…`: what the visitors of a session send and get.
 *
 * @module
 */

import { PROTOCOL_ERRORS } from "../../protocol/error.ts";
import type { FileEntry } from "../../session/file_table.ts";
import type { SessionRegistry } from "../../session/registry.ts";
import type { HandlerConfig, RequestContext } from "../context.ts";
import { answerPreflight, corsHeaders } from "../http/cors.ts";
import { answerFailure } from "../http/failure.ts";
import { limitBytes } from "../http/limited_body.ts";
import { relayedBy } from "../relay/relay_header.ts";
import { Refusal } from "../http/refusal.ts";
import { errorResponse, methodNotAllowed } from "../http/responses.ts";
import { saveStream } from "./save_stream.ts";

/** Only processes ask so: whether one has the URL. */
const ASKING = "HEAD";

/** What the route of files is told. */
export interface FilesContext extends Pick<RequestContext, "url" | "user" | "userKey" | "address"> {
  /** The server's settings. */
  readonly config: Pick<HandlerConfig, "origins" | "peers" | "onError" | "development">;
  /** The application, with the files of its sessions. */
  readonly app: { readonly registry: Pick<SessionRegistry, "files" | "mayJoin" | "mayRead"> };
  /** Id behind `files/`. */
  readonly id: string;
}

/** Takes or gives a file. Where another process has the session, that process does. */
export async function handleFiles(request: Request, context: FilesContext): Promise<Response> {
  const { config, app, id } = context;
  if (request.method === "OPTIONS") return answerPreflight(request.headers, config);
  const headers = corsHeaders(request.headers, config);
  const entry = app.registry.files.get(id);
  try {
    const isAllowed = config.origins.allows(request.headers);
    // before another process is asked: no process answers for a page that may not ask
    if (!isAllowed && !isNavigation(request.headers)) {
      return errorResponse(403, "Origin is not allowed", { headers });
    }
    if (entry === undefined) return await fromPeer(request, context) ?? errorResponse(404, undefined, { headers });
    if (request.method === ASKING) return new Response(null, { headers });
    if (entry.kind === "upload" && !isAllowed) return errorResponse(403, "Origin is not allowed", { headers });
    if (!await mayUse(entry, context)) {
      return errorResponse(403, PROTOCOL_ERRORS.session_owner_mismatch.publicText, { headers });
    }
    if (entry.kind === "download") {
      return request.method === "GET" ? await give(entry, headers) : methodNotAllowed(["GET", "HEAD"]);
    }
    return request.method === "POST" ? await take(request, entry, context, headers) : methodNotAllowed(["POST"]);
  } catch (error) {
    return answerFailure(error, config, headers);
  }
}

/**
 * Returns whether a browser follows a link. One in a page that embeds the application has no `Origin`, and the page cannot read the
 * answer.
 */
function isNavigation(headers: Headers): boolean {
  return !headers.has("origin") && headers.get("sec-fetch-mode") === "navigate";
}

/** Returns whether the user may use a URL: only those who may change the session send files to it. */
async function mayUse({ kind, sessionId }: FileEntry, { app, user, userKey }: FilesContext): Promise<boolean> {
  const client = { user, userKey };
  return kind === "upload"
    ? await app.registry.mayJoin(sessionId, client)
    : await app.registry.mayRead(sessionId, client);
}

/**
 * Relays a request to the process that has the URL. Returns undefined if no process has it.
 *
 * @throws {ProtocolError} If none of those that answer has it, and another does not answer.
 */
async function fromPeer(request: Request, context: FilesContext): Promise<Response | undefined> {
  const headers = new Headers(request.headers);
  for (const name of ["content-length", "transfer-encoding"]) headers.delete(name);
  let failure: unknown;
  for (const peer of context.config.peers?.others.values() ?? []) {
    const asking = new Request(request.url, { method: ASKING, headers });
    const has = await peer.fetch(asking, relayedBy(context)).then(isOk).catch((error) => {
      failure ??= error; // another process may have it
      return false;
    });
    if (has) return await peer.fetch(request, relayedBy(context));
  }
  if (failure !== undefined) throw failure;
  return undefined;
}

async function isOk(response: Response): Promise<boolean> {
  await response.body?.cancel();
  return response.ok;
}

async function take(
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
    const answer = await receive({ name, type, stream, saveTo: (path) => saveStream(stream, path) });
    return Response.json(answer ?? null, { headers: { ...headers, "cache-control": "no-store" } });
  } catch (error) {
    throw exceeded ? tooLong : error;
  } finally {
    if (!stream.locked) await stream.cancel().catch(() => {});
  }
}

async function give(
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
