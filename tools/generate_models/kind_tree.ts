/** A kind as a tree: its name alone, or its name and what it is made of. The leaves of Enum, Ref, Regex and the like are text. */
export type KindTree = string | KindNode;

/** A kind that is made of others: its name, and then the parts. */
export interface KindNode extends ReadonlyArray<KindPart> {
  /** The name. */
  readonly 0: string;
}

/** What a kind is made of: other kinds, fields of a structure, or the values of an enumeration. */
export type KindPart = KindTree | number | { readonly [field: string]: KindTree };

/** Whether a part is a kind, and not a number or the fields of a structure. */
export function isKind(part: KindPart): part is KindTree {
  return typeof part === "string" || Array.isArray(part);
}

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
  if (typeof kind === "number") return false;
  if (!isKind(kind)) return Object.values(kind).some((field) => mentions(field, names));
  const [name, ...parts] = kind;
  return names.has(name) || !LITERAL_KINDS.has(name) && parts.some((part) => mentions(part, names));
}
