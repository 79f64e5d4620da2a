/**
 * The tables of the admin page.
 *
 * @module
 */

import { ColumnDataSource, DataTable, TableColumn } from "../models/mod.ts";
import type { AdminError, AdminProcess, AdminSession, AdminSlowCallback } from "./admin_source.ts";

/** A column of a table: its title, its width in pixels, and the text of an item. */
type Column<T> = readonly [title: string, width: number, text: (item: T) => string | number];

/** A table whose rows are items with keys. The selected item stays selected when the rows change. */
export class AdminTable<T> {
  /** The table. */
  readonly table: DataTable;
  readonly #source: ColumnDataSource;
  readonly #columns: readonly Column<T>[];
  readonly #keyOf: (item: T) => string;
  #items: readonly T[] = [];
  #selected: string | undefined;

  /**
   * Creates a table without rows.
   *
   * @param name Name of the table, for screen readers.
   * @param keyOf Returns what identifies an item.
   */
  constructor(name: string, columns: readonly Column<T>[], { keyOf, height }: {
    readonly keyOf: (item: T) => string;
    readonly height: number;
  }) {
    this.#columns = columns;
    this.#keyOf = keyOf;
    this.#source = new ColumnDataSource({ data: this.#data() });
    this.table = new DataTable({
      name,
      source: this.#source,
      columns: columns.map(([title, width], i) => new TableColumn({ field: `${i}`, title, width })),
      height,
      sizing_mode: "stretch_width",
      autosize_mode: "none",
      index_position: null,
    });
    this.#source.selected.on_change("indices", (_attr, _old, indices) => {
      const item = this.#items[(indices as readonly number[])[0] ?? -1];
      this.#selected = item && this.#keyOf(item);
    });
  }

  /** The selected item; undefined if none is, or if it is no longer in the table. */
  get selected(): T | undefined {
    return this.#items.find((item) => this.#keyOf(item) === this.#selected);
  }

  /** Calls a function when the user has selected another item. */
  onSelect(listener: () => void): void {
    this.#source.selected.on_change("indices", listener);
  }

  /** Replaces the rows. */
  show(items: readonly T[]): void {
    const selected = this.#selected;
    this.#items = items;
    this.#source.data = this.#data();
    const index = items.findIndex((item) => this.#keyOf(item) === selected);
    this.#source.selected.indices = index < 0 ? [] : [index];
    this.#selected = index < 0 ? undefined : selected;
  }

  #data(): Record<string, (string | number)[]> {
    return Object.fromEntries(this.#columns.map(([, , text], i) => [`${i}`, this.#items.map(text)]));
  }
}

/** Returns a table of processes. */
export function processTable(): AdminTable<AdminProcess> {
  return new AdminTable("Processes", [
    ["process", 70, ({ index }) => index],
    ["pid", 80, ({ pid }) => pid],
    ["uptime", 90, ({ uptimeSeconds }) => duration(uptimeSeconds)],
    ["sessions", 80, ({ sessions }) => sessions],
    ["errors", 70, ({ errors }) => errors],
    ["new clients", 100, ({ isDraining }) => isDraining ? "draining" : "accepted"],
    ["log level", 90, ({ logLevel }) => logLevel ?? ""],
  ], { keyOf: ({ index }) => `${index}`, height: 130 });
}

/** Returns a table of sessions. */
export function sessionTable(): AdminTable<AdminSession> {
  return new AdminTable("Sessions", [
    ["session", 90, ({ instance }) => instance.slice(0, 8)],
    ["application", 120, ({ application }) => application],
    ["user", 130, ({ user }) => user],
    ["process", 70, ({ process }) => process],
    ["age", 80, ({ ageSeconds }) => duration(ageSeconds)],
    ["idle", 80, ({ idleSeconds }) => duration(idleSeconds)],
    ["connections", 90, ({ connections }) => connections],
    ["changes/s", 80, ({ changesPerSecond }) => Math.round(changesPerSecond * 10) / 10],
    ["models", 70, ({ models }) => models],
    ["columns", 90, ({ columnBytes }) => bytes(columnBytes)],
    ["of clients", 90, ({ clientBytes }) => bytes(clientBytes)],
  ], { keyOf: ({ instance }) => instance, height: 260 });
}

/** Returns a table of errors. */
export function errorTable(): AdminTable<AdminError> {
  return new AdminTable("Errors", [
    ["time", 90, ({ time }) => clockTime(time)],
    ["process", 70, ({ process }) => process],
    ["application", 120, ({ application }) => application],
    ["in", 120, ({ during }) => during],
    ["error", 500, ({ stack }) => stack.split("\n", 1)[0]!],
  ], { keyOf: ({ process, time, stack }) => `${process} ${time} ${stack}`, height: 180 });
}

/** Returns a table of slow callbacks. */
export function slowCallbackTable(): AdminTable<AdminSlowCallback> {
  return new AdminTable("Slow callbacks", [
    ["last", 90, ({ lastTime }) => clockTime(lastTime)],
    ["process", 70, ({ process }) => process],
    ["application", 120, ({ application }) => application],
    ["times", 60, ({ count }) => count],
    ["longest", 90, ({ longestMilliseconds }) => `${longestMilliseconds} ms`],
    ["blocks all", 80, ({ blocking }) => blocking ? "yes" : "no"],
    ["callback", 400, ({ name }) => name],
  ], { keyOf: ({ process, application, name }) => `${process} ${application} ${name}`, height: 150 });
}

/** Returns a number of bytes as a text. */
export function bytes(count: number): string {
  if (count < 1000) return `${count} B`;
  return count < 1e6 ? `${(count / 1e3).toFixed(1)} kB` : `${(count / 1e6).toFixed(1)} MB`;
}

/** Returns a duration of seconds as a text, such as `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Returns the time of the day in UTC, with seconds. */
function clockTime(time: number): string {
  return new Date(time).toISOString().slice(11, 19);
}
