import type { Limits } from "../../common/limits.ts";
import type { SessionObserver } from "../observability/observer.ts";
import { BYTES_PER_COPY_STEP, withBudget, WorkBudget, WorkReserve } from "../../protocol/work_budget.ts";
import { type LimitKind, type WorkLimits, workLimits } from "../../protocol/work_limits.ts";

/** Limits of a session: on the work that its clients cause, and on what they are sent. */
export interface SessionWorkLimits
  extends Pick<Limits, "savedSteps" | "stepsPerSecond" | "undeliveredBytesPerSession" | "inlineArrayBytes"> {
  /** Limits of one message. */
  readonly message: WorkLimits;
}

/** Returns the work limits among those of a server. All sessions of a registry share the result. */
export function sessionWorkLimits(limits: Limits): SessionWorkLimits {
  return { ...limits, message: workLimits(limits) };
}

/** Options of {@linkcode SessionWork}. */
interface SessionWorkOptions {
  readonly limits: SessionWorkLimits;
  readonly observer: SessionObserver;
  /** Ends the session or the connection whose work exceeds a limit. It is called once. */
  readonly end: (limit: LimitKind) => void;
}

/** Account of the work that the clients of one session, or one read-only client, cause. */
export class SessionWork {
  readonly #options: SessionWorkOptions;
  readonly #limits: WorkLimits;
  #reserve: WorkReserve | undefined;
  #ended = false;

  /** Creates an account without charges. */
  constructor(options: SessionWorkOptions) {
    this.#options = options;
    this.#limits = options.limits.message;
  }

  /**
   * Calls a synchronous function that handles a message, and charges its work to this account.
   *
   * @param messageBytes Length of the message.
   * @throws The error of the function.
   */
  run(messageBytes: number, fn: () => void): void {
    const budget = new WorkBudget(this.#limits, messageBytes);
    try {
      withBudget(budget, fn);
    } finally {
      if (budget.exceeded !== undefined) this.#report(budget.exceeded.kind);
      this.#take(budget.spent("steps"));
    }
  }

  /**
   * Charges the bytes that are sent to all clients because of one message. Returns whether they may
   * be sent; if not, `end` is called.
   */
  maySend(bytes: number): boolean {
    if (bytes <= this.#limits.sentBytes) this.#take(Math.max(0, bytes - FREE_SENT_BYTES) / BYTES_PER_COPY_STEP);
    else this.#end("sentBytes");
    return !this.#ended;
  }

  /** Reports that a limit was exceeded. */
  #report(limit: LimitKind): void {
    this.#options.observer({ type: "workRefused", limit });
  }

  #take(steps: number): void {
    if (steps === 0) return;
    this.#reserve ??= new WorkReserve(this.#options.limits, () => performance.now());
    if (!this.#reserve.take(steps)) this.#end("steps");
  }

  #end(limit: LimitKind): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#report(limit);
    this.#options.end(limit);
  }
}

/**
 * Bytes per patch, for all clients together, that are not charged: sending them takes almost no
 * time.
 */
const FREE_SENT_BYTES = 64 * 1024;
