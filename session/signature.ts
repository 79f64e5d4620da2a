// node:crypto and not Web Crypto: a page makes two signatures, and the asynchronous call costs five times the synchronous one
import { nodeBuiltin } from "../protocol/node_builtin.ts";

/** Who may make session ids and tokens. */
export interface SigningOptions {
  /** Key of the signatures, as text or bytes; needed where `signed` is set. */
  secretKey?: string | Uint8Array | undefined;
  /**
   * Whether ids and tokens carry a signature.
   *
   * @default {false}
   */
  signed?: boolean | undefined;
}

const encoder = new TextEncoder();

/** Signature of a text: base64url of its HMAC-SHA256, without padding. */
export function signatureOf(text: string, secretKey: string | Uint8Array | undefined): string {
  if (secretKey === undefined) throw new TypeError("Cannot sign: no secret key is given");
  return nodeBuiltin("node:crypto").createHmac("sha256", secretKey).update(text, "utf8").digest("base64url");
}

/** Whether a signature is that of a text, compared in a time that does not tell where they differ. */
export function isSignatureOf(signature: string, text: string, secretKey: string | Uint8Array | undefined): boolean {
  const expected = encoder.encode(signatureOf(text, secretKey));
  const given = encoder.encode(signature);
  return given.length === expected.length && nodeBuiltin("node:crypto").timingSafeEqual(given, expected);
}

/** A text and its signature, parted at the first dot. */
export function splitSignature(signed: string): { text: string; signature: string } | undefined {
  const dot = signed.indexOf(".");
  return dot < 0 ? undefined : { text: signed.slice(0, dot), signature: signed.slice(dot + 1) };
}
