import { isSignatureOf, signatureOf, type SigningOptions, splitSignature } from "./signature.ts";

const ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const LENGTH = 44;
/** Bytes from here on are thrown away, so that every character is as likely as any other. */
const FAIR = 256 - 256 % ALPHABET.length;

/** A random text of 44 letters and digits: a session id, or a secret key. */
export function randomText(): string {
  const codes: number[] = [];
  while (codes.length < LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(LENGTH + 4))) {
      if (byte < FAIR && codes.length < LENGTH) codes.push(ALPHABET.charCodeAt(byte % ALPHABET.length));
    }
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
