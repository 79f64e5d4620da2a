import { nodeBuiltin } from "../../common/node_builtin.ts";

/** Characters of a digest: 132 bits. */
const DIGEST_LENGTH = 22;

/** Returns a short SHA-256 digest of bytes, in base64url. The parts are digested as one. */
export function digest(parts: readonly Uint8Array[]): string {
  const hash = nodeBuiltin("node:crypto").createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("base64url").slice(0, DIGEST_LENGTH);
}
