/**
 * Accounts for the memory that a document keeps because of its clients. Memory used by the
 * application is not counted.
 *
 * @module
 */

import { appendedBytes } from "../../models/columns/column_growth.ts";
import { flatten, replacedValues } from "../../models/columns/column_patches.ts";
import { needsWider } from "../../models/columns/column_widening.ts";
import {
  type Column,
  type ColumnData,
  isTypedArray,
  type Patches,
  type TypedArray,
} from "../../models/columns/columns.ts";
import type { ModelChange } from "../../models/base/host.ts";
import { Model } from "../../models/base/model.ts";
import { modelSize } from "../../models/base/default_models.ts";
import { columnSize, numbersSize, retainedSize, rowsSize } from "../../models/values/retained_size.ts";
import { WorkLimitError } from "../../protocol/work_limits.ts";
import type { MemoryPool } from "../../protocol/memory_pool.ts";

/** Options of {@linkcode RetainedBytes}. */
export interface RetainedBytesOptions {
  /** Maximum number of bytes that clients may make the document keep. */
  readonly limit: number;
  /** The memory that all documents of the server share. */
  readonly pool?: MemoryPool | undefined;
}

/** A document that a client sent in full. */
export interface ReadDocument {
  /** All of its models. */
  readonly made: readonly Model[];
  /** Its title. */
  readonly title: string;
  /** The definitions of its model classes. */
  readonly defs: unknown;
}

/**
 * While the pool is full, documents that keep less than this may still grow, so that small changes
 * of other clients go on.
 */
const FREE_BYTES = 1024 * 1024;
/**
 * Values up to this size are not counted if the attribute has no entry yet, because an attribute
 * always has some value.
 */
const UNCOUNTED_BYTES = 64;
/** Minimum growth by additions, in bytes, after which a value is measured. */
const LEAST_GROWTH = 1024 * 1024;
/**
 * Fraction of the limit by which the account must have grown before all values are measured again.
 */
const MEASURED_GROWTH = 1 / 8;

/**
 * One entry of the account, in the form in which a session store keeps it: the id of the model, empty
 * for the document itself; the key of the entry; and its bytes.
 */
export type RetainedEntry = readonly [owner: string, key: string, bytes: number];

/** The key of the single entry of a model that a client created: it covers all attributes. */
const ALL_ATTRIBUTES = "";

/** Bytes that clients caused in one attribute, or in all attributes of a model. */
interface Entry {
  bytes: number;
  /** Bytes added since the value was last measured. */
  growth: number;
  /** Growth after which the value is measured again. */
  threshold: number;
  /** Columns that the data source has copied, which it does before it first modifies them. */
  copied: Set<string> | undefined;
}

/** A change of the account, made when the patch has been applied. */
interface Planned {
  readonly owner: object;
  readonly key: string;
  /** Size of the new value if `replaces`, else the bytes to add. */
  readonly bytes: number;
  readonly replaces: boolean;
  /** Columns that the data source will copy for the first time. */
  readonly copied?: readonly string[] | undefined;
}

/**
 * Records a measured size, and the part of it that clients caused. The value is measured again when
 * it has doubled.
 */
function noteMeasured(entry: Entry, size: number, bytes = size): void {
  entry.bytes = bytes;
  entry.growth = 0;
  entry.threshold = Math.max(LEAST_GROWTH, size);
}

/**
 * The account of one document. Each write of a client is planned with its size, checked against the
 * limits before anything is changed, and committed afterwards.
 *
 * A replaced value is counted with its exact size. Additions to columns are summed up, and the
 * whole value is measured whenever they have doubled it. The account can thus be too high for a
 * while, but the error does not accumulate.
 */
export class RetainedBytes {
  readonly #options: RetainedBytesOptions;
  // Most clients change little, so each of these is created on first use.
  #entries: Map<object, Map<string, Entry>> | undefined;
  /** Sum of all entries, in bytes. */
  #total = 0;
  #planned: Planned[] | undefined;
  /** Bytes of each entry after the plan is committed. */
  #plannedSizes: Map<object, Map<string, number>> | undefined;
  /** Growth of the account by the plan, in bytes. */
  #plannedBytes = 0;
  /** Columns that the data sources will copy for the first time. */
  #plannedCopies: Map<object, ReadonlySet<string>> | undefined;
  /** Growth of the account since all entries were measured, in bytes. */
  #grownSinceMeasured = 0;
  /** Keys of the entries that have changed, by their owners; undefined unless takeChanges() was called. */
  #changed: Map<object, Set<string>> | undefined;

