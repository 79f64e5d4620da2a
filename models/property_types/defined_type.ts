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

/**
 * Creates a property type from its definition on the wire.
 *
 * A regular expression is replaced by the type of all texts, since matching an expression of a
 * client could take exponential time.
 *
 * @throws {TypeError} If the definition is invalid, or is too large or too deep.
 */
export function propertyTypeFromDefinition(definition: PropertyTypeDefinition): PropertyType {
  const rows: PropertyTypeRow[] = [];
  return new PropertyTypeTable(rows).get(addRow(rows, definition, 0));
}

/** Appends the row of a definition, after the rows of its parts, and returns its index. */
function addRow(rows: PropertyTypeRow[], definition: unknown, depth: number): number {
  const [name, ...parts] = Array.isArray(definition) ? definition : [definition];
  if (typeof name !== "string" || depth > MAX_DEPTH || rows.length >= MAX_PARTS) throw unknownType(definition);
  return rows.push(rowOf(rows, name, parts, depth)) - 1;
}

function rowOf(rows: PropertyTypeRow[], name: string, parts: readonly unknown[], depth: number): PropertyTypeRow {
  const indexOf = (part: unknown) => addRow(rows, part, depth + 1);
  if (PLAIN.includes(name)) return name;
  if (name === "Unknown") return "Any";
  if (name === "Regex") return "Str";
  if (name === "Enum") return [name, ...parts];
  if (name === "Ref") return [name, String(Reflect.get(Object(parts[0]), "id"))];
  if (COMPOUND.includes(name) && parts.length > 0) return [name, ...parts.map(indexOf)];
  if (name === "Struct" && parts.every(Array.isArray)) {
    return [name, Object.fromEntries(parts.map(([key, part]) => [String(key), indexOf(part)]))];
  }
  throw unknownType(name);
}

function unknownType(definition: unknown): TypeError {
  const text = JSON.stringify(definition)?.slice(0, 80) ?? "";
  return new TypeError(`Cannot make a property type of ${text}: there is no such type`);
}
