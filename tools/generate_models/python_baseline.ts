/**
 * Unfolds `python_baseline.json`: what Python says of every class of models.
 *
 * @module
 */

import baseline from "./python_baseline.json" with { type: "json" };

/** Facts about a property, as bits. They are the same in the baseline and in the table that is made of it. */
export const Flag = { local: 1, readonly: 2, alias: 4, unstable: 8, required: 16 } as const;

/** A property of a class of Python. */
export interface PythonProperty {
  /** Its type as Python prints it. */
  readonly type: string;
  /** Its default on the wire. */
  readonly default: unknown;
  /** Bits of {@linkcode Flag}. */
  readonly flags: number;
}

/** A class of Python. */
export interface PythonModel {
  /** Its name on the wire. */
  readonly name: string;
  /** The first class that it is derived from. */
  readonly base: string | null;
  /** Whether it is a model; else it is something that models mix in. */
  readonly model: boolean;
  /** Whether Python marks it as abstract: it exists only to derive others from it. */
  readonly abstract: boolean;
  /** All of its properties. */
  readonly properties: ReadonlyMap<string, PythonProperty>;
}

interface Row {
  readonly base: string | null;
  readonly model: boolean;
  readonly abstract?: true;
  readonly rows: readonly [attr: string, type: number, rep?: unknown, flags?: number][];
  readonly removed?: readonly string[];
}

/** All classes of Python by name. */
export function readPython(): Map<string, PythonModel> {
  const models = new Map<string, PythonModel>();
  for (const [name, row] of Object.entries(baseline.models as unknown as Record<string, Row>)) {
    const inherited = row.base === null ? [] : models.get(row.base)?.properties ?? [];
    const properties = new Map(inherited);
    for (const attr of row.removed ?? []) properties.delete(attr);
    for (const [attr, type, rep, flags = 0] of row.rows) {
      properties.set(attr, { type: baseline.types[type] ?? "", default: rep, flags });
    }
    models.set(name, {
      name,
      base: row.base,
      model: row.model,
      abstract: row.abstract ?? false,
      properties,
    });
  }
  return models;
}
