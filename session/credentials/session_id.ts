/**
 * Creation and verification of session ids, in the same format as Bokeh's: 44 random characters,
 * and for signed ids a dot and the signature.
 *
 * @module
 */

import { tokenFields } from "./token_payload.ts";
import { sign, type SigningOptions, splitSignature, verify } from "./signature.ts";

const ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
/** Number of characters of a random text. */
const LENGTH = 44;
/**
 * Random bytes of this value or above are discarded, so that all characters have the same
 * probability: 256 is not a multiple of the alphabet's length.
 */
const REJECT_FROM = 256 - 256 % ALPHABET.length;

/**
 * Random bytes for the next ids. Without this pool, `crypto.getRandomValues` would run once per id
 * and take most of the time of creating it.
 */
const pool = new Uint8Array(4096);
/** Number of bytes of the pool that were used. */
let used = pool.length;

/** Returns a random byte, and erases it from the pool. */
function randomByte(): number {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const byte = pool[used]!;
  pool[used++] = 0;
  return byte;
}

/**
 * Returns a random text of 44 letters and digits (262 bits). Used for session ids, secret keys and
 * nonces.
 */
export function randomText(): string {
  const codes: number[] = [];
  while (codes.length < LENGTH) {
    const byte = randomByte();
    if (byte < REJECT_FROM) codes.push(ALPHABET.charCodeAt(byte % ALPHABET.length));
  }
  return String.fromCharCode(...codes);
}

/**
 * Returns a new, random session id. With `signed`, a dot and a signature follow, which prove that
 * the id was created with the secret key.
 *
 * @throws {TypeError} If `signed` is set and `secretKey` is absent or empty.
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { checkSessionIdSignature, generateSessionId } from "@bokeh/server";
 *
 * const signing = { signed: true, secretKey: "a long random text" };
 * const id = await generateSessionId(signing);
 * assertEquals(await checkSessionIdSignature(id, signing), true);
 * assertEquals(await checkSessionIdSignature("made up", signing), false);
 * ```
 */
export async function generateSessionId(options: SigningOptions = {}): Promise<string> {
  const id = randomText();
  return options.signed ? `${id}.${await sign(id, options.secretKey)}` : id;
}

/** Maximum length of a signed id, in characters. Ids that this package and Bokeh create have 88. */
const MAX_SIGNED_LENGTH = 512;

/**
 * Returns whether the signature of a session id is valid. Without `signed` every id is valid.
 *
 * Returns false for a token that is given as an id. A token also consists of a text and a valid
 * signature; if it were accepted, it would be used without the checks of tokens: whether it is
 * expired, read-only or for another application.
 *
 * @throws {TypeError} If `signed` is set and `secretKey` is absent or empty.
 */
export async function checkSessionIdSignature(id: string, options: SigningOptions = {}): Promise<boolean> {
  if (!options.signed) return true;
  if (id.length > MAX_SIGNED_LENGTH) return false;
  const parts = splitSignature(id);
  return parts !== undefined && tokenFields(parts.text) === undefined &&
    await verify(parts.signature, parts.text, options.secretKey);
}
