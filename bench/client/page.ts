/** Reads tokens, URLs and model ids from pages and documents. */

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

/** Returns the id of the model with a name in the JSON text of a document. */
export function modelId(content: string, name: string): string {
  const found = findModel(JSON.parse(content), name);
  if (found === undefined) throw new Error(`Cannot find a model named ${name} in the document`);
  return found;
}

function findModel(value: unknown, name: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { type, id, attributes }: { type?: unknown; id?: unknown; attributes?: { name?: unknown } } = value;
  if (type === "object" && typeof id === "string" && attributes?.name === name) return id;
  for (const member of Object.values(value)) {
    const found = findModel(member, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
