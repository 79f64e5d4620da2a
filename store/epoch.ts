/**
 * Returns a new epoch: 96 random bits. No epoch of a session repeats, even after the store has lost
 * the session's record.
 */
export function newEpoch(): string {
  return crypto.getRandomValues(new Uint8Array(12)).toBase64({ alphabet: "base64url" });
}

/**
 * Returns the epoch of the next owner: a generation, which increases with each owner, and random bits. The epochs of
 * two processes that restore a lost record can be compared.
 *
 * @param previous Epoch of the owner before; undefined for a new record.
 */
export function nextEpoch(previous: string | undefined): string {
  return `${generationOf(previous) + 1}.${newEpoch()}`;
}

/** Returns the generation of an epoch, 0 if it has none. */
export function generationOf(epoch: string | undefined): number {
  return Number(/^(\d+)\./.exec(epoch ?? "")?.[1] ?? 0);
}
