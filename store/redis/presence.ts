import { delay } from "@std/async/delay";
import { getLogger } from "@logtape/logtape";
import { settlesWithin } from "../../common/settles_within.ts";
import type { StoreNode } from "../../session/persistence/session_store.ts";
import type { NoticeListeners } from "../notices.ts";
import type { RedisEngine } from "./engine.ts";

const log = getLogger(["bokeh", "store"]);

/** Renewals of a lease within its time. */
const RENEWALS_PER_LEASE = 3;
/**
 * Time that owners have to write their sessions again after the engine has lost its data, in milliseconds. After a long
 * outage, an owner can take half a second each to connect again and to notice, and its journals up to 1.5 seconds to try
 * again. A shorter time lets other processes create sessions that still exist.
 */
const RESTORE_MILLISECONDS = 3000;

/** Time that the removal of a lease may take, in milliseconds. After it the lease expires by itself. */
const LEAVE_TIMEOUT_MILLISECONDS = 500;

/** Options of {@linkcode Presence}. */
export interface PresenceOptions {
  readonly engine: RedisEngine;
  /** The process. */
  readonly node: StoreNode;
  /** Prefix of all keys. */
  readonly prefix: string;
  /** Time after which a process that does not renew its lease is considered dead. */
  readonly leaseMilliseconds: number;
}

/**
 * Renews a process's lease in the engine, and detects that the engine has lost its data: a marker
 * key is absent then. Owners then write their sessions again, and no session is created until they
 * have had the time for it.
 */
export class Presence implements AsyncDisposable {
  readonly #engine: RedisEngine;
  readonly #node: StoreNode;
  readonly #prefix: string;
  readonly #leaseMilliseconds: number;
  readonly #notices: NoticeListeners;
  readonly #timer: ReturnType<typeof setInterval>;
  #renewedAt = -Infinity;
  /** Generation of the connection on which the marker was found. */
  #knownGeneration = -1;
  /** Generation of the connection on which the lease was renewed; undefined before the first time. */
  #renewedGeneration: number | undefined;
  /** Whether the lease has expired, or a connection was lost, since owners last checked their claims. */
  #wasInterrupted = false;
  #restoring: Promise<void> | undefined;
  readonly #left = new AbortController();

  /** Use {@linkcode Presence.join}. @internal */
  constructor({ engine, node, prefix, leaseMilliseconds }: PresenceOptions, notices: NoticeListeners) {
    this.#engine = engine;
    this.#node = node;
    this.#prefix = prefix;
    this.#leaseMilliseconds = leaseMilliseconds;
    this.#notices = notices;
    this.#timer = setInterval(() => void this.#tryRenew(), leaseMilliseconds / RENEWALS_PER_LEASE);
    Deno.unrefTimer(this.#timer);
  }

  /**
   * Writes the lease for the first time. The first process writes the marker into an empty engine.
   */
  static async join(options: PresenceOptions, notices: NoticeListeners): Promise<Presence> {
    const presence = new Presence(options, notices);
    await presence.#mark();
    await presence.#renew();
    return presence;
  }

  /** Whether the lease was renewed within its time. */
  get isLeaseCurrent(): boolean {
    return performance.now() - this.#renewedAt < this.#leaseMilliseconds;
  }

  /**
   * Whether the marker was found on the current connection. Then a missing record was not lost.
   */
  get isEngineKnown(): boolean {
    return this.#knownGeneration === this.#engine.generation && this.#restoring === undefined;
  }

  /**
   * Waits until owners have had the time to write their sessions again, if the engine has lost its
   * data. A record that is missing after that does not exist.
   */
  async waitForOwners(): Promise<void> {
    await this.#checkMarker();
    await this.#restoring;
  }

  /** Returns a process whose lease exists, or undefined. */
  async find(id: string): Promise<StoreNode | undefined> {
    const key = this.#leaseKey(id);
    const reply = await this.#engine.command(key, ["GET", key]);
    return reply === null ? undefined : JSON.parse(new TextDecoder().decode(reply as Uint8Array)) as StoreNode;
  }

  /** Removes the lease: other processes consider this process dead. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    this.#left.abort();
    this.#renewedAt = -Infinity;
    // An engine that does not answer must not delay the end of the process.
    await settlesWithin(this.#leave(), LEAVE_TIMEOUT_MILLISECONDS);
  }

  async #leave(): Promise<void> {
    await this.#restoring;
    const key = this.#leaseKey(this.#node.id);
    try {
      await this.#engine.command(key, ["DEL", key]);
    } catch (error) {
      log.debug("Cannot remove lease from session store, it expires: {error}", { error });
    }
  }

  async #tryRenew(): Promise<void> {
    try {
      await this.#renew();
    } catch (error) {
      log.debug("Cannot renew lease in session store: {error}", { error });
    }
  }

  async #renew(): Promise<void> {
    const sentAt = performance.now();
    const { generation } = this.#engine;
    const key = this.#leaseKey(this.#node.id);
    const lease = ["SET", key, JSON.stringify(this.#node), "PX", `${this.#leaseMilliseconds}`];
    await Promise.all([this.#checkMarker(), this.#engine.command(key, lease)]);
    if (this.#renewedGeneration !== undefined) {
      this.#wasInterrupted ||= !this.isLeaseCurrent || generation !== this.#renewedGeneration;
    }
    this.#renewedAt = sentAt; // not the time of the reply: the engine may have started the lease when the command was sent
    this.#renewedGeneration = generation;
    if (!this.#wasInterrupted || !this.isLeaseCurrent) return;
    this.#wasInterrupted = false;
    this.#notices.notify({ kind: "interrupted" });
  }

  async #checkMarker(): Promise<void> {
    const { generation } = this.#engine;
    if (await this.#engine.command(this.#markerKey, ["EXISTS", this.#markerKey]) === 1) {
      if (this.#restoring === undefined) this.#knownGeneration = generation;
      return;
    }
    this.#restoring ??= this.#restore();
  }

  async #restore(): Promise<void> {
    log.warn("The session store has lost its data: owners write their live sessions again");
    this.#notices.notify({ kind: "emptied" });
    try {
      await delay(RESTORE_MILLISECONDS, { persistent: false, signal: this.#left.signal });
      await this.#mark();
    } catch (error) {
      if (!this.#left.signal.aborted) {
        log.warn("Cannot mark the session store, the next lease tries again: {error}", { error });
      }
    } finally {
      this.#restoring = undefined;
    }
  }

  async #mark(): Promise<void> {
    await this.#engine.command(this.#markerKey, ["SET", this.#markerKey, "1", "NX"]);
    this.#knownGeneration = this.#engine.generation;
  }

  get #markerKey(): string {
    return `${this.#prefix}boot`;
  }

  #leaseKey(id: string): string {
    return `${this.#prefix}n:${id}`;
  }
}
