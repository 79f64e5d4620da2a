/**
 * Parses the types of Python's properties as Python prints them, for example
 * `Nullable(Either(Float, Tuple(Float, Float)))`.
 *
 * @module
 */

import { either, type TypeTree } from "../../cli/extensions/type_tree.ts";

/** A printed type: its name and the arguments in parentheses. */
interface PythonType {
  readonly name: string;
  readonly args: readonly PythonArgument[];
}

/** An argument of a printed type, with its key if it has one. */
interface PythonArgument {
  readonly key?: string;
  readonly value: PythonType | string | number;
}

/** The default units and the valid units of data specifications. */
const UNITS: Readonly<Record<string, readonly [usual: string, valid: readonly string[]]>> = {
  AngleSpec: ["rad", ["deg", "rad", "grad", "turn"]],
  DistanceSpec: ["data", ["screen", "data"]],
  NullDistanceSpec: ["data", ["screen", "data"]],
  UnitsSpec: ["data", ["canvas", "screen", "data"]],
};

/** Types of Python that correspond to one property type, whatever their arguments are. */
const PLAIN: Readonly<Record<string, TypeTree>> = {
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

/** Types of Python that correspond to the property type of their first argument. */
const WRAPPERS = new Set(["Factor", "FactorSeq", "Len", "NotSerialized", "Readonly", "Required", "TypeOfAttr"]);

/** Returns the property type of a printed type. */
export function parsePythonType(text: string): TypeTree {
  return new TypeReader(text).read();
}

/** Returns whether a printed type accepts dates or times, which are numbers on the wire. */
export function acceptsDateTimes(text: string): boolean {
  return /\b(Date|Datetime|Time|TimeDelta)\b/.test(text);
}

/** A recursive descent parser of printed types. */
class TypeReader {
  readonly #tokens: string[];

  constructor(text: string) {
    this.#tokens = text.match(/'(?:[^'\\]|\\.)*'|[A-Za-z_]\w*|-?[\d.]+(?:e-?\d+)?|[(),=]/g) ?? [];
  }

  read(): TypeTree {
    return typeOf(this.#type());
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

  /** Skips the next token if it equals `token`, and returns whether it does. */
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

function typeOf({ name, args }: PythonType): TypeTree {
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
      return ["Ref", pythonTypeOf(args[0]).name];
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

/**
 * Returns the type of a data specification, whose first argument is the name of a column and whose
 * second is a value.
 */
function specOf(name: string, args: readonly PythonArgument[]): TypeTree {
  const units = UNITS[name];
  if (units === undefined) return ["Spec", name, name === "SizeSpec" ? ["NonNegative", "Float"] : partOf(args[1])];
  const [usual, valid] = units;
  const value: TypeTree = name.endsWith("DistanceSpec") ? ["NonNegative", "Float"] : "Float";
  return ["Spec", name, name === "NullDistanceSpec" ? ["Nullable", value] : value, usual, ["Enum", ...valid]];
}

/**
 * Returns the type of an interval. The lower limits that Bokeh uses are 0 and the smallest positive
 * numbers.
 */
function intervalOf([number, least]: readonly PythonArgument[]): TypeTree {
  return [Number(least?.value) > 0 ? "Positive" : "NonNegative", partOf(number)];
}

function dictOf(key: TypeTree, item: TypeTree): TypeTree {
  return key === "Str" ? ["Dict", item] : ["Mapping", key, item];
}

function itemOf(list: TypeTree): TypeTree {
  return Array.isArray(list) ? list[1] as TypeTree : list;
}

function partOf(arg: PythonArgument | undefined): TypeTree {
  return typeOf(pythonTypeOf(arg));
}

function pythonTypeOf(arg: PythonArgument | undefined): PythonType {
  if (typeof arg?.value !== "object") throw new SyntaxError(`Cannot read a type: expected a type, found ${arg?.value}`);
  return arg.value;
}

function literalOf(arg: PythonArgument): string | number {
  if (typeof arg.value === "object") throw new SyntaxError(`Cannot read an enumeration: found ${arg.value.name}`);
  return arg.value;
}
