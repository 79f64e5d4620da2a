import { delay } from "@std/async/delay";
import { getLogger } from "@logtape/logtape";
import type { StoreNode } from "../../session/persistence/session_store.ts";
import type { NoticeListeners } from "../notices.ts";
import type { RedisEngine } from "./engine.ts";
import type { RedisMemberOptions } from "./member.ts";

const log = getLogger(["bokeh", "store"]);

const BEATS_PER_LEASE = 3;
/**
 * Time in which owners write their sessions again after the engine lost its data, in milliseconds.
 */
const RESTORE_MILLISECONDS = 1000;

/**
 * A process's lease in the engine, and whether the engine is the one that it was. A marker key
 * tells whether the engine has lost its data: if the marker is absent, owners write their sessions
 * again, and no session is created until they had the time for it.
 */
export class Presence implements AsyncDisposable {
  readonly #engine: RedisEngine;
  readonly #node: StoreNode;
  readonly #prefix: string;
  readonly #leaseMilliseconds: number;
  readonly #notices: NoticeListeners;
  readonly #timer: ReturnType<typeof setInterval>;
  #renewedAt = -Infinity;
  /** Connection on which the marker was seen. */
  #knownGeneration = -1;
  #restoring: Promise<void> | undefined;
  readonly #left = new AbortController();

  /** @internal */

  constructor({ engine, node, prefix, leaseMilliseconds }: RedisMemberOptions, notices: NoticeListeners) {
    this.#engine = engine;
    this.#node = node;
    this.#prefix = prefix;
    this.#leaseMilliseconds = leaseMilliseconds;
    this.#notices = notices;
    this.#timer = setInterval(() => void this.#tryBeat(), leaseMilliseconds / BEATS_PER_LEASE);
    this.#timer.unref();
  }

  /** Writes the lease for the first time. The first process marks an engine that is empty. */
  static async join(options: RedisMemberOptions, notices: NoticeListeners): Promise<Presence> {
    const presence = new Presence(options, notices);
    await presence.#mark();
    await presence.#beat();
    return presence;
  }

  /** Whether the lease was renewed within its time. */
  get isLeaseCurrent(): boolean {
    return performance.now() - this.#renewedAt < this.#leaseMilliseconds;
  }

  /**
   * Whether the marker was seen on the present connection, so that a missing record is missing for
   * certain.
   */
  get isEngineKnown(): boolean {
    return this.#knownGeneration === this.#engine.generation && this.#restoring === undefined;
  }

  /**
   * Resolves when a record that is missing now was not lost: at once, or when owners had the time
   * to write theirs again.
   */
  async waitForOwners(): Promise<void> {
    await this.#checkMarker();
    await this.#restoring;
  }

  /** Returns a process whose lease is there. */
  async find(id: string): Promise<StoreNode | undefined> {
    const key = this.#leaseKey(id);
    const reply = await this.#engine.command(key, ["GET", key]);
    return reply === null ? undefined : JSON.parse(new TextDecoder().decode(reply as Uint8Array)) as StoreNode;
  }

  /** Removes the lease: the process is dead for the others. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    this.#left.abort();
    await this.#restoring;
    this.#renewedAt = -Infinity;
    const key = this.#leaseKey(this.#node.id);
    try {
      await this.#engine.command(key, ["DEL", key]);
    } catch (error) {
      log.debug("Cannot remove lease from session store, it expires: {error}", { error });
    }
  }

  async #tryBeat(): Promise<void> {
    try {
      await this.#beat();
    } catch (error) {
      log.debug("Cannot renew lease in session store: {error}", { error });
    }
  }

  async #beat(): Promise<void> {
    const sentAt = performance.now();
    const key = this.#leaseKey(this.#node.id);
    const lease = ["SET", key, JSON.stringify(this.#node), "PX", `${this.#leaseMilliseconds}`];
    await Promise.all([this.#checkMarker(), this.#engine.command(key, lease)]);
    this.#renewedAt = sentAt; // not when the answer came: the engine may have counted from the moment it was sent
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
    log.warn("The session store has lost its data: sessions that are alive are written again");
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
