/**
 * A session store in one file, with Deno's built-in SQLite. Sessions survive a restart of the
 * server, and several processes on one machine can share them. No other server is needed.
 *
 * @module
 */

import { retry } from "@std/async/retry";
import { DatabaseSync } from "node:sqlite";
import type { SessionStore, StoreMember, StoreNode } from "../../session/persistence/session_store.ts";
import { SqliteMember } from "./member.ts";
import { prepareTables } from "./schema.ts";

/** Options of {@linkcode sqliteStore}. */
export interface SqliteStoreOptions {
  /**
   * What confirmed writes survive. `"process"`: the end of any process; a power failure can lose
   * the last writes (SQLite's `synchronous = NORMAL`). `"disk"`: a power failure too; writes take
   * about ten times as long (`synchronous = FULL`).
   *
   * @default {"process"}
   */
  durability?: "process" | "disk" | undefined;
  /**
   * Time after which a process that does not renew its lease is considered dead, in milliseconds. A
   * process that has ended is considered dead at once.
   *
   * @default {1500}
   */
  leaseMilliseconds?: number | undefined;
}

/**
 * Creates a session store in a file. Creates the file if it does not exist. It must be on a local
 * disk: SQLite's locks do not work on network file systems. Needs `--allow-read` and
 * `--allow-write` for the file's folder, where SQLite and lock files are created too.
 *
 * @example
 * ```ts
 * import { sqliteStore } from "@bokeh/server/store/sqlite";
 *
 * const file = `${await Deno.makeTempDir()}/sessions.db`;
 * await using store = sqliteStore(file);
 * await using member = await store.join({ id: crypto.randomUUID(), build: "1" });
 * const opening = await member.open("key", { header: new Uint8Array(), retentionMilliseconds: 3_600_000 });
 * console.log(opening.kind); // "created"
 * ```
 */
export function sqliteStore(path: string, options: SqliteStoreOptions = {}): SessionStore {
  return new SqliteStore(path, options);
}

class SqliteStore implements SessionStore {
  readonly isRemote = false;
  readonly #path: string;
  readonly #options: SqliteStoreOptions;
  readonly #members = new Set<StoreMember>();

  constructor(path: string, options: SqliteStoreOptions) {
    this.#path = path;
    this.#options = options;
  }

  async join(node: StoreNode): Promise<StoreMember> {
    const db = await this.#open();
    const member = await SqliteMember.join({
      db,
      path: this.#path,
      node,
      leaseMilliseconds: this.#options.leaseMilliseconds,
    });
    this.#members.add(member);
    return member;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const member of this.#members) await member[Symbol.asyncDispose]();
    this.#members.clear();
  }

  async #open(): Promise<DatabaseSync> {
    const db = new DatabaseSync(this.#path);
    try {
      await enableWriteAheadLog(db);
      db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MILLISECONDS}`);
      db.exec(`PRAGMA synchronous = ${this.#options.durability === "disk" ? "FULL" : "NORMAL"}`);
      prepareTables(db, this.#path);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  }
}

/**
 * Sets the journal mode of the file.
 *
 * SQLite does not wait for its busy timeout when two processes set the mode of a new file at once:
 * one of them gets an error at once, and has to try again.
 */
async function enableWriteAheadLog(db: DatabaseSync): Promise<void> {
  await retry(() => db.exec("PRAGMA journal_mode = WAL"), {
    isRetriable: isLocked,
    maxAttempts: 80,
    minTimeout: 5,
    maxTimeout: 50,
  });
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && error.message.includes("database is locked");
}

/**
 * Time that a write waits for another process's write, in milliseconds. Writes take microseconds,
 * so a longer wait is a fault.
 */
const BUSY_TIMEOUT_MILLISECONDS = 2000;
