/**
 * Reads `python_baseline.json`, the definitions of all classes of models in Python.
 *
 * @module
 */

import baseline from "./python_baseline.json" with { type: "json" };

/**
 * Flags of a property, as bits of a number. The baseline and the generated table use the same bits.
 */
export const Flag = { local: 1, readonly: 2, alias: 4, unstable: 8, required: 16 } as const;

/** A property of a class of Python. */
export interface PythonProperty {
  /** The type as Python prints it. */
  readonly type: string;
  /** The representation of the default. */
  readonly default: unknown;
  /** Bits of {@linkcode Flag}. */
  readonly flags: number;
}

/** A class of Python. */
export interface PythonModel {
  /** The name of the class on the wire. */
  readonly name: string;
  /** The name of the first base class. */
  readonly base: string | null;
  /** Whether the class is a model, and not a mix-in. */
  readonly model: boolean;
  /** Whether Python marks the class as abstract. */
  readonly abstract: boolean;
  /** All properties. */
  readonly properties: ReadonlyMap<string, PythonProperty>;
}

/** A class in the baseline. */
interface Row {
  readonly base: string | null;
  readonly model: boolean;
  readonly abstract?: true;
  readonly rows: readonly [attr: string, type: number, rep?: unknown, flags?: number][];
  readonly removed?: readonly string[];
}

/** Returns all classes of Python by name. */
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
