/**
 * The encrypted header of a stored session: the request that opened it, with which the application
 * runs again when the session is resumed.
 *
 * @module
 */

import type { SessionRequest } from "../../document/session_request.ts";
import { decrypt, encrypt, type SecretKey } from "../credentials/signature.ts";
import type { SessionKey } from "./session_store.ts";

/** The stored information about the client that opened a session. */
export interface SessionHeader {
  /** Id of the session. */
  readonly sessionId: string;
  /**
   * Random id of the session object, by which pages recognize it. A resumed session has the same
   * id.
   */
  readonly instance: string;
  /** Key that identifies the user; undefined without a login. */
  readonly userKey?: string | undefined;
  /** Prefix of the server's paths in the client's URLs. */
  readonly prefix: string;
  /** Payload of the token that opened the session. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** The request that opened the session, without its user. */
  readonly request: SessionRequest | null;
}

/**
 * Encrypts the header of a session for a store.
 *
 * @param key Key of the session in the store. It is authenticated, so that a header cannot be used
 * for another session.
 */
export async function sealHeader(header: SessionHeader, key: SessionKey, secret: SecretKey): Promise<Uint8Array> {
  const text = JSON.stringify(
    header,
    (_name, value) => value instanceof Uint8Array ? { bytes: value.toBase64() } : value,
  );
  return await encrypt(new TextEncoder().encode(text), secret, "session header", key);
}

/**
 * Decrypts a header. Returns undefined if it was encrypted with another secret or for another
 * session.
 */
export async function openHeader(
  sealed: Uint8Array,
  key: SessionKey,
  secret: SecretKey,
): Promise<SessionHeader | undefined> {
  const bytes = await decrypt(new Uint8Array(sealed), secret, "session header", key);
  return bytes &&
    JSON.parse(
      new TextDecoder().decode(bytes),
      (_name, value) => isBytes(value) ? Uint8Array.fromBase64(value.bytes) : value,
    );
}

function isBytes(value: unknown): value is { bytes: string } {
  return typeof value === "object" && value !== null && Object.keys(value).length === 1 && "bytes" in value &&
    typeof value.bytes === "string";
}
