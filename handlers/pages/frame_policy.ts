/**
 * Which pages may show pages of this server in a frame.
 *
 * @module
 */

const POLICY = "content-security-policy";

/**
 * Adds the directive `frame-ancestors` to the Content-Security-Policy of a page that has none.
 * Without it, any site can show the page in a frame and make users click on it (clickjacking).
 *
 * @param sources Origins that may show the page.
 */
export function withFramePolicy(response: Response, sources: string): Response {
  const { headers } = response;
  if (!headers.get("content-type")?.startsWith("text/html")) return response;
  const policy = headers.get(POLICY);
  if (policy?.includes("frame-ancestors")) return response;
  headers.set(POLICY, `${policy === null ? "" : `${policy}; `}frame-ancestors ${sources}`);
  return response;
}
