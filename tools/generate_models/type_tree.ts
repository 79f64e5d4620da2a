/**
 * Property types as trees.
 *
 * @module
 */

/**
 * A property type: its name, or its name and parameters. The parameters of Enum, Ref, Regex and
 * PrefixedStr are texts or numbers.
 */
export type TypeTree = string | TypeNode;

/** A property type with parameters. */
export interface TypeNode extends ReadonlyArray<TypePart> {
  /** The name. */
  readonly 0: string;
}

/**
 * A parameter of a property type: another type, the fields of a record, or a value of an
 * enumeration.
 */
export type TypePart = TypeTree | number | { readonly [field: string]: TypeTree };

/** Returns whether a parameter is a type, and not a number or the fields of a record. */
export function isTypeTree(part: TypePart): part is TypeTree {
  return typeof part === "string" || Array.isArray(part);
}

/** The types whose parameters are texts and numbers. */
export const LITERAL_TYPES: ReadonlySet<string> = new Set(["Enum", "Ref", "Regex", "PrefixedStr"]);

/** The types whose only parameter is a record of fields. */
export const STRUCT_TYPES: ReadonlySet<string> = new Set(["Struct", "PartialStruct"]);

/** Returns the union of types. Unions among them are flattened, and duplicates are removed. */
export function either(types: readonly TypeTree[]): TypeTree {
  const flat = types.flatMap((type) => Array.isArray(type) && type[0] === "Or" ? type.slice(1) as TypeTree[] : [type]);
  const unique = [...new Map(flat.map((type) => [JSON.stringify(type), type])).values()];
  const others = unique.filter((type) => type !== "Null");
  const [first] = others;
  if (first === undefined) return "Null";
  const some = others.length === 1 ? first : ["Or", ...others] as const;
  return others.length < unique.length ? ["Nullable", some] : some;
}

/** Returns whether a type contains a type with one of some names. */
export function mentions(type: TypePart, names: ReadonlySet<string>): boolean {
  if (typeof type === "string") return names.has(type);
  if (typeof type === "number") return false;
  if (!isTypeTree(type)) return Object.values(type).some((field) => mentions(field, names));
  const [name, ...parts] = type;
  return names.has(name) || !LITERAL_TYPES.has(name) && parts.some((part) => mentions(part, names));
}
