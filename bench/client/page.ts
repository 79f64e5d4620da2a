/** What a client takes out of an application's page. */

import type { HttpConnection } from "./http_connection.ts";

/** The token in a page or an autoload.js: what opens the websocket. */
export function tokenOf(page: string): string {
  const token = /["']token["']\s*:\s*["']([^"']+)["']/.exec(page)?.[1];
  if (token === undefined) throw new Error("Cannot find a token in the page");
  return token;
}

/** Gets a page and takes its token out. */
export async function getToken(http: HttpConnection, request: Uint8Array): Promise<string> {
  const { status, head, body } = await http.request(request, true);
  if (status !== 200) throw new Error(`Cannot get the page: the server answered ${head}`);
  return tokenOf(new TextDecoder().decode(body));
}

/** The address of a script as a page at a path has it, with its version; Bokeh's own where the page does not name it. */
export function scriptUrl(page: string, path: string, script: string): string {
  const sources = page.matchAll(/<script[^>]+src="([^"]+)"/g).map((match) => match[1]!);
  const source = sources.find((address) => address.includes(script)) ?? `/static/js/${script}`;
  const { pathname, search } = new URL(source, `http://localhost${path}`);
  return pathname + search;
}

/** The id of the model with a name in the text of a document. */
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
