/**
 * Property types in the definitions of classes that documents contain.
 *
 * @module
 */

import { type PropertyType, type PropertyTypeRow, PropertyTypeTable } from "./type_table.ts";

/**
 * The definition of a property type on the wire: its name, or its name and the types that it is
 * composed of.
 */
export type PropertyTypeDefinition = string | readonly [name: string, ...parts: readonly unknown[]];

const PLAIN = ["Any", "AnyRef", "Bool", "Float", "Int", "Bytes", "Str", "Null"];
const COMPOUND = ["Nullable", "Or", "Tuple", "List", "Dict", "Mapping"];
const MAX_DEPTH = 20;
/** Maximum number of parts of a type. A value may be checked against each of them. */
const MAX_PARTS = 100;

/** Names of property types without parts, and of those that are composed of others. */
export interface PropertyTypeNames {
  /** Names of types without parts. */
  readonly plain: readonly string[];
  /** Names of types that are composed of other types. */
  readonly compound: readonly string[];
}

/** The types that documents of clients can define. */
const WIRE_TYPES: PropertyTypeNames = { plain: PLAIN, compound: COMPOUND };

/** The types that applications can define: those of documents, and more of BokehJS's and Python's. */
export const EXTENSION_TYPES: PropertyTypeNames = {
  plain: [...PLAIN, "Color", "DashPattern", "FontSize", "Percent"],
  compound: [...COMPOUND, "NonNegative", "Opt", "Positive", "Set", "Spec"],
};

/**
 * Creates a property type from its definition on the wire.
 *
 * A regular expression is replaced by the type of all texts, since matching an expression of a
 * client could take exponential time.
 *
 * @param definition The definition.
 * @param names The types that the definition may use.
 * @throws {TypeError} If the definition is invalid, or is too large or too deep.
 */
export function propertyTypeFromDefinition(
  definition: PropertyTypeDefinition,
  names: PropertyTypeNames = WIRE_TYPES,
): PropertyType {
  const rows: PropertyTypeRow[] = [];
  return new PropertyTypeTable(rows).get(new Rows(rows, names).add(definition, 0));
}

/** The rows of the types that a definition is composed of. */
class Rows {
  readonly #rows: PropertyTypeRow[];
  readonly #names: PropertyTypeNames;

  constructor(rows: PropertyTypeRow[], names: PropertyTypeNames) {
    this.#rows = rows;
    this.#names = names;
  }

  /** Appends the row of a definition, after the rows of its parts, and returns its index. */
  add(definition: unknown, depth: number): number {
    const [name, ...parts] = Array.isArray(definition) ? definition : [definition];
    if (typeof name !== "string" || depth > MAX_DEPTH || this.#rows.length >= MAX_PARTS) throw unknownType(definition);
    return this.#rows.push(this.#rowOf(name, parts, depth)) - 1;
  }

  #rowOf(name: string, parts: readonly unknown[], depth: number): PropertyTypeRow {
    const indexOf = (part: unknown) => this.add(part, depth + 1);
    if (this.#names.plain.includes(name)) return name;
    if (name === "Unknown") return "Any";
    if (name === "Regex") return "Str";
    if (name === "Enum") return [name, ...parts];
    if (name === "Ref") return [name, String(Reflect.get(Object(parts[0]), "id"))];
    if (this.#names.compound.includes(name) && parts.length > 0) {
      return name === "Spec" ? [name, name, indexOf(parts[0])] : [name, ...parts.map(indexOf)];
    }
    if (name === "Struct" && parts.every(Array.isArray)) {
      return [name, Object.fromEntries(parts.map(([key, part]) => [String(key), indexOf(part)]))];
    }
    throw unknownType(name);
  }
}

function unknownType(definition: unknown): TypeError {
  const text = JSON.stringify(definition)?.slice(0, 80) ?? "";
  return new TypeError(`Cannot make a property type of ${text}: there is no such type`);
}
