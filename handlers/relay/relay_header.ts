/**
 * What a process tells another of the client whose request it relays.
 *
 * @module
 */

import { type SecretKey, sign, splitSignature, verify } from "../../session/credentials/signature.ts";
import { decodeBase64Url, encodeBase64Url, parseJson } from "../../session/credentials/token_payload.ts";

/** Name of the header. A client that sends it tells nothing by it: only relayed requests are read for it. */
export const RELAY_HEADER = "bokeh-relay";

/** What the process that received a request has found out about its client. */
export interface RelayedClient {
  /** Address, if it is known. */
  readonly address?: string | undefined;
  /** Scheme of the URL as the client used it, with a colon, if it is known. */
  readonly scheme?: string | undefined;
}

/** Returns what this process knows of the client of a request. */
export function relayedBy(
  { url, address }: { readonly url: URL; readonly address?: string | undefined },
): RelayedClient {
  return { address, scheme: url.protocol };
}

/** Returns the value of the header for a request of a path, which holds for no other path. */
export async function relayHeader(client: RelayedClient, path: string, key: SecretKey): Promise<string> {
  const text = encodeBase64Url(new TextEncoder().encode(JSON.stringify(client)));
  return `${text}.${await sign(`${text} ${path}`, key, "relay")}`;
}

/** Returns what the header of a relayed request tells; undefined if no process with this key has written it. */
export async function relayedClient(request: Request, key: SecretKey): Promise<RelayedClient | undefined> {
  const parts = splitSignature(request.headers.get(RELAY_HEADER) ?? "");
  const { pathname, search } = new URL(request.url);
  if (parts === undefined || !await verify(parts.signature, `${parts.text} ${pathname}${search}`, key, "relay")) {
    return undefined;
  }
  // the signature says that one of our processes has written it
  return parseJson(decodeBase64Url(parts.text)) as RelayedClient;
}
