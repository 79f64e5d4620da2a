/**
 * `/healthz` and `/readyz`, for those who watch over the process.
 *
 * @module
 */

import { methodNotAllowed } from "./responses.ts";

/** Answers without a session: `/healthz` while the process lives, `/readyz` while it takes visitors. */
export function handleHealth(request: Request, { ready }: { readonly ready: boolean }): Response {
  if (request.method !== "GET" && request.method !== "HEAD") return methodNotAllowed(["GET", "HEAD"]);
  return new Response(request.method === "HEAD" ? null : ready ? "ok\n" : "stopping\n", {
    status: ready ? 200 : 503,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });
}
