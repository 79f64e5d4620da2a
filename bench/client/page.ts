/** Reads tokens and URLs from pages. */

import type { HttpConnection } from "./http_connection.ts";

/** Returns the token in a page or an autoload.js script. */
export function tokenOf(page: string): string {
  const token = /["']token["']\s*:\s*["']([^"']+)["']/.exec(page)?.[1];
  if (token === undefined) throw new Error("Cannot find a token in the page");
  return token;
}

/** Requests a page and returns its token. */
export async function getToken(http: HttpConnection, request: Uint8Array): Promise<string> {
  const { status, head, body } = await http.request(request, true);
  if (status !== 200) throw new Error(`Cannot get the page: the server answered ${head}`);
  return tokenOf(new TextDecoder().decode(body));
}

/** Returns the path and query of a script in a page. By default Bokeh's path. */
export function scriptUrl(page: string, path: string, script: string): string {
  const sources = page.matchAll(/<script[^>]+src="([^"]+)"/g).map((match) => match[1]!);
  const source = sources.find((address) => address.includes(script)) ?? `/static/js/${script}`;
  const { pathname, search } = new URL(source, `http://localhost${path}`);
  return pathname + search;
}
