/**
 * The kinds of all properties, made of the generated table when they are first asked for.
 *
 * @module
 */

import { specTable } from "../spec/spec_table.ts";
import { LimitedKind, NullableKind, OptKind, OrKind } from "./compound_types.ts";
import { DictKind, ListKind, MappingKind, SetKind, StructKind, TupleKind } from "./container_types.ts";
import type { Kind } from "./property_type.ts";
import { EnumKind, prefixedKind, primitiveKinds, RefKind, regexKind } from "./plain_types.ts";
import { SpecKind } from "./spec_type.ts";
import { visualKinds } from "./visual_types.ts";

export { Kind, type SpecFacts } from "./property_type.ts";

/** A kind in the table: its name, or its name and what it is made of, where other kinds are given by their indices. */
export type KindRow = string | readonly [name: string, ...parts: unknown[]];

/** Kinds of a table, each made once. */
export class KindTable {
  readonly #rows: readonly KindRow[];
  readonly #kinds: Kind[] = [];

  /** @param rows The table. */
  constructor(rows: readonly KindRow[]) {
    this.#rows = rows;
  }

  /** The kind in a row. Throws a RangeError where there is no such row. */
  get(index: number): Kind {
    return this.#kinds[index] ??= this.#make(index);
  }

  #make(index: number): Kind {
    const row = this.#rows[index];
    if (row === undefined) throw new RangeError(`Cannot find the kind ${index}: the table has ${this.#rows.length}`);
    const [name, ...parts] = typeof row === "string" ? [row] : row;
    const kind = primitiveKinds[name] ?? visualKinds[name] ?? this.#makeSimple(name, parts) ??
      this.#makeCompound(name, parts);
    if (kind === undefined) throw new TypeError(`Cannot make the kind ${index}: ${name} is not known`);
    return kind;
  }

  #makeSimple(name: string, parts: readonly unknown[]): Kind | undefined {
    switch (name) {
      case "Enum":
        return new EnumKind(parts as (string | number)[]);
      case "Ref":
        return new RefKind(String(parts[0]));
      case "Regex":
        return regexKind(String(parts[0]));
      case "PrefixedStr":
        return prefixedKind(String(parts[0]));
      case "Struct":
      case "PartialStruct":
        return new StructKind(name, this.#fields(parts[0] as Record<string, number>));
      case "Spec":
        return this.#makeSpec(parts as [string, number, string?, number?]);
      default:
        return undefined;
    }
  }

  #makeSpec([name, value, units, validUnits]: [string, number, string?, number?]): Kind {
    return new SpecKind(name, this.get(value), units, validUnits === undefined ? undefined : this.get(validUnits));
  }

  #makeCompound(name: string, parts: readonly unknown[]): Kind | undefined {
    const kinds = (parts as number[]).map((part) => this.get(part));
    const [first, second] = kinds;
    switch (first === undefined ? "" : name) {
      case "Nullable":
        return new NullableKind(first!);
      case "Or":
        return new OrKind(name, kinds);
      case "Opt":
        return new OptKind(name, kinds);
      case "NonNegative":
      case "Positive":
        return new LimitedKind(name, first!);
      case "List":
      case "NonEmptyList":
      case "Arrayable":
        return new ListKind(name, first!);
      case "Tuple":
        return new TupleKind(name, kinds);
      case "Dict":
        return new DictKind(first!);
      case "Mapping":
      case "KeyVal":
        return new MappingKind(name, first!, second!);
      case "Set":
        return new SetKind(name, kinds);
      default:
        return undefined;
    }
  }

  #fields(fields: Readonly<Record<string, number>>): Record<string, Kind> {
    return Object.fromEntries(Object.entries(fields).map(([key, index]) => [key, this.get(index)]));
  }
}

const table = new KindTable(specTable.kinds as KindRow[]);

/** The kind in a row of the generated table. Throws a RangeError where there is no such row. */
export function kindOf(index: number): Kind {
  return table.get(index);
}
