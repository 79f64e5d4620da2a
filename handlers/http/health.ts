/**
 * `/healthz` and `/readyz`, for load balancers and orchestrators.
 *
 * @module
 */

/** Returns 200, or 503 with the reason why the server is not ready. */
export function handleHealth(request: Request, { reason }: { readonly reason: string | undefined }): Response {
  return new Response(request.method === "HEAD" ? null : `${reason ?? "ok"}\n`, {
    status: reason === undefined ? 200 : 503,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });
}
