/**
 * Decides when frames of a session may be sent: only after the store has the journal entries of the
 * changes that the frames contain or confirm.
 */
export class OutputGate {
  readonly #onOpen: () => void;
  #barrier = 0;
  #stored = 0;

  /** @param onOpen Called each time when waiting frames may be sent. */
  constructor(onOpen: () => void) {
    this.#onOpen = onOpen;
  }

  /**
   * Sequence number of the entry that must be stored before frames that are created now may be
   * sent.
   */
  get barrier(): number {
    return this.#barrier;
  }

  /** Whether frames may be sent at once. */
  get isOpen(): boolean {
    return this.#stored >= this.#barrier;
  }

  /** Returns whether frames that wait for an entry may be sent. */
  hasPassed(barrier: number): boolean {
    return this.#stored >= barrier;
  }

  /** Delays all frames that are created from now on until an entry is stored. */
  closeUntil(seq: number): void {
    this.#barrier = Math.max(this.#barrier, seq);
  }

  /** Notes that an entry and all earlier ones are stored. */
  stored(seq: number): void {
    if (seq <= this.#stored) return;
    const wasOpen = this.isOpen;
    this.#stored = seq;
    if (!wasOpen) this.#onOpen();
  }
}
