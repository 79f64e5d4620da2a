import { type KindPart, type KindTree, LITERAL_KINDS, STRUCT_KINDS } from "./kind_tree.ts";

/** A kind as a row of the table: its parts are indices of other rows. */
export type KindRow = string | readonly unknown[];

/** The kinds of all properties, each once, those that others are made of before them. */
export class KindTable {
  /** The rows. */
  readonly rows: KindRow[] = [];
  readonly #indices = new Map<string, number>();

  /** The index of a kind, which is added if it is new. */
  add(kind: KindTree): number {
    const row = this.#rowOf(kind);
    const key = JSON.stringify(row);
    let index = this.#indices.get(key);
    if (index === undefined) {
      index = this.rows.push(row) - 1;
      this.#indices.set(key, index);
    }
    return index;
  }

  #rowOf(kind: KindTree): KindRow {
    if (typeof kind === "string") return kind;
    const [name, ...parts] = kind;
    if (LITERAL_KINDS.has(name)) return kind;
    if (STRUCT_KINDS.has(name)) return [name, this.#fieldsOf(parts[0])];
    if (name === "Spec") return this.#specOf(parts);
    return [name, ...parts.map((part) => this.add(part as KindTree))];
  }

  #fieldsOf(fields: KindPart | undefined): Record<string, number> {
    return Object.fromEntries(Object.entries(fields ?? {}).map(([key, field]) => [key, this.add(field as KindTree)]));
  }

  #specOf([name, value, units, valid]: readonly KindPart[]): KindRow {
    const row = ["Spec", name, this.add(value as KindTree)];
    return units === undefined ? row : [...row, units, this.add(valid as KindTree)];
  }
}
