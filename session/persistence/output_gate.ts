/** Decides when frames of a session may be sent: not before the journal entries that they follow from are stored. */
export class OutputGate {
  readonly #onOpen: () => void;
  #barrier = 0;
  #stored = 0;

  /** @param onOpen Called each time that frames which waited may be sent. */
  constructor(onOpen: () => void) {
    this.#onOpen = onOpen;
  }

  /** Sequence number of the entry that must be stored before frames of this moment may be sent. */
  get barrier(): number {
    return this.#barrier;
  }

  /** Whether frames may be sent at once. */
  get isOpen(): boolean {
    return this.#stored >= this.#barrier;
  }

  /** Returns whether frames may be sent that had to wait for an entry. */
  hasPassed(barrier: number): boolean {
    return this.#stored >= barrier;
  }

  /** Makes all frames that are sent from now on wait until an entry is stored. */
  closeUntil(seq: number): void {
    this.#barrier = Math.max(this.#barrier, seq);
  }

  /** Notes that an entry and all before it are stored. */
  stored(seq: number): void {
    if (seq <= this.#stored) return;
    const wasOpen = this.isOpen;
    this.#stored = seq;
    if (!wasOpen) this.#onOpen();
  }
}
