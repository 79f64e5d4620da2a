/**
 * Builders of messages, values and tokens of the protocol, and a search for models in documents.
 *
 * @module
 */

import { gzipSync } from "node:zlib";

/** Parsed JSON from the server. */
// deno-lint-ignore no-explicit-any -- tests read nested properties of many shapes
export type Json = any;

/** Returns a token that a server without signed sessions accepts for five minutes. `extra` are further members of the token's JSON. */
export function unsignedToken(
  sessionId: unknown = `s-${crypto.randomUUID()}`,
  extra: Record<string, unknown> = {},
): string {
  return encodeToken({ session_id: sessionId, session_expiry: Math.floor(Date.now() / 1000) + 300, ...extra });
}

/** Encodes a value as an unsigned token: base64url of its JSON. */
export function encodeToken(value: unknown): string {
  return base64url(new TextEncoder().encode(JSON.stringify(value)));
}

/** Encodes bytes as base64url without padding. */
export function base64url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

let sent = 0;

/** Returns the three frames of a message without buffers. `header` adds members to its header. */
export function message(msgtype: string, content: unknown = {}, header: Record<string, unknown> = {}): string[] {
  return [JSON.stringify({ msgid: `t${++sent}`, msgtype, ...header }), "{}", JSON.stringify(content)];
}

const zeros = new Map<number, string>();

/** Returns `count` zero bytes, compressed with gzip (about a thousandth of their size) and encoded as base64. Caches the result. */
export function packedZeros(count: number): string {
  return zeros.getOrInsertComputed(count, () => gzipSync(new Uint8Array(count)).toBase64());
}

/**
 * Returns the model with a name in a document's JSON.
 *
 * @throws {Error} If there is no such model.
 */
export function modelOf(doc: Json, name: string): { readonly id: string; readonly attributes: Json } {
  let found: Json;
  const walk = (value: Json): void => {
    if (typeof value !== "object" || value === null) return;
    if (value.attributes?.name === name) found = value;
    for (const item of Object.values(value)) walk(item);
  };
  walk(doc);
  if (found === undefined) throw new Error(`Cannot find the model ${name} in the document`);
  return found;
}

/**
 * Returns the id of the model with a name in a document's JSON.
 *
 * @throws {Error} If there is no such model.
 */
export function idOf(doc: Json, name: string): string {
  return modelOf(doc, name).id;
}

/**
 * Returns the text of the `Div` with a name in a document's JSON.
 *
 * @throws {Error} If there is no such model.
 */
export function textOf(doc: Json, name: string): string {
  return modelOf(doc, name).attributes.text ?? "";
}
