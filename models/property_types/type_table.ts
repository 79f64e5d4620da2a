/**
 * The property types of the generated table. Each is created at its first use, since most servers
 * use few of them.
 *
 * @module
 */

import { specTable } from "../spec/spec_table.ts";
import { LimitedType, NullableType, OptType, OrType } from "./compound_types.ts";
import { DictType, ListType, MappingType, SetType, StructType, TupleType } from "./container_types.ts";
import type { PropertyType } from "./property_type.ts";
import { EnumType, prefixedType, primitiveTypes, RefType, regexType } from "./plain_types.ts";
import { DataSpecType } from "./data_spec_type.ts";
import { visualTypes } from "./visual_types.ts";

export { type DataSpecInfo, PropertyType } from "./property_type.ts";

/**
 * A row of a table of property types: the name of the type, or its name and parameters. Types among
 * the parameters are indices of rows.
 */
export type PropertyTypeRow = string | readonly [name: string, ...parts: unknown[]];

/** A table of property types, each of which is created once. */
export class PropertyTypeTable {
  readonly #rows: readonly PropertyTypeRow[];
  readonly #types: PropertyType[] = [];

  /** @param rows The rows of the table. */
  constructor(rows: readonly PropertyTypeRow[]) {
    this.#rows = rows;
  }

  /**
   * Returns the type of a row.
   *
   * @throws {RangeError} If there is no such row.
   */
  get(index: number): PropertyType {
    return this.#types[index] ??= this.#make(index);
  }

  #make(index: number): PropertyType {
    const row = this.#rows[index];
    if (row === undefined) {
      throw new RangeError(`Cannot find property type ${index}: the table has ${this.#rows.length}`);
    }
    const [name, ...parts] = typeof row === "string" ? [row] : row;
    const type = primitiveTypes[name] ?? visualTypes[name] ?? this.#makeSimple(name, parts) ??
      this.#makeCompound(name, parts);
    if (type === undefined) throw new TypeError(`Cannot make property type ${index}: ${name} is not known`);
    return type;
  }

  #makeSimple(name: string, parts: readonly unknown[]): PropertyType | undefined {
    switch (name) {
      case "Enum":
        return new EnumType(parts as (string | number)[]);
      case "Ref":
        return new RefType(String(parts[0]));
      case "Regex":
        return regexType(String(parts[0]));
      case "PrefixedStr":
        return prefixedType(String(parts[0]));
      case "Struct":
      case "PartialStruct":
        return new StructType(name, this.#fields(parts[0] as Record<string, number>));
      case "Spec":
        return this.#makeSpec(parts as [string, number, string?, number?]);
      default:
        return undefined;
    }
  }

  #makeSpec([name, value, units, validUnits]: [string, number, string?, number?]): PropertyType {
    return new DataSpecType(name, this.get(value), units, validUnits === undefined ? undefined : this.get(validUnits));
  }

  #makeCompound(name: string, parts: readonly unknown[]): PropertyType | undefined {
    const types = (parts as number[]).map((part) => this.get(part));
    const [first, second] = types;
    switch (first === undefined ? "" : name) {
      case "Nullable":
        return new NullableType(first!);
      case "Or":
        return new OrType(name, types);
      case "Opt":
        return new OptType(name, types);
      case "NonNegative":
      case "Positive":
        return new LimitedType(name, first!);
      case "List":
      case "NonEmptyList":
      case "Arrayable":
        return new ListType(name, first!);
      case "Tuple":
        return new TupleType(name, types);
      case "Dict":
        return new DictType(first!);
      case "Mapping":
      case "KeyVal":
        return new MappingType(name, first!, second!);
      case "Set":
        return new SetType(name, types);
      default:
        return undefined;
    }
  }

  #fields(fields: Readonly<Record<string, number>>): Record<string, PropertyType> {
    return Object.fromEntries(Object.entries(fields).map(([key, index]) => [key, this.get(index)]));
  }
}

const table = new PropertyTypeTable(specTable.types as PropertyTypeRow[]);

/**
 * Returns the type of a row of the generated table.
 *
 * @throws {RangeError} If there is no such row.
 */
export function propertyType(index: number): PropertyType {
  return table.get(index);
}
