/**
 * The table of property types in `spec.jsonl`.
 *
 * @module
 */

import { LITERAL_TYPES, STRUCT_TYPES, type TypePart, type TypeTree } from "../../cli/extensions/type_tree.ts";

/** A property type as a row of the table. Types among its parameters are indices of rows. */
export type TypeRow = string | readonly unknown[];

/** The property types without duplicates. The parts of a type come before it. */
export class TypeTable {
  /** The rows. */
  readonly rows: TypeRow[] = [];
  readonly #indices = new Map<string, number>();

  /** Returns the index of a type. Adds a row if there is none. */
  add(type: TypeTree): number {
    const row = this.#rowOf(type);
    const key = JSON.stringify(row);
    let index = this.#indices.get(key);
    if (index === undefined) {
      index = this.rows.push(row) - 1;
      this.#indices.set(key, index);
    }
    return index;
  }

  #rowOf(type: TypeTree): TypeRow {
    if (typeof type === "string") return type;
    const [name, ...parts] = type;
    if (LITERAL_TYPES.has(name)) return type;
    if (STRUCT_TYPES.has(name)) return [name, this.#fieldsOf(parts[0])];
    if (name === "Spec") return this.#specOf(parts);
    return [name, ...parts.map((part) => this.add(part as TypeTree))];
  }

  #fieldsOf(fields: TypePart | undefined): Record<string, number> {
    return Object.fromEntries(Object.entries(fields ?? {}).map(([key, field]) => [key, this.add(field as TypeTree)]));
  }

  #specOf([name, value, units, valid]: readonly TypePart[]): TypeRow {
    const row = ["Spec", name, this.add(value as TypeTree)];
    return units === undefined ? row : [...row, units, this.add(valid as TypeTree)];
  }
}
