/**
 * Shared data of all servers of one session store.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { getLogger } from "@logtape/logtape";
import { settlesWithin } from "../common/settles_within.ts";
import { digest } from "../session/persistence/digest.ts";
import type {
  SharedLogBatch,
  SharedLogEnd,
  SharedLogKey,
  SharedLogPosition,
} from "../session/persistence/shared_log.ts";
import type { StoreMember, StoreNotice } from "../session/persistence/session_store.ts";
import { changeSharedData, connectSharedData, type SharedChannel } from "../shared/shared_channel.ts";
import { observeSharedData, type SharedData } from "../shared/shared_data.ts";

const logger = getLogger(["bokeh", "server"]);

/** Length of the changes of one source or value that may wait for the store, in characters. */
const MAX_WAITING_LENGTH = 16 * 1024 * 1024;

/** Length of the changes that are appended together, in characters. */
const MAX_BATCH_LENGTH = 1024 * 1024;

/** Length of the changes in a log from which a state replaces them, in characters, unless the state is longer. */
const MIN_COMPACTED_LENGTH = 256 * 1024;

/** Time until the store is used again after an error, in milliseconds. */
const RETRY_MILLISECONDS = 250;

/** Time that a server waits for the store when it starts and when it stops, in milliseconds. */
const MAX_DELAY_MILLISECONDS = 1000;

/** Sends changes of shared data to the logs of a store, and applies what it reads from them. */
export class StoredSharedData implements SharedChannel, AsyncDisposable {
  readonly #member: StoreMember;
  readonly #retentionMilliseconds: number;
  readonly #logs = new Map<string, FollowedLog>();
  readonly #disconnect: (() => void)[];

