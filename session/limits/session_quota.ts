import type { Limits } from "../../common/limits.ts";
import type { MemoryPool } from "../../protocol/memory_pool.ts";
import { ProtocolError } from "../../protocol/error.ts";
import { addressGroup } from "./address_group.ts";
import { type Clock, systemClock } from "../../common/clock.ts";

/** Limits on the number of sessions. */
type SessionQuotaLimits = Pick<Limits, "sessions" | "sessionsPerAddress" | "sessionsPerSecond">;

/** Counts the sessions of a server and refuses new ones beyond its limits. */
export class SessionQuota {
  readonly #limits: SessionQuotaLimits;
  readonly #clock: Clock;
  readonly #memory: MemoryPool | undefined;
  readonly #byAddress = new Map<string, number>();
  #count = 0;
  #second = 0;
  #inSecond = 0;

  /**
   * Creates a quota without sessions.
   *
   * @param memory The memory of all documents: new sessions are refused while it is full.
   */
  constructor(limits: SessionQuotaLimits, clock: Clock = systemClock, memory?: MemoryPool) {
    this.#limits = limits;
    this.#clock = clock;
    this.#memory = memory;
  }

  /**
   * Counts a new session.
   *
   * @param address Address of the client that opens it, if known.
   * @returns A function to call once, when the session was destroyed.
   * @throws {ProtocolError} `too_many_sessions` if a limit is exceeded.
   */
  take(address: string | undefined): () => void {
    const { sessions, sessionsPerAddress, sessionsPerSecond } = this.#limits;
    if (isOver(this.#count, sessions)) throw refusal(`there are ${sessions} already`);
    if (this.#memory?.isFull) throw refusal("documents keep all the memory that clients may use");
    const group = address === undefined ? undefined : addressGroup(address);
    const own = group === undefined ? 0 : this.#byAddress.get(group) ?? 0;
    if (isOver(own, sessionsPerAddress)) throw refusal(`its address has ${sessionsPerAddress} already`);
    const second = Math.floor(this.#clock.now() / 1000);
    if (second !== this.#second) [this.#second, this.#inSecond] = [second, 0];
    if (isOver(this.#inSecond, sessionsPerSecond)) throw refusal(`${sessionsPerSecond} were opened in this second`);
    this.#inSecond++;
    this.#count++;
    if (group !== undefined) this.#byAddress.set(group, own + 1);
    return () => this.#release(group);
  }

  #release(group: string | undefined): void {
    this.#count--;
    if (group === undefined) return;
    const left = (this.#byAddress.get(group) ?? 1) - 1;
    if (left === 0) this.#byAddress.delete(group);
    else this.#byAddress.set(group, left);
  }
}

function isOver(count: number, limit: number): boolean {
  return limit > 0 && count >= limit;
}

function refusal(reason: string): ProtocolError {
  return new ProtocolError(`Cannot open session: ${reason}`, "too_many_sessions");
}
