import { type Clock, systemClock } from "../../common/clock.ts";
import { equalSecrets } from "../../common/equal_secrets.ts";
import { nodeBuiltin } from "../../common/node_builtin.ts";

/** Time after its issue in which a nonce is valid, in milliseconds. */
const VALID_MILLISECONDS = 20_000;
/** Time after its arrival in which a process uses a nonce that another one has issued, in milliseconds. */
export const USABLE_MILLISECONDS: number = VALID_MILLISECONDS / 2;
/** Number of bytes of the key of the signatures. */
const KEY_BYTES = 32;

/**
 * Texts that a process issues to others, each for one request. A recorded request cannot be
 * repeated, and the clocks of the processes may differ.
 *
 * An issued nonce takes no memory, because it is signed. Thus questions that are recorded and
 * repeated do not make the nonces of others invalid. Used nonces are kept until they are too old.
 */
export class Nonces {
  readonly #key = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  readonly #clock: Pick<Clock, "now">;
  #issued = 0;
  /** Numbers of used nonces with the times of their issue, in milliseconds. */
  readonly #used = new Map<string, number>();

  constructor(clock: Pick<Clock, "now"> = systemClock) {
    this.#clock = clock;
  }

  /** Number of used nonces that are kept. */
  get size(): number {
    return this.#used.size;
  }

  /** Issues a nonce. */
  issue(): string {
    const text = `${++this.#issued}.${Math.floor(this.#clock.now())}`;
    return `${text}.${this.#sign(text)}`;
  }

  /** Uses a nonce. Returns whether this process has issued it a short time ago and it has not been used. */
  use(nonce: string | undefined): boolean {
    const [, text, number, time, signature] = /^((\d+)\.(\d+))\.([\w-]+)$/.exec(nonce ?? "") ?? [];
    if (text === undefined || !equalSecrets(signature!, this.#sign(text))) return false;
    this.#removeOld();
    const issuedAt = Number(time);
    if (this.#isOld(issuedAt) || this.#used.has(number!)) return false;
    this.#used.set(number!, issuedAt);
    return true;
  }

  #isOld(issuedAt: number): boolean {
    return this.#clock.now() - issuedAt > VALID_MILLISECONDS;
  }

  #removeOld(): void {
    for (const [number, issuedAt] of this.#used) {
      if (!this.#isOld(issuedAt)) return;
      this.#used.delete(number);
    }
  }

  #sign(text: string): string {
    return nodeBuiltin("node:crypto").createHmac("sha256", this.#key).update(text).digest("base64url");
  }
}
