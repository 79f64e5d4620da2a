/**
 * The binary format of the entries and snapshots of a session's journal.
 *
 * Both have the same format: the length of a JSON text in bytes (32 bits, little endian), the JSON
 * text in UTF-8, and the binary arrays that the JSON text lists.
 *
 * @module
 */

import type { DocJson, WireBuffer } from "../../protocol/message.ts";
import type { SharedColumns } from "../../document/models/shared_sources.ts";
import type { StoredTheme } from "../../document/themes/stored_theme.ts";
import type { RetainedEntry } from "../../document/patches/retained_bytes.ts";
import type { PatchEvent } from "../../protocol/patch.ts";

/** Version of the format. Entries with another version are refused. */
const VERSION = 1;
/** Size of the length before the JSON text, in bytes. */
const LENGTH_BYTES = 4;

/** State of a session that is not part of its document. */
export interface SessionState {
  /** The application's own values: see `Document.session_state`. Absent if it has none. */
  readonly state?: Readonly<Record<string, unknown>> | undefined;
  /** The theme of the document: in each snapshot, and in an entry if it has changed. */
  readonly theme?: StoredTheme | undefined;
  /** Number of ids that the document has given to models. A resumed document continues after it. */
  readonly allocatedIds: number;
  /** What the document keeps because of its clients: all of it in a snapshot, what has changed in an entry. */
  readonly retained?: readonly RetainedEntry[] | undefined;
  /**
   * Data sources that show the columns of shared sources, which are not stored: in a snapshot all of them, in an entry
   * those that were added.
   */
  readonly shared?: readonly SharedColumns[] | undefined;
}

/** The changes of one transaction. */
interface JournalContent extends SessionState {
  /** The events as they are sent to a client that caused none of them. */
  readonly events: readonly PatchEvent[];
  /** The binary arrays that the events refer to. */
  readonly buffers: readonly WireBuffer[];
}

/** A decoded journal entry. */
interface DecodedJournalContent extends SessionState {
  readonly events: readonly PatchEvent[];
  /** Binary arrays by their ids. */
  readonly buffers: ReadonlyMap<string, Uint8Array>;
}

/**
 * A whole document, without what its theme sets, with the session's other state. Its binary arrays
 * are stored separately.
 */
interface SnapshotContent extends SessionState {
  readonly doc: DocJson;
}

/** Encodes a journal entry. */
export function encodeJournalContent(
  { events, buffers, state, theme, allocatedIds, retained = [], shared = [] }: JournalContent,
): Uint8Array {
  const lengths = buffers.map(({ id, data }) => [id, data.byteLength]);
  const json = {
    v: VERSION,
    events,
    ids: allocatedIds,
    ...lengths.length > 0 && { buffers: lengths },
    ...state && { state },
    ...theme !== undefined && { theme },
    ...retained.length > 0 && { retained },
    ...shared.length > 0 && { shared },
  };
  return join(JSON.stringify(json), buffers.map(({ data }) => data));
}

/**
 * Decodes a journal entry.
 *
 * @throws {TypeError} If the bytes are not a journal entry of this version.
 */
export function decodeJournalContent(bytes: Uint8Array): DecodedJournalContent {
  const { json, end } = readJson(bytes);
  const { events, ids, buffers = [], state, theme, retained, shared } = json as {
    events?: PatchEvent[];
    ids?: number;
    buffers?: [string, number][];
    state?: Record<string, unknown>;
    theme?: StoredTheme;
    retained?: RetainedEntry[];
    shared?: SharedColumns[];
  };
  if (!Array.isArray(events) || typeof ids !== "number") {
    throw new TypeError("Cannot read journal entry: parts are missing");
  }
  const arrays = new Map<string, Uint8Array>();
  let at = end;
  for (const [id, length] of buffers) {
    // Copied, because a typed array must start at a multiple of its element size.
    arrays.set(id, bytes.slice(at, at += length));
  }
  if (at !== bytes.length) throw new TypeError("Cannot read journal entry: its length is wrong");
  return { events, buffers: arrays, state, theme, allocatedIds: ids, retained, shared };
}

/** Encodes a snapshot without its binary arrays. */
export function encodeSnapshotContent(
  { doc, state, theme, allocatedIds, retained = [], shared = [] }: SnapshotContent,
): Uint8Array {
  const others = {
    ...state && { state },
    ...retained.length > 0 && { retained },
    ...shared.length > 0 && { shared },
  };
  const json = { v: VERSION, doc, ids: allocatedIds, theme, ...others };
  return join(JSON.stringify(json), []);
}

/**
 * Decodes a snapshot.
 *
 * @throws {TypeError} If the bytes are not a snapshot of this version.
 */
export function decodeSnapshotContent(bytes: Uint8Array): SnapshotContent {
  const { doc, ids, state, theme, retained, shared } = readJson(bytes).json as {
    doc?: DocJson;
    ids?: number;
    state?: Record<string, unknown>;
    theme?: StoredTheme;
    retained?: RetainedEntry[];
    shared?: SharedColumns[];
  };
  if (doc === undefined || typeof ids !== "number") throw new TypeError("Cannot read snapshot: parts are missing");
  return { doc, state, theme, allocatedIds: ids, retained, shared };
}

const encoder = new TextEncoder();

function join(json: string, buffers: readonly Uint8Array[]): Uint8Array {
  const text = encoder.encode(json);
  let length = LENGTH_BYTES + text.length;
  for (const buffer of buffers) length += buffer.byteLength;
  const bytes = new Uint8Array(length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, LENGTH_BYTES);
  let at = LENGTH_BYTES + text.length;
  for (const buffer of buffers) {
    bytes.set(buffer, at);
    at += buffer.byteLength;
  }
  return bytes;
}

function readJson(bytes: Uint8Array): { json: object; end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length < LENGTH_BYTES ? Infinity : LENGTH_BYTES + view.getUint32(0, true);
  if (end > bytes.length) throw new TypeError("Cannot read journal: it is cut off");
  const json: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, end)));
  const version = typeof json === "object" && json !== null && "v" in json ? json.v : undefined;
  if (version !== VERSION) throw new TypeError(`Cannot read journal: its version is ${version}, not ${VERSION}`);
  return { json: json as object, end };
}
