import { isSignatureOf, signatureOf, type SigningOptions, splitSignature } from "./signature.ts";

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

/** Makes an id that nobody can guess; a signed one proves that a holder of the key made it. */
export function generateSessionId(options: SigningOptions = {}): string {
  const id = randomText();
  return options.signed ? `${id}.${signatureOf(id, options.secretKey)}` : id;
}

/** Whether the signature in a session id is right; without signing every id is. */
export function checkSessionIdSignature(id: string, options: SigningOptions = {}): boolean {
  if (!options.signed) return true;
  const parts = splitSignature(id);
  return parts !== undefined && isSignatureOf(parts.signature, parts.text, options.secretKey);
}
