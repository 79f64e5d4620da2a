/**
 * A session store in one file: sessions survive a restart of the server, and several processes of
 * one machine share them. It needs no other server, and writes with Deno's built-in SQLite.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import type { SessionStore, StoreMember, StoreNode } from "../../session/persistence/session_store.ts";
import { SqliteMember } from "./member.ts";
import { prepareTables } from "./schema.ts";

/** Options of {@linkcode sqliteStore}. */
export interface SqliteStoreOptions {
  /**
   * When a write counts as done. `"process"`: it survives the end of every process, and a power cut
   * may lose the last writes (SQLite's `synchronous = NORMAL`). `"disk"`: it survives a power cut,
   * and takes about ten times as long (`synchronous = FULL`).
   *
   * @default {"process"}
   */
  durability?: "process" | "disk" | undefined;
  /**
   * Time after which a process that has stopped to renew its lease counts as dead, in milliseconds.
   * A process that ended counts as dead at once.
   *
   * @default {1500}
   */
  leaseMilliseconds?: number | undefined;
}

/**
 * Creates a session store in a file, which is created if there is none. The folder must be on a
 * local disk: SQLite's locks do not work on network file systems. Needs permission to read and
 * write in the file's folder.
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
  readonly #path: string;
  readonly #options: SqliteStoreOptions;
  readonly #members = new Set<StoreMember>();

  constructor(path: string, options: SqliteStoreOptions) {
    this.#path = path;
    this.#options = options;
  }

  async join(node: StoreNode): Promise<StoreMember> {
    const db = this.#open();
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

  #open(): DatabaseSync {
    const db = new DatabaseSync(this.#path, { timeout: BUSY_TIMEOUT_MILLISECONDS });
    try {
      db.exec("PRAGMA journal_mode = WAL");
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
 * How long a write waits for another process's write. Writes take microseconds; a longer wait means
 * a fault.
 */
const BUSY_TIMEOUT_MILLISECONDS = 2000;