  /** Creates an empty account. */
  constructor(options: RetainedBytesOptions) {
    this.#options = options;
  }

  /** Bytes that the document keeps because of its clients. */
  get total(): number {
    return this.#total;
  }

  /** Starts a new plan, and discards one that was not committed. */
  begin(): void {
    this.#planned = undefined;
    this.#plannedSizes = undefined;
    this.#plannedCopies = undefined;
    this.#plannedBytes = 0;
  }

  /** Plans the replacement of the value of an attribute. */
  planValue(owner: object, attr: string, value: unknown): void {
    const bytes = retainedSize(value);
    const whole = this.#entry(owner, ALL_ATTRIBUTES) !== undefined;
    if (whole) return this.#plan({ owner, key: ALL_ATTRIBUTES, bytes, replaces: false });
    if (bytes <= UNCOUNTED_BYTES && this.#plannedSize(owner, attr) === undefined) return;
    this.#plan({ owner, key: attr, bytes, replaces: true });
  }

  /** Plans the replacement of some columns of a data source. */
  planColumns(source: Model, columns: Readonly<Record<string, unknown>>): void {
    this.#planData(source, retainedSize(columns), []);
  }

  /** Plans the streaming of rows to columns. */
  planRows(source: Model, before: ColumnData, data: ColumnData, rollover: number | null): void {
    let bytes = 0;
    for (const name of Object.keys(data)) {
      const rows = data[name]!, column = before[name] ?? [];
      bytes += growthByRows(column, rows, rollover);
    }
    this.#planData(source, bytes, Object.keys(data), before);
  }

  /** Plans the patching of columns, with values converted to those that the columns store. */
  planPatches(source: Model, before: ColumnData, patches: Patches): void {
    let bytes = 0;
    for (const [name, list] of Object.entries(patches)) {
      bytes += growthByWidening(before[name]!, list);
      for (const [, value] of list) {
        if (typeof value === "object" || typeof value === "string") bytes += retainedSize(value);
      }
    }
    for (const value of replacedValues(before, patches)) bytes -= retainedSize(value);
    this.#planData(source, Math.max(0, bytes), Object.keys(patches), before);
  }

  /** Plans the creation of models. */
  planModels(models: Iterable<Model>): void {
    for (const model of models) {
      this.#plan({ owner: model, key: ALL_ATTRIBUTES, bytes: modelSize(model), replaces: true });
    }
  }

  /**
   * Checks the plan against the limits.
   *
   * @param replacesAll Whether the plan replaces everything that the document keeps now.
   * @throws {WorkLimitError} If the document would exceed its limit, or the pool is full.
   */
  check(replacesAll = false): void {
    if (this.#plannedBytes <= 0) return;
    const { limit, pool } = this.#options;
    const keeps = () => this.#plannedBytes + (replacesAll ? 0 : this.#total);
    if (keeps() > limit && this.#grownSinceMeasured > limit * MEASURED_GROWTH) this.#measureAll();
    if (keeps() > limit) throw new WorkLimitError("retainedBytes", limit);
    if (pool === undefined || pool.hasSpaceFor(this.#plannedBytes)) return;
    if (keeps() <= FREE_BYTES && pool.hasReserveFor(this.#plannedBytes)) return;
    throw new WorkLimitError("retainedBytes", Math.max(FREE_BYTES, this.#total));
  }

  /**
   * Plans and checks the replacement of everything that the document keeps by another document.
   *
   * @param owner The owner of values that do not belong to a model.
   * @param read The other document.
   * @throws {WorkLimitError} If the document would exceed its limit, or the pool is full.
   */
  checkDocument(owner: object, { made, title, defs }: ReadDocument): void {
    this.begin();
    this.planModels(made);
    this.planValue(owner, "title", title);
    this.planValue(owner, "defs", defs);
    this.check(true);
  }

  /**
   * Adds the plan to the account, after the changes were made.
   *
   * @param isKept Returns whether the document keeps the values of an owner.
   */
  commit(isKept: (owner: object) => boolean): void {
    const planned = this.#planned;
    if (planned === undefined) return;
    for (const change of planned) if (isKept(change.owner)) this.#commit(change);
    this.begin();
  }

  /** Removes the entry of an attribute, because the application has replaced its value. */
  forget(owner: object, attr: string): void {
    const entries = this.#entries?.get(owner);
    const entry = entries?.get(attr);
    if (entry === undefined) return;
    this.#noteChange(owner, attr);
    this.#add(-entry.bytes);
    entries?.delete(attr);
  }

  /** Returns all entries, in the form in which a session store keeps them. */
  export(): RetainedEntry[] {
    const all = [...this.#entries ?? []];
    return all.flatMap(([owner, entries]) => Array.from(entries, ([key, { bytes }]) => storedEntry(owner, key, bytes)));
  }

  /**
   * Returns the entries that have changed since the last call. The first call returns nothing: from then
   * on changes are noted.
   */
  takeChanges(): RetainedEntry[] {
    const changed = this.#changed ?? new Map<object, Set<string>>();
    this.#changed = new Map();
    return [...changed].flatMap(([owner, keys]) =>
      Array.from(keys, (key) => storedEntry(owner, key, this.#entry(owner, key)?.bytes ?? 0))
    );
  }

  /**
   * Adds entries that were exported, whatever the limits are. Later entries replace earlier ones.
   *
   * @param find Returns the owner with an id; undefined if the document does not have it.
   */
  import(entries: Iterable<RetainedEntry>, find: (id: string) => object | undefined): void {
    for (const [id, key, bytes] of entries) {
      const owner = find(id);
      if (owner !== undefined) this.#setBytes(this.#entry(owner, key) ?? this.#addEntry(owner, key), bytes);
    }
  }

  /** Removes the entries of a model that was removed from the document. */
  forgetAll(owner: object): void {
    const entries = this.#entries?.get(owner);
    if (entries === undefined) return;
    for (const { bytes } of entries.values()) this.#add(-bytes);
    this.#entries?.delete(owner);
    this.#changed?.delete(owner);
  }

  /** Removes all entries, when the document is destroyed. */
  clear(): void {
    this.#add(-this.#total);
    this.#entries = this.#changed = undefined;
  }

  #planData(source: Model, bytes: number, touched: readonly string[], before: ColumnData = {}): void {
    const whole = this.#entry(source, ALL_ATTRIBUTES) !== undefined;
    if (whole) return this.#plan({ owner: source, key: ALL_ATTRIBUTES, bytes, replaces: false });
    const copied = this.#newCopies(source, touched, before);
    let copies = 0;
    for (const name of copied ?? []) copies += columnSize(before[name]!);
    this.#plan({ owner: source, key: "data", bytes: bytes + copies, replaces: false, copied });
  }

  #plan(planned: Planned): void {
    const { owner, key, bytes, replaces } = planned;
    const before = this.#plannedSize(owner, key) ?? 0;
    const after = replaces ? bytes : Math.max(0, before + bytes);
    (this.#planned ??= []).push(planned);
    this.#plannedBytes += after - before;
    const sizes = this.#plannedSizes ??= new Map<object, Map<string, number>>();
    sizes.set(owner, (sizes.get(owner) ?? new Map<string, number>()).set(key, after));
  }

  /**
   * Returns the bytes of an entry after the changes planned so far, undefined if there is no such
   * entry.
   */
  #plannedSize(owner: object, key: string): number | undefined {
    return this.#plannedSizes?.get(owner)?.get(key) ?? this.#entry(owner, key)?.bytes;
  }

  #commit({ owner, key, bytes, replaces, copied }: Planned): void {
    const entry = this.#entry(owner, key) ?? this.#addEntry(owner, key);
    this.#noteChange(owner, key);
    if (replaces) this.#setBytes(entry, bytes);
    else this.#grow(owner, key, entry, bytes);
    for (const name of copied ?? []) (entry.copied ??= new Set()).add(name);
  }

  #noteChange(owner: object, key: string): void {
    if (this.#changed === undefined) return;
    const keys = this.#changed.get(owner);
    if (keys === undefined) this.#changed.set(owner, new Set([key]));
    else keys.add(key);
  }

  #addEntry(owner: object, key: string): Entry {
    const all = this.#entries ??= new Map();
    const entries = all.get(owner) ?? new Map<string, Entry>();
    const entry: Entry = { bytes: 0, growth: 0, threshold: LEAST_GROWTH, copied: undefined };
    all.set(owner, entries.set(key, entry));
    return entry;
  }

  /**
   * Returns the columns that the data source will copy for the first time, undefined if there are
   * none.
   */
  #newCopies(source: Model, touched: readonly string[], before: ColumnData): readonly string[] | undefined {
    const copied = this.#entry(source, "data")?.copied, planned = this.#plannedCopies?.get(source);
    let fresh: string[] | undefined;
    for (const name of touched) {
      if (!copied?.has(name) && !planned?.has(name) && Object.hasOwn(before, name)) (fresh ??= []).push(name);
    }
    if (fresh !== undefined) (this.#plannedCopies ??= new Map()).set(source, new Set([...planned ?? [], ...fresh]));
    return fresh;
  }

  #grow(owner: object, key: string, entry: Entry, bytes: number): void {
    this.#add(Math.max(bytes, -entry.bytes));
    entry.bytes = Math.max(0, entry.bytes + bytes);
    entry.growth += Math.max(0, bytes);
    if (entry.growth > entry.threshold) this.#measure(owner, key, entry);
  }

  #setBytes(entry: Entry, bytes: number): void {
    this.#add(bytes - entry.bytes);
    noteMeasured(entry, bytes);
  }

  #measure(owner: object, key: string, entry: Entry): void {
    if (!(owner instanceof Model)) return;
    const bytes = key === ALL_ATTRIBUTES ? modelSize(owner) : retainedSize(owner.rawValue(key));
    this.#add(Math.min(0, bytes - entry.bytes));
    noteMeasured(entry, bytes, Math.min(bytes, entry.bytes));
  }

  #measureAll(): void {
    for (const [owner, entries] of this.#entries ?? []) {
      for (const [key, entry] of entries) this.#measure(owner, key, entry);
    }
    this.#grownSinceMeasured = 0;
  }

  #add(bytes: number): void {
    this.#total += bytes;
    this.#grownSinceMeasured += Math.max(0, bytes);
    this.#options.pool?.add(bytes);
  }

  #entry(owner: object, key: string): Entry | undefined {
    return this.#entries?.get(owner)?.get(key);
  }
}

function storedEntry(owner: object, key: string, bytes: number): RetainedEntry {
  return [owner instanceof Model ? owner.id : "", key, bytes];
}

/** Returns the growth of a column in bytes when rows are appended. */
function growthByRows(column: Column, rows: Column, rollover: number | null): number {
  const length = Math.min(column.length + rows.length, rollover ?? Infinity);
  if (isTypedArray(column) || isTypedArray(rows)) {
    return (appendedBytes(column, rows, rollover) ?? numbersSize(length)) - columnSize(column);
  }
  const dropped = Math.min(column.length, column.length + rows.length - length);
  return rowsSize(rows, 0, rows.length) - rowsSize(column, 0, dropped);
}

/**
 * Returns the growth of a column in bytes because its typed arrays are replaced by wider ones to
 * store patched values.
 */
function growthByWidening(column: Column, patches: Patches[string]): number {
  const growths = new Map<unknown, number>();
  for (const [index, value] of patches) {
    const array = Array.isArray(index) ? column[index[0] as number] : column;
    if (!isTypedArray(array)) continue;
    const bytes = widenedSize(array, typeof index === "number" ? [value] : flatten(value)) - columnSize(array);
    growths.set(array, Math.max(growths.get(array) ?? 0, bytes));
  }
  return growths.values().reduce((sum, bytes) => sum + bytes, 0);
}

/**
 * Returns the size in bytes of the array or list that replaces a typed array so that it can store
 * some values.
 */
function widenedSize(array: TypedArray, values: ArrayLike<unknown>): number {
  if (!needsWider(array, values, { where: "a column", mayBeList: true })) return columnSize(array);
  const isList = Array.prototype.includes.call(values, null);
  return isList ? numbersSize(array.length) : array.length * Float64Array.BYTES_PER_ELEMENT;
}

/**
 * Returns whether a change replaces a value. Rows that the application appends to columns do not
 * replace those of clients.
 */
export function replacesValue({ hint }: ModelChange<Model>): boolean {
  return hint === undefined || hint.kind === "ColumnDataChanged" && hint.cols === null;
}
