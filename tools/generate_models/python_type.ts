/**
 * Reads the types of Python's properties as they are printed: `Nullable(Either(Float, Tuple(Float, Float)))`.
 *
 * @module
 */

import { either, type KindTree } from "./kind_tree.ts";

/** A type as it is printed: what it is called and what stands in the parentheses. */
interface PythonType {
  readonly name: string;
  readonly args: readonly PythonArgument[];
}

interface PythonArgument {
  readonly key?: string;
  readonly value: PythonType | string | number;
}

/** Units that the values of a visual property may be given in. */
const UNITS: Readonly<Record<string, readonly [usual: string, valid: readonly string[]]>> = {
  AngleSpec: ["rad", ["deg", "rad", "grad", "turn"]],
  DistanceSpec: ["data", ["screen", "data"]],
  NullDistanceSpec: ["data", ["screen", "data"]],
  UnitsSpec: ["data", ["canvas", "screen", "data"]],
};

/** Types that stand for a kind whatever they are made of. */
const PLAIN: Readonly<Record<string, KindTree>> = {
  Alpha: "Percent",
  Angle: "Float",
  AnyRef: "Any",
  Auto: ["Enum", "auto"],
  CSSLength: "Str",
  ColorHex: "Color",
  DashPattern: "DashPattern",
  Date: "Day",
  Datetime: "Float",
  FontSize: "FontSize",
  HatchPatternType: "HatchPattern",
  Image: "Str",
  JSON: "Str",
  MathString: "Str",
  Size: ["NonNegative", "Float"],
  String: "Str",
  Time: "TimeOfDay",
  TimeDelta: "Float",
};

/** Types that add nothing to the kind of their first part. */
const WRAPPERS = new Set(["Factor", "FactorSeq", "Len", "NotSerialized", "Readonly", "Required", "TypeOfAttr"]);

/** The kind that a printed type stands for. */
export function pythonKind(text: string): KindTree {
  return new TypeReader(text).read();
}

/** Whether a printed type takes dates or times, which are sent as numbers. */
export function takesMoments(text: string): boolean {
  return /\b(Date|Datetime|Time|TimeDelta)\b/.test(text);
}

class TypeReader {
  readonly #tokens: string[];

  constructor(text: string) {
    this.#tokens = text.match(/'(?:[^'\\]|\\.)*'|[A-Za-z_]\w*|-?[\d.]+(?:e-?\d+)?|[(),=]/g) ?? [];
  }

  read(): KindTree {
    return kindOf(this.#type());
  }

  #type(): PythonType {
    const name = this.#tokens.shift() ?? "";
    const args: PythonArgument[] = [];
    if (!this.#skip("(")) return { name, args };
    while (!this.#skip(")")) {
      args.push(this.#argument());
      this.#skip(",");
    }
    return { name, args };
  }

  /** Goes past a token if it is the next one. */
  #skip(token: string): boolean {
    const isNext = this.#tokens[0] === token;
    if (isNext) this.#tokens.shift();
    return isNext;
  }

  #argument(): PythonArgument {
    const token = this.#tokens[0] ?? "";
    if (this.#tokens[1] === "=") {
      this.#tokens.splice(0, 2);
      return { key: token, value: this.#argument().value };
    }
    if (/^['\d-]/.test(token)) {
      this.#tokens.shift();
      return { value: token.startsWith("'") ? token.slice(1, -1) : Number(token) };
    }
    return { value: this.#type() };
  }
}

function kindOf({ name, args }: PythonType): KindTree {
  const plain = PLAIN[name];
  if (plain !== undefined) return plain;
  if (name.endsWith("Spec")) return specOf(name, args);
  if (WRAPPERS.has(name)) return partOf(args[0]);
  switch (name) {
    case "Nullable":
      return either(["Null", partOf(args[0])]);
    case "Either":
    case "MinMaxBounds":
    case "TextLike":
      return either(args.map(partOf));
    case "Interval":
      return intervalOf(args);
    case "NonEmpty":
      return ["NonEmptyList", itemOf(partOf(args[0]))];
    case "Seq":
      return ["Arrayable", partOf(args[0])];
    case "Enum":
    case "MarkerType":
      return ["Enum", ...args.map(literalOf)];
    case "Instance":
      return ["Ref", typeOf(args[0]).name];
    case "Dict":
    case "ColumnData":
    case "RestrictedDict":
      return dictOf(partOf(args[0]), partOf(args[1]));
    case "Struct":
      return ["PartialStruct", Object.fromEntries(args.map((arg) => [arg.key ?? "", partOf(arg)]))];
    case "Regex":
      return ["Regex", String(args[0]?.value)];
    default:
      return args.length === 0 ? name : [name, ...args.map(partOf)];
  }
}

/** The first part of a visual property is the name of a column, the second a value for all items. */
function specOf(name: string, args: readonly PythonArgument[]): KindTree {
  const units = UNITS[name];
  if (units === undefined) return ["Spec", name, name === "SizeSpec" ? ["NonNegative", "Float"] : partOf(args[1])];
  const [usual, valid] = units;
  const value: KindTree = name.endsWith("DistanceSpec") ? ["NonNegative", "Float"] : "Float";
  return ["Spec", name, name === "NullDistanceSpec" ? ["Nullable", value] : value, usual, ["Enum", ...valid]];
}

/** Numbers from a least one on: of the limits that Bokeh uses, the least are 0 and the smallest positive numbers. */
function intervalOf([number, least]: readonly PythonArgument[]): KindTree {
  return [Number(least?.value) > 0 ? "Positive" : "NonNegative", partOf(number)];
}

function dictOf(key: KindTree, item: KindTree): KindTree {
  return key === "Str" ? ["Dict", item] : ["Mapping", key, item];
}

function itemOf(list: KindTree): KindTree {
  return Array.isArray(list) ? list[1] as KindTree : list;
}

function partOf(arg: PythonArgument | undefined): KindTree {
  return kindOf(typeOf(arg));
}

function typeOf(arg: PythonArgument | undefined): PythonType {
  if (typeof arg?.value !== "object") throw new SyntaxError(`Cannot read a type: expected a type, found ${arg?.value}`);
  return arg.value;
}

function literalOf(arg: PythonArgument): string | number {
  if (typeof arg.value === "object") throw new SyntaxError(`Cannot read an enumeration: found ${arg.value.name}`);
  return arg.value;
}
