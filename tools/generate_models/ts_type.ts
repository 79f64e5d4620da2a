/**
 * Writes property types as types of TypeScript.
 *
 * @module
 */

import type { TypePart, TypeTree } from "../../cli/extensions/type_tree.ts";
import type { Names } from "./names.ts";

/** Options of {@linkcode tsType}. */
export interface TypeOptions {
  /** Whether to return the type of values that can be set, instead of values that are read. */
  readonly input: boolean;
  /** Whether numbers represent dates and times. */
  readonly dateTimes: boolean;
}

/** The types of TypeScript for property types without parameters. */
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

/** The types of values that can be set, for property types whose values are read with a narrower type. */
const INPUT: Readonly<Record<string, string>> = {
  DashPattern: "readonly number[] | string",
};

/** Returns the type of TypeScript for the values of a property type. */
export function tsType(type: TypeTree, names: Names, options: TypeOptions): string {
  return new TypeWriter(names, options).write(type);
}

class TypeWriter {
  constructor(readonly names: Names, readonly options: TypeOptions) {}

  write(type: TypeTree): string {
    return this.#alternatives(type).join(" | ");
  }

  #alternatives(type: TypeTree): string[] {
    const found = [...new Set(this.#flat(type))].filter((type) => type !== "never");
    if (found.includes("unknown")) return ["unknown"];
    return found.length === 0
      ? ["never"]
      : found.filter((type) => type !== "null").concat(found.includes("null") ? "null" : []);
  }

  #flat(type: TypeTree): string[] {
    if (typeof type === "string") return this.#plain(type);
    const [name, ...parts] = type;
    switch (name) {
      case "Nullable":
        return [...this.#flat(parts[0] as TypeTree), "null"];
      case "Or":
        return parts.flatMap((part) => this.#flat(part as TypeTree));
      case "Opt":
      case "NonNegative":
      case "Positive":
        return this.#flat(parts[0] as TypeTree);
      default:
        return [this.#compound(name, parts)];
    }
  }

  #plain(name: string): string[] {
    if (name === "Float" && this.options.dateTimes && this.options.input) return ["number", "DateTimeLike"];
    if (name === "Day" && this.options.input) return ["string", "DateTimeLike"];
    if (name === "TimeOfDay") return ["number", "string", ...this.options.input ? ["Temporal.PlainTime"] : []];
    return [this.options.input && INPUT[name] || (PLAIN[name] ?? this.#unknownType(name))];
  }

  #compound(name: string, parts: readonly TypePart[]): string {
    const [first, second] = parts as readonly TypeTree[];
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
          (parts as TypeTree[]).map((part) => `${this.write(part)}${part[0] === "Opt" ? "?" : ""}`).join(", ")
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
        return this.#struct(name === "Struct" ? "" : "?", parts[0] as Record<string, TypeTree>);
      case "Spec":
        return `Spec<${new TypeWriter(this.names, { ...this.options, input: true }).write(second!)}>`;
      default:
        return PLAIN[name] ?? this.#unknownType(name);
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

  #struct(mark: string, fields: Record<string, TypeTree>): string {
    const types = Object.entries(fields).map(([key, type]) => `${key}${mark}: ${this.write(type)}`);
    return `{ ${types.join("; ")} }`;
  }

  #unknownType(name: string): never {
    throw new TypeError(`Cannot write the property type ${name}: it is not known`);
  }
}

function listOf(item: string): string {
  return item.includes(" ") && !/^\[[^\]]*\]$/.test(item) ? `(${item})[]` : `${item}[]`;
}
