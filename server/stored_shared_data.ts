/**
 * Shared data of all servers of one session store.
 *
 * @module
 */

import { settlesWithin } from "../common/settles_within.ts";
import type { StoreMember } from "../session/persistence/session_store.ts";
import { connectSharedData, type SharedChannel } from "../shared/shared_channel.ts";
import { observeSharedData, type SharedData } from "../shared/shared_data.ts";
import { FollowedLog } from "./followed_log.ts";

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
    await Promise.all(Array.from(this.#logs.values(), (log) => log.renew()));
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
    this.#logs.set(data.name, new FollowedLog(data, this.#member, this.#retentionMilliseconds));
  }
}
