/**
 * The SQL statements of the session store.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";

const SQL = {
  find:
    "SELECT owner, ended, epoch, seq, snapshot_seq, base, header, document FROM sessions WHERE key = ? AND expires > ?",
  create: `INSERT OR REPLACE INTO sessions (key, owner, epoch, seq, snapshot_seq, header, retention, expires)
    VALUES (?, ?, ?, 0, 0, ?, ?, ?)`,
  take: "UPDATE sessions SET owner = ?, epoch = ?, retention = ?, expires = ? WHERE key = ?",
  position: "SELECT epoch, seq, snapshot_seq FROM sessions WHERE key = ?",
  setBase: "UPDATE sessions SET base = ? WHERE key = ?",
  advance: "UPDATE sessions SET seq = ? WHERE key = ?",
  snapshot: "UPDATE sessions SET document = ?, snapshot_seq = ?, seq = max(seq, ?) WHERE key = ?",
  release: "UPDATE sessions SET owner = NULL, epoch = ?, expires = ? + retention WHERE key = ?",
  end: "UPDATE sessions SET owner = NULL, ended = 1, epoch = ?, document = NULL, expires = ? WHERE key = ?",
  renew: "UPDATE sessions SET retention = ?, expires = ? WHERE key = ? AND ended = 0",
  entries: "SELECT data FROM entries WHERE key = ? ORDER BY seq",
  append: "INSERT INTO entries (key, seq, data) VALUES (?, ?, ?)",
  dropEntries: "DELETE FROM entries WHERE key = ? AND seq <= ?",
  buffers: "SELECT name, data FROM buffers WHERE key = ?",
  bufferNames: "SELECT name FROM buffers WHERE key = ?",
  writeBuffer: "INSERT OR REPLACE INTO buffers (key, name, data) VALUES (?, ?, ?)",
  dropBuffer: "DELETE FROM buffers WHERE key = ? AND name = ?",
  dropBuffers: "DELETE FROM buffers WHERE key = ?",
  base: "SELECT document FROM bases WHERE digest = ? AND expires > ?",
  baseBuffers: "SELECT name, data FROM base_buffers WHERE digest = ?",
  saveBase: "INSERT INTO bases (digest, document, expires) VALUES (?, ?, ?)",
  renewBase: "UPDATE bases SET expires = max(expires, ?) WHERE digest = ?",
  saveBaseBuffer: "INSERT OR REPLACE INTO base_buffers (digest, name, data) VALUES (?, ?, ?)",
  join: "INSERT OR REPLACE INTO nodes (id, address, build, beat) VALUES (?, ?, ?, 0)",
  beat: "UPDATE nodes SET beat = beat + 1 WHERE id = ?",
  nodes: "SELECT id, address, build, beat FROM nodes",
  leave: "DELETE FROM nodes WHERE id = ?",
  notify: "INSERT INTO notices (node, notice) VALUES (?, ?)",
  notices: "DELETE FROM notices WHERE node = ? RETURNING notice",
  dropNotices: "DELETE FROM notices WHERE node NOT IN (SELECT id FROM nodes)",
  expired: "SELECT key FROM sessions WHERE expires <= ?",
  drop: "DELETE FROM sessions WHERE key = ?",
  dropBases: "DELETE FROM bases WHERE expires <= ?",
  dropBaseBuffers: "DELETE FROM base_buffers WHERE digest NOT IN (SELECT digest FROM bases)",
  createLog:
    `INSERT INTO shared_logs (key, history, seq, state_seq, length, state, expires) VALUES (?, ?, 0, 0, 0, ?, ?)`,
  log: "SELECT history, seq, state_seq, length FROM shared_logs WHERE key = ? AND expires > ?",
  logState: "SELECT state FROM shared_logs WHERE key = ?",
  logEnds: "SELECT key, history, seq FROM shared_logs",
  advanceLog: "UPDATE shared_logs SET seq = ?, length = ? WHERE key = ?",
  appendChange: "INSERT INTO shared_changes (key, seq, change) VALUES (?, ?, ?)",
  changes: "SELECT change FROM shared_changes WHERE key = ? AND seq > ? ORDER BY seq",
  lastBatch: "SELECT number FROM shared_writers WHERE key = ? AND writer = ?",
  noteBatch: "INSERT OR REPLACE INTO shared_writers (key, writer, number) VALUES (?, ?, ?)",
  dropChanges: "DELETE FROM shared_changes WHERE key = ? AND seq <= ?",
  lengthOfChanges: "SELECT total(length(change)) AS length FROM shared_changes WHERE key = ?",
  compactLog: "UPDATE shared_logs SET state = ?, state_seq = ?, length = ? WHERE key = ?",
  renewLog: "UPDATE shared_logs SET expires = ? WHERE key = ?",
  dropLogs: "DELETE FROM shared_logs WHERE expires <= ?",
  dropLogChanges: "DELETE FROM shared_changes WHERE key NOT IN (SELECT key FROM shared_logs)",
  dropLogWriters: "DELETE FROM shared_writers WHERE key NOT IN (SELECT key FROM shared_logs)",
  dataVersion: "PRAGMA data_version",
} as const;

/** Prepared statements by their names. */
export type Statements = Readonly<Record<keyof typeof SQL, StatementSync>>;

/** Prepares all statements. */
export function prepareStatements(db: DatabaseSync): Statements {
  const prepared = Object.entries(SQL).map(([name, sql]) => [name, db.prepare(sql)]);
  return Object.fromEntries(prepared) as Statements;
}
