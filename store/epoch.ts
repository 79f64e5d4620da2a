/**
 * Returns a new epoch: 96 random bits. No epoch of a session repeats, even after the store has lost
 * the session's record.
 */
export function newEpoch(): string {
  return crypto.getRandomValues(new Uint8Array(12)).toBase64({ alphabet: "base64url" });
}
