/**
 * The header with which a process passes on what it knows of the client of a relayed request.
 *
 * @module
 */

import { type SecretKey, sign, splitSignature, verify } from "../../session/credentials/signature.ts";
import { decodeBase64Url, encodeBase64Url, parseJson } from "../../session/credentials/token_payload.ts";

/**
 * Name of the header. It is read only from requests on the socket that the processes share, and
 * only with a valid signature, so that clients cannot use it.
 */
export const RELAY_HEADER = "bokeh-relay";

/** Header of a response to a process, with a nonce for its next request. */
export const NONCE_HEADER = "bokeh-relay-nonce";

/** What the process that received a request knows of its client. */
export interface RelayedClient {
  /** IP address of the client, if known. */
  readonly address?: string | undefined;
  /** IP address of the connection, if known. */
  readonly peer?: string | undefined;
  /** Scheme of the URL that the client used, with a colon, if known. */
  readonly scheme?: string | undefined;
}

/** A relayed request: its client, and the nonce that protects it against replays. */
export interface RelayedRequest {
  readonly client: RelayedClient;
  /** A nonce that the recipient has issued; undefined between processes of one machine. */
  readonly nonce?: string | undefined;
}

/** Returns what this process knows of the client of a request. */
export function relayedBy(
  { url, address, peer }: {
    readonly url: URL;
    readonly address?: string | undefined;
    readonly peer?: string | undefined;
  },
): RelayedClient {
  return { address, peer, scheme: url.protocol };
}

/** Returns the value of the header for a request. Its signature is valid for the path only. */
export async function relayHeader(relayed: RelayedRequest, path: string, key: SecretKey): Promise<string> {
  const text = encodeBase64Url(new TextEncoder().encode(JSON.stringify(relayed)));
  return `${text}.${await sign(`${text} ${path}`, key, "relay")}`;
}

/**
 * Returns the content of the header of a relayed request, or undefined if it is not signed with the
 * key.
 */
export async function relayedRequest(request: Request, key: SecretKey): Promise<RelayedRequest | undefined> {
  const parts = splitSignature(request.headers.get(RELAY_HEADER) ?? "");
  const { pathname, search } = new URL(request.url);
  if (parts === undefined || !await verify(parts.signature, `${parts.text} ${pathname}${search}`, key, "relay")) {
    return undefined;
  }
  // only processes of this server have the key, so that the content has this type
  return parseJson(decodeBase64Url(parts.text)) as RelayedRequest;
}
