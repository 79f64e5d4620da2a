/** Characters of a digest: 132 bits. */
const DIGEST_LENGTH = 22;

/** Returns a short SHA-256 digest of bytes, in base64url. The parts are digested as one. */
export async function digest(parts: readonly Uint8Array[]): Promise<string> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return hash.toBase64({ alphabet: "base64url", omitPadding: true }).slice(0, DIGEST_LENGTH);
}
