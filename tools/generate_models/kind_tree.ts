/** A kind as a tree: its name alone, or its name and what it is made of. The leaves of Enum, Ref, Regex and the like are text. */
export type KindTree = string | readonly [name: string, ...parts: KindPart[]];

/** What a kind is made of: other kinds, fields of a structure, or the values of an enumeration. */
export type KindPart = KindTree | number | readonly KindTree[] | { readonly [field: string]: KindTree };

/** The kinds whose parts are texts and numbers, not kinds. */
export const LITERAL_KINDS: ReadonlySet<string> = new Set(["Enum", "Ref", "Regex", "PrefixedStr"]);

/** The kinds whose only part is a record of fields. */
export const STRUCT_KINDS: ReadonlySet<string> = new Set(["Struct", "PartialStruct"]);

/** One kind for several, with those that are alternatives themselves taken apart and each named once. */
export function either(kinds: readonly KindTree[]): KindTree {
  const flat = kinds.flatMap((kind) => Array.isArray(kind) && kind[0] === "Or" ? kind.slice(1) as KindTree[] : [kind]);
  const unique = [...new Map(flat.map((kind) => [JSON.stringify(kind), kind])).values()];
  const others = unique.filter((kind) => kind !== "Null");
  const [first] = others;
  if (first === undefined) return "Null";
  const some = others.length === 1 ? first : ["Or", ...others] as const;
  return others.length < unique.length ? ["Nullable", some] : some;
}

/** Whether a kind is made with one of some names. */
export function mentions(kind: KindPart, names: ReadonlySet<string>): boolean {
  if (typeof kind === "string") return names.has(kind);
  if (typeof kind !== "object") return false;
  if (!Array.isArray(kind)) return Object.values(kind).some((field) => mentions(field, names));
  const [name, ...parts] = kind as [string, ...KindPart[]];
  return names.has(name) || !LITERAL_KINDS.has(name) && parts.some((part) => mentions(part, names));
}
