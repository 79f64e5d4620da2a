/**
 * Kinds as documents write them where they define classes.
 *
 * @module
 */

import { type PropertyType, type PropertyTypeRow, PropertyTypeTable } from "./type_table.ts";

/** A kind by its name, or its name and what it is made of. */
export type PropertyTypeDefinition = string | readonly [name: string, ...parts: readonly unknown[]];

const PLAIN = ["Any", "AnyRef", "Bool", "Float", "Int", "Bytes", "Str", "Null"];
const COMPOUND = ["Nullable", "Or", "Tuple", "List", "Dict", "Mapping"];
const MAX_DEPTH = 20;
/** Most parts of a kind: a value may be checked against each of them. */
const MAX_PARTS = 100;

/**
 * Makes a kind of its definition. A pattern is taken as any text: one that a client made could keep a server busy for ever.
 *
 * @throws {TypeError} if there is no such kind.
 */
export function propertyTypeFromDefinition(definition: PropertyTypeDefinition): PropertyType {
  const rows: PropertyTypeRow[] = [];
  return new PropertyTypeTable(rows).get(addRow(rows, definition, 0));
}

/** Adds a row for a definition and answers with its index; the rows of its parts stand before it. */
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
