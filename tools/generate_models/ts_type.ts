import type { KindPart, KindTree } from "./kind_tree.ts";
import type { Names } from "./names.ts";

/** How a type is written. */
export interface TypeOptions {
  /** Whether it is that of what may be set, which is wider than what is read. */
  readonly input: boolean;
  /** Whether numbers stand for dates and times. */
  readonly moments: boolean;
}

/** Types of kinds that are not made of others. */
const PLAIN: Readonly<Record<string, string>> = {
  Any: "unknown",
  AnyRef: "unknown",
  Bool: "boolean",
  Bytes: "Uint8Array",
  Color: "Color",
  Day: "string",
  DashPattern: "number[]",
  Finite: "number",
  Float: "number",
  FontSize: "string",
  Func: "never",
  HatchPattern: "string",
  Int: "number",
  Node: "never",
  Null: "null",
  Percent: "number",
  PrefixedStr: "string",
  Regex: "string",
  Str: "string",
};

/** Types of what may be set, where they are wider. */
const INPUT: Readonly<Record<string, string>> = {
  DashPattern: "readonly number[] | string",
};

/** The TypeScript type of the values of a kind. */
export function tsType(kind: KindTree, names: Names, options: TypeOptions): string {
  return new TypeWriter(names, options).write(kind);
}

class TypeWriter {
  constructor(readonly names: Names, readonly options: TypeOptions) {}

  write(kind: KindTree): string {
    return this.#alternatives(kind).join(" | ");
  }

  #alternatives(kind: KindTree): string[] {
    const found = [...new Set(this.#flat(kind))].filter((type) => type !== "never");
    if (found.includes("unknown")) return ["unknown"];
    return found.length === 0
      ? ["never"]
      : found.filter((type) => type !== "null").concat(found.includes("null") ? "null" : []);
  }

  #flat(kind: KindTree): string[] {
    if (typeof kind === "string") return this.#plain(kind);
    const [name, ...parts] = kind;
    switch (name) {
      case "Nullable":
        return [...this.#flat(parts[0] as KindTree), "null"];
      case "Or":
        return parts.flatMap((part) => this.#flat(part as KindTree));
      case "Opt":
      case "NonNegative":
      case "Positive":
        return this.#flat(parts[0] as KindTree);
      default:
        return [this.#compound(name, parts)];
    }
  }

  #plain(name: string): string[] {
    if (name === "Float" && this.options.moments && this.options.input) return ["number", "DateTimeLike"];
    if (name === "Day" && this.options.input) return ["string", "DateTimeLike"];
    if (name === "TimeOfDay") return ["number", "string", ...this.options.input ? ["Temporal.PlainTime"] : []];
    return [this.options.input && INPUT[name] || (PLAIN[name] ?? this.#unknownKind(name))];
  }

  #compound(name: string, parts: readonly KindPart[]): string {
    const [first, second] = parts as readonly KindTree[];
    switch (name) {
      case "Enum":
        return this.names.enumOf(parts as (string | number)[]) ??
          parts.map((value) => JSON.stringify(value)).join(" | ");
      case "Ref":
        return this.names.classOf(String(first));
      case "List":
      case "NonEmptyList":
        return listOf(this.write(first!));
      case "Arrayable":
        return this.#arrayable(this.write(first!));
      case "Tuple":
        return `[${
          (parts as KindTree[]).map((part) => `${this.write(part)}${part[0] === "Opt" ? "?" : ""}`).join(", ")
        }]`;
      case "Dict":
        return `Record<string, ${this.write(first!)}>`;
      case "Mapping":
      case "KeyVal":
        return this.#map(this.write(first!), this.write(second!));
      case "Set":
        return `Set<${this.write(first!)}>`;
      case "Struct":
      case "PartialStruct":
        return this.#struct(name === "Struct" ? "" : "?", parts[0] as Record<string, KindTree>);
      case "Spec":
        return `Spec<${new TypeWriter(this.names, { ...this.options, input: true }).write(second!)}>`;
      default:
        return PLAIN[name] ?? this.#unknownKind(name);
    }
  }

  #arrayable(item: string): string {
    if (!this.options.input) return listOf(item);
    return item === "number" ? "readonly number[] | TypedArray" : `readonly ${listOf(item)}`;
  }

  #map(key: string, item: string): string {
    const record = key === "number" || key === "string" ? key : "string";
    return `Map<${key}, ${item}> | Record<${record}, ${item}>`;
  }

  #struct(mark: string, fields: Record<string, KindTree>): string {
    const types = Object.entries(fields).map(([key, kind]) => `${key}${mark}: ${this.write(kind)}`);
    return `{ ${types.join("; ")} }`;
  }

  #unknownKind(name: string): never {
    throw new TypeError(`Cannot write the type of the kind ${name}: it is not known`);
  }
}

function listOf(item: string): string {
  return item.includes(" ") && !/^\[[^\]]*\]$/.test(item) ? `(${item})[]` : `${item}[]`;
}
