import type {
  SharedLogBatch,
  SharedLogEnd,
  SharedLogKey,
  SharedLogPosition,
  SharedLogReading,
  SharedLogs,
} from "../../session/persistence/shared_log.ts";
import type { StoreNotice } from "../../session/persistence/session_store.ts";
import { newEpoch } from "../epoch.ts";
import { type RedisEngine, type Reply, runScript } from "./engine.ts";
import { isStatus, textOf } from "./replies.ts";
import type { Scripts } from "./scripts.ts";

/** The logs of shared data in Redis or Valkey. */
export class RedisSharedLogs implements SharedLogs {
  readonly #engine: RedisEngine;
  readonly #scripts: Scripts;
  readonly #prefix: string;

  /** Creates the access to the logs whose keys have a prefix. */
  constructor(engine: RedisEngine, scripts: Scripts, prefix: string) {
    this.#engine = engine;
    this.#scripts = scripts;
    this.#prefix = prefix;
  }

  /** The channel of notices that concern all processes. */
  static channelOf(prefix: string): string {
    return `${prefix}shared`;
  }

  async create(key: SharedLogKey, state: string, retentionMilliseconds: number): Promise<void> {
    await this.#run("createLog", key, [newEpoch(), `${retentionMilliseconds}`, state]);
  }

  async append(key: SharedLogKey, { writer, number, changes }: SharedLogBatch): Promise<SharedLogEnd | undefined> {
    const channel = RedisSharedLogs.channelOf(this.#prefix);
    const notice = JSON.stringify({ kind: "sharedDataChanged", key } satisfies StoreNotice);
    const reply = await this.#run("appendLog", key, [channel, notice, writer, `${number}`, ...changes]);
    if (isStatus(reply, "absent")) return undefined;
    const [, history, seq, length] = reply as [Reply, Reply, number, number];
    return { history: textOf(history), seq, length };
  }

  async read(key: SharedLogKey, after: SharedLogPosition | undefined): Promise<SharedLogReading | undefined> {
    const reply = await this.#run("readLog", key, [after?.history ?? "", `${after?.seq ?? 0}`]);
    if (isStatus(reply, "absent")) return undefined;
    const [, history, seq, changes, state] = reply as [Reply, Reply, number, readonly Reply[], Reply?];
    return {
      history: textOf(history),
      seq,
      state: state === undefined ? undefined : textOf(state),
      changes: changes.map(textOf),
    };
  }

  async compact(key: SharedLogKey, { history, seq }: SharedLogPosition, state: string): Promise<void> {
    await this.#run("compactLog", key, [history, `${seq}`, state]);
  }

  async renew(keys: Iterable<SharedLogKey>, retentionMilliseconds: number): Promise<void> {
    await Promise.all(Array.from(keys, (key) => this.#run("renewLog", key, [`${retentionMilliseconds}`])));
  }

  async #run(script: keyof Scripts, key: SharedLogKey, args: readonly string[]): Promise<Reply> {
    const start = `${this.#prefix}d:{${key}}:`;
    return await runScript(this.#engine, this.#scripts[script], [`${start}m`, `${start}c`], args);
  }
}
