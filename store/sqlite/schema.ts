/**
 * The tables of a session store in SQLite.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";

/** Version of the tables, stored in the file. A file with another version is refused. */
const VERSION = 1;

const TABLES = `
  CREATE TABLE sessions (
    key TEXT PRIMARY KEY,
    owner TEXT,                      -- null: released
    ended INTEGER NOT NULL DEFAULT 0,
    epoch TEXT NOT NULL,
    seq INTEGER NOT NULL,            -- of the last entry
    snapshot_seq INTEGER NOT NULL,   -- of the last entry that the snapshot includes
    base TEXT,
    header BLOB NOT NULL,
    document BLOB,                   -- the snapshot
    retention REAL NOT NULL,         -- milliseconds
    expires REAL NOT NULL            -- milliseconds since 1970
  ) STRICT;
  CREATE INDEX sessions_by_expiry ON sessions (expires);
  CREATE TABLE entries (key TEXT NOT NULL, seq INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (key, seq)) WITHOUT ROWID, STRICT;
  CREATE TABLE buffers (key TEXT NOT NULL, name TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (key, name)) STRICT;
  CREATE TABLE bases (digest TEXT PRIMARY KEY, document BLOB NOT NULL, expires REAL NOT NULL) STRICT;
  CREATE TABLE base_buffers (digest TEXT NOT NULL, name TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (digest, name)) STRICT;
  CREATE TABLE nodes (id TEXT PRIMARY KEY, address TEXT, build TEXT NOT NULL, beat INTEGER NOT NULL) STRICT;
  CREATE TABLE notices (id INTEGER PRIMARY KEY AUTOINCREMENT, node TEXT NOT NULL, notice TEXT NOT NULL) STRICT;
  CREATE INDEX notices_by_node ON notices (node);
  PRAGMA user_version = ${VERSION};
`;

/** Tables of logs of shared data, which files of earlier versions of the server do not have. */
const SHARED_LOGS = `
  CREATE TABLE IF NOT EXISTS shared_logs (
    key TEXT PRIMARY KEY,
    history TEXT NOT NULL,
    seq INTEGER NOT NULL,            -- of the last change
    state_seq INTEGER NOT NULL,      -- of the last change that the state includes
    length INTEGER NOT NULL,         -- of the changes after the state
    state TEXT NOT NULL,
    expires REAL NOT NULL            -- milliseconds since 1970
  ) STRICT;
  CREATE TABLE IF NOT EXISTS shared_changes (
    key TEXT NOT NULL, seq INTEGER NOT NULL, change TEXT NOT NULL, PRIMARY KEY (key, seq)
  ) WITHOUT ROWID, STRICT;
  CREATE TABLE IF NOT EXISTS shared_writers (
    key TEXT NOT NULL, writer TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (key, writer)
  ) WITHOUT ROWID, STRICT;
`;

/**
 * Creates the tables in a new file, and checks the version of the tables in an existing file.
 *
 * @throws {Error} if the file has tables of another version.
 */
export function prepareTables(db: DatabaseSync, path: string): void {
  db.exec("BEGIN IMMEDIATE");
  try {
    const { user_version: version } = db.prepare("PRAGMA user_version").get() as { user_version: number };
    if (version === 0) db.exec(TABLES);
    else if (version !== VERSION) {
      throw new Error(
        `Cannot use session store ${path}: its tables have version ${version}, this server needs ${VERSION}; ` +
          "name another file, or remove this one and the sessions in it",
      );
    }
    db.exec(SHARED_LOGS);
    db.exec("COMMIT");
  } catch (error) {
    db.exec("ROLLBACK");
    throw error;
  }
}