  /** Connects all shared data of this process to the logs of a store. */
  constructor(member: StoreMember, retentionMilliseconds: number) {
    this.#member = member;
    this.#retentionMilliseconds = retentionMilliseconds;
    this.#disconnect = [
      connectSharedData(this),
      member.onNotice((notice) => this.#receive(notice)),
      observeSharedData((data) => this.#follow(data)),
    ];
  }

  publish(name: string, change: unknown): void {
    this.#logs.get(name)?.publish(JSON.stringify(change));
  }

  /** Reads all logs: the store may have lost notices. */
  read(): void {
    for (const log of this.#logs.values()) log.read();
  }

  /** Renews the time of the logs in the store. */
  async renew(): Promise<void> {
    const keys = Array.from(this.#logs.values(), ({ key }) => key);
    await this.#member.sharedLogs.renew(keys, this.#retentionMilliseconds);
  }

  /** Waits until all logs are read and all changes are appended, for a limited time. */
  async settled(): Promise<void> {
    await settlesWithin(Promise.all(Array.from(this.#logs.values(), (log) => log.done)), MAX_DELAY_MILLISECONDS);
  }

  /** Appends the changes that wait, for a limited time, and stops. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const disconnect of this.#disconnect) disconnect();
    await this.settled();
    for (const log of this.#logs.values()) log.stop();
    this.#logs.clear();
  }

  #follow(data: SharedData): void {
    this.#logs.get(data.name)?.stop();
    const log = new FollowedLog(data, this.#member, this.#retentionMilliseconds);
    this.#logs.set(data.name, log);
    log.read();
  }

  #receive(notice: StoreNotice): void {
    if (notice.kind === "emptied" || notice.kind === "interrupted") this.read();
    else if (notice.kind === "sharedDataChanged") {
      for (const log of this.#logs.values()) if (log.key === notice.key) log.read();
    }
  }
}

/** The log of one source or value. Reads and appends one after the other. */
class FollowedLog {
  readonly key: SharedLogKey;
  readonly #data: SharedData;
  readonly #member: StoreMember;
  readonly #retentionMilliseconds: number;
  #position: SharedLogPosition | undefined;
  #mustRead = false;
  /** Changes that wait to be appended, as JSON. */
  #waiting: string[] = [];
  #waitingLength = 0;
  /** The batch that is being appended. It is sent again, unchanged, until the store has answered. */
  #batch: SharedLogBatch | undefined;
  #batches = 0;
  #stateLength = 0;
  #running: Promise<void> | undefined;
  #hasFailed = false;
  readonly #stopped = new AbortController();

  constructor(data: SharedData, member: StoreMember, retentionMilliseconds: number) {
    this.#data = data;
    this.#member = member;
    this.#retentionMilliseconds = retentionMilliseconds;
    const encoder = new TextEncoder();
    this.key = digest([data.name, "\0", data.shape].map((part) => encoder.encode(part)));
  }

  /** Resolves when the log is read, and all changes are appended. */
  get done(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  /** Reads the log soon. */
  read(): void {
    this.#mustRead = true;
    this.#running ??= this.#run();
  }

  /**
   * Appends a change soon.
   *
   * @throws {Error} If too many changes wait, because the store does not answer.
   */
  publish(change: string): void {
    const { length } = change;
    if (this.#waitingLength > 0 && this.#waitingLength + length > MAX_WAITING_LENGTH) {
      throw new Error(
        `Cannot change shared data ${JSON.stringify(this.#data.name)}: ` +
          `changes of ${this.#waitingLength} characters wait for the session store, which does not answer`,
      );
    }
    this.#waiting.push(change);
    this.#waitingLength += length;
    this.#running ??= this.#run();
  }

  stop(): void {
    this.#stopped.abort();
  }

  get #hasStopped(): boolean {
    return this.#stopped.signal.aborted;
  }

  async #run(): Promise<void> {
    while (!this.#hasStopped && (this.#mustRead || this.#waiting.length > 0 || this.#batch !== undefined)) {
      try {
        if (this.#mustRead) await this.#readLog();
        else await this.#append();
        this.#noteSuccess();
      } catch (error) {
        await this.#noteFailure(error);
      }
    }
    this.#running = undefined;
  }

  async #readLog(): Promise<void> {
    this.#mustRead = false;
    const { sharedLogs } = this.#member;
    const reading = await sharedLogs.read(this.key, this.#position);
    if (this.#hasStopped) return;
    if (reading === undefined) {
      this.#mustRead = true; // another server may create it first
      return await sharedLogs.create(this.key, JSON.stringify(this.#data.state), this.#retentionMilliseconds);
    }
    const { history, seq, state, changes } = reading;
    if (state !== undefined) {
      this.#stateLength = state.length;
      const isOwn = this.#position === undefined && state === JSON.stringify(this.#data.state);
      if (!isOwn) this.#change(() => this.#data.restore(JSON.parse(state)));
    }
    for (const change of changes) this.#change(() => this.#data.receive(JSON.parse(change)));
    this.#position = { history, seq };
  }

  async #append(): Promise<void> {
    const batch = this.#batch ??= this.#takeBatch();
    const end = await this.#member.sharedLogs.append(this.key, batch);
    if (this.#hasStopped) return;
    if (end === undefined) { // the store has lost it
      this.#mustRead = true;
      return;
    }
    this.#batch = undefined;
    const follows = end.history === this.#position?.history && end.seq === this.#position.seq + batch.changes.length;
    if (!follows) {
      this.#mustRead = true;
      return;
    }
    for (const change of batch.changes) this.#change(() => this.#data.receive(JSON.parse(change)));
    this.#position = { history: end.history, seq: end.seq };
    await this.#compact(end);
  }

  /** Replaces the changes in the log by the state, if they are longer. */
  async #compact({ history, seq, length }: SharedLogEnd): Promise<void> {
    if (length < Math.max(MIN_COMPACTED_LENGTH, this.#stateLength)) return;
    const state = JSON.stringify(this.#data.state);
    this.#stateLength = state.length;
    await this.#member.sharedLogs.compact(this.key, { history, seq }, state);
  }

  #takeBatch(): SharedLogBatch {
    let [count, length] = [0, 0];
    do length += this.#waiting[count++]!.length; while (
      count < this.#waiting.length && length + this.#waiting[count]!.length <= MAX_BATCH_LENGTH
    );
    this.#waitingLength -= length;
    return { writer: this.#member.node.id, number: ++this.#batches, changes: this.#waiting.splice(0, count) };
  }

  #change(change: () => void): void {
    changeSharedData(this.#data, change);
  }

  #noteSuccess(): void {
    if (this.#hasFailed) logger.info("Shared data {name} follows the session store again", { name: this.#data.name });
    this.#hasFailed = false;
  }

  async #noteFailure(error: unknown): Promise<void> {
    const { name } = this.#data;
    if (this.#hasStopped) return;
    if (!this.#hasFailed) {
      logger.warn("Shared data {name} does not change until the session store answers: {error}", { name, error });
    }
    this.#hasFailed = true;
    this.#mustRead = true;
    await delay(RETRY_MILLISECONDS, { persistent: false, signal: this.#stopped.signal }).catch(() => {}); // stopped
  }
}
