/**
 * Property types of models as trees, such as `["Nullable", ["List", "Int"]]`.
 *
 * @module
 */

/**
 * A property type: its name, such as `"Int"`, or an array of its name and its parameters, such as
 * `["List", "Int"]`. Most parameters are types. Those of {@linkcode LITERAL_TYPES} are literals,
 * such as `["Enum", "left", "right"]`; that of {@linkcode STRUCT_TYPES} is a record of types.
 */
export type TypeTree = string | TypeNode;

/** A property type with parameters. */
export interface TypeNode extends ReadonlyArray<TypePart> {
  /** Name of the type. The elements after it are the parameters. */
  readonly 0: string;
}

/**
 * A parameter of a property type: another type, the types of the fields of a struct, or a literal
 * (a string or number, such as a value of an enumeration). A literal string has the same form as a
 * type without parameters; only the type that it belongs to distinguishes them.
 */
export type TypePart = TypeTree | number | { readonly [field: string]: TypeTree };

/**
 * Returns whether a parameter is a type, and not a number or the fields of a struct. Also returns
 * true for literal strings: do not use it for parameters of {@linkcode LITERAL_TYPES}.
 */
export function isTypeTree(part: TypePart): part is TypeTree {
  return typeof part === "string" || Array.isArray(part);
}

/** Names of the types whose parameters are literals (strings and numbers), not types. */
export const LITERAL_TYPES: ReadonlySet<string> = new Set(["Enum", "Ref", "Regex", "PrefixedStr"]);

/** Names of the types whose only parameter is a record of the types of their fields. */
export const STRUCT_TYPES: ReadonlySet<string> = new Set(["Struct", "PartialStruct"]);

/**
 * Returns the union of types. Flattens unions (`Or`) among them, removes duplicates, and writes a
 * union with `Null` as `Nullable`: the union of `Null`, `Int` and `Str` is
 * `["Nullable", ["Or", "Int", "Str"]]`. Does not flatten `Nullable`.
 */
export function either(types: readonly TypeTree[]): TypeTree {
  const flat = types.flatMap((type) => Array.isArray(type) && type[0] === "Or" ? type.slice(1) as TypeTree[] : [type]);
  const unique = [...new Map(flat.map((type) => [JSON.stringify(type), type])).values()];
  const others = unique.filter((type) => type !== "Null");
  const [first] = others;
  if (first === undefined) return "Null";
  const some = others.length === 1 ? first : ["Or", ...others] as const;
  return others.length < unique.length ? ["Nullable", some] : some;
}

/**
 * Returns whether a type is, or contains at any depth, a type with one of the given names. Does not
 * search literals.
 */
export function mentions(type: TypePart, names: ReadonlySet<string>): boolean {
  if (typeof type === "string") return names.has(type);
  if (typeof type === "number") return false;
  if (!isTypeTree(type)) return Object.values(type).some((field) => mentions(field, names));
  const [name, ...parts] = type;
  return names.has(name) || !LITERAL_TYPES.has(name) && parts.some((part) => mentions(part, names));
}
