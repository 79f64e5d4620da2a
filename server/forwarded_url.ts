/** URL of a request. Of a proxy that is believed, the scheme that the visitor used. */
export function forwardedUrl(request: Request, believed: boolean): URL {
  const url = new URL(request.url);
  if (!believed) return url;
  const scheme = request.headers.get("x-scheme") ?? request.headers.get("x-forwarded-proto")?.split(",").at(-1);
  const wanted = scheme?.trim().toLowerCase();
  if (wanted === "http" || wanted === "https") url.protocol = `${wanted}:`;
  return url;
}
