import { tokenFields } from "./token_payload.ts";
import { sign, type SigningOptions, splitSignature, verify } from "./signature.ts";

const ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const LENGTH = 44;
/** Bytes from here on are thrown away, so that every character is as likely as any other. */
const FAIR = 256 - 256 % ALPHABET.length;

/** Random bytes for the next texts: to ask the system for those of one text alone takes longer than all else in making it. */
const pool = new Uint8Array(4096);
let used = pool.length;

/** A random byte that nobody else gets. */
function randomByte(): number {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const byte = pool[used]!;
  pool[used++] = 0;
  return byte;
}

/** A random text of 44 letters and digits: a session id, or a secret key. */
export function randomText(): string {
  const codes: number[] = [];
  while (codes.length < LENGTH) {
    const byte = randomByte();
    if (byte < FAIR) codes.push(ALPHABET.charCodeAt(byte % ALPHABET.length));
  }
  return String.fromCharCode(...codes);
}

/** Returns a new session id that nobody can guess. A signed id proves that it was made with the key. */
export async function generateSessionId(options: SigningOptions = {}): Promise<string> {
  const id = randomText();
  return options.signed ? `${id}.${await sign(id, options.secretKey)}` : id;
}

/** Longest signed id, in characters. Python's and ours have 88. */
const MAX_SIGNED_LENGTH = 512;

/**
 * Returns whether the signature of a session id is right. Without `signed` every id is. A signed token is not a session
 * id, although it has the form and the signature of one: it may be expired, read-only or for another application.
 */
export async function checkSessionIdSignature(id: string, options: SigningOptions = {}): Promise<boolean> {
  if (!options.signed) return true;
  if (id.length > MAX_SIGNED_LENGTH) return false;
  const parts = splitSignature(id);
  return parts !== undefined && tokenFields(parts.text) === undefined &&
    await verify(parts.signature, parts.text, options.secretKey);
}
