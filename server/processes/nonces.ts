/** Maximum number of nonces that are issued and not used. */
const MAX_NONCES = 100_000;
/** Number of random bytes of a nonce. */
const NONCE_BYTES = 18;

/**
 * Random texts that a process issues to others, each for one request. A recorded request cannot be
 * repeated, and the clocks of the processes may differ.
 */
export class Nonces {
  readonly #issued = new Set<string>();

  /** Issues a nonce. If too many are not used, the oldest becomes invalid. */
  issue(): string {
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES)).toBase64({ alphabet: "base64url" });
    this.#issued.add(nonce);
    if (this.#issued.size > MAX_NONCES) this.#issued.delete(this.#issued.values().next().value!);
    return nonce;
  }

  /** Uses a nonce. Returns whether it was issued and has not been used. */
  use(nonce: string | undefined): boolean {
    return nonce !== undefined && this.#issued.delete(nonce);
  }
}
