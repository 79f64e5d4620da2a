/**
 * Reads the types of BokehJS's properties, which BokehJS calls kinds.
 *
 * @module
 */

import { either, type TypeTree } from "./type_tree.ts";

/** A `Kind` of BokehJS. Its class determines which of the fields exist. */
interface RawKind {
  readonly types: readonly RawKind[];
  readonly base_type: RawKind;
  readonly item_type: RawKind;
  readonly key_type: RawKind;
  readonly struct_type: Record<string, RawKind>;
  readonly obj_type: { readonly name: string; readonly __qualified__?: string };
  readonly values: Iterable<string | number>;
  readonly prefix: string;
  readonly regex: RegExp;
}

const factor: TypeTree = ["Or", ["Tuple", "Str", "Str"], ["Tuple", "Str", "Str", "Str"]];
const coordinate = either(["Float", factor]);
const coordinates = either([["Arrayable", "Float"], ["Arrayable", either(["Str", factor])]]);

/**
 * The types of values of the properties that BokehJS defines as classes, without columns and
 * expressions.
 */
const valueTypes: Readonly<Record<string, TypeTree>> = {
  AngleSpec: "Float",
  ArraySpec: ["Arrayable", "Any"],
  BooleanSpec: "Bool",
  ColorSpec: ["Nullable", "Color"],
  DictScalar: ["Dict", "Any"],
  DistanceSpec: "Float",
  Font: "Str",
  FontSizeSpec: "FontSize",
  FontSpec: "Str",
  FontStyleSpec: ["Enum", "normal", "italic", "bold", "bold italic"],
  IntSpec: "Int",
  LineCapSpec: ["Enum", "butt", "round", "square"],
  LineDashSpec: "DashPattern",
  LineJoinSpec: ["Enum", "miter", "round", "bevel"],
  MarkerSpec: ["Nullable", "Str"],
  NDArraySpec: ["Arrayable", "Float"],
  NullDistanceSpec: ["Nullable", "Float"],
  NullStringSpec: ["Nullable", "Str"],
  NumberSpec: "Float",
  OutlineShapeSpec: "Str",
  ScreenSizeSpec: ["NonNegative", "Float"],
  StringSpec: "Str",
  TextAlignSpec: ["Enum", "left", "right", "center"],
  TextAnchorSpec: "Any",
  TextBaselineSpec: ["Enum", "top", "middle", "bottom", "alphabetic", "hanging", "ideographic"],
  XCoordinateSpec: coordinate,
  YCoordinateSpec: coordinate,
  XOrYCoordinateSpec: coordinate,
  XCoordinateSeqSpec: coordinates,
  YCoordinateSeqSpec: coordinates,
  XCoordinateSeqSeqSeqSpec: ["List", ["List", coordinates]],
  YCoordinateSeqSeqSeqSpec: ["List", ["List", coordinates]],
};

/** Returns the type of a property of BokehJS, from its definition. */
export function bokehjsType(type: unknown): TypeTree {
  if (typeof type === "function") return typeOfClass(type.name);
  return typeOf(type as RawKind);
}

function typeOfClass(name: string): TypeTree {
  const scalar = name.endsWith("Scalar");
  const value = valueTypes[name] ?? valueTypes[name.replace(/Scalar$/, "Spec")];
  if (value === undefined) throw new TypeError(`Cannot read the property type ${name}: it has no line in the table`);
  return scalar || !name.endsWith("Spec") ? value : ["Spec", name, value];
}

function typeOf(kind: RawKind): TypeTree {
  const name = kind.constructor.name;
  switch (name) {
    case "Unknown":
      return "Any";
    case "CSSLength":
      return "Str";
    case "Opt":
      return ["Opt", typeOf(kind.base_type)];
    case "Nullable":
    case "NonNegative":
    case "Positive":
      return name === "Nullable" ? either(["Null", typeOf(kind.base_type)]) : [name, typeOf(kind.base_type)];
    case "Or":
    case "And":
      return either(kind.types.map(typeOf));
    case "Tuple":
      return ["Tuple", ...kind.types.map(typeOf)];
    case "Iterable":
      return ["Arrayable", typeOf(kind.item_type)];
    case "List":
    case "NonEmptyList":
    case "Arrayable":
    case "Dict":
    case "Set":
      return [name, typeOf(kind.item_type)];
    case "KeyVal":
    case "Mapping":
      return [name, typeOf(kind.key_type), typeOf(kind.item_type)];
    case "Struct":
    case "PartialStruct":
      return [name, Object.fromEntries(Object.entries(kind.struct_type).map(([key, item]) => [key, typeOf(item)]))];
    case "Enum":
      return ["Enum", ...kind.values];
    case "Ref":
      return kind.obj_type.__qualified__ === undefined ? "Any" : ["Ref", kind.obj_type.__qualified__];
    case "PrefixedStr":
      return ["PrefixedStr", kind.prefix];
    case "Regex":
      return ["Regex", kind.regex.source];
    default:
      return name;
  }
}
