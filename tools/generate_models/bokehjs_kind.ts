/**
 * Reads the kinds of BokehJS's properties.
 *
 * @module
 */

import { either, type KindTree } from "./kind_tree.ts";

/** A kind of BokehJS: which of its fields are there depends on the class. */
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

const factor: KindTree = ["Or", ["Tuple", "Str", "Str"], ["Tuple", "Str", "Str", "Str"]];
const coordinate = either(["Float", factor]);
const coordinates = either([["Arrayable", "Float"], ["Arrayable", either(["Str", factor])]]);

/** What the properties take whose types are classes: their values, without columns and expressions. */
const valueKinds: Readonly<Record<string, KindTree>> = {
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

/** The kind of a property of BokehJS, from the type that its definition names. */
export function bokehjsKind(type: unknown): KindTree {
  if (typeof type === "function") return kindOfClass(type.name);
  return kindOf(type as RawKind);
}

function kindOfClass(name: string): KindTree {
  const scalar = name.endsWith("Scalar");
  const value = valueKinds[name] ?? valueKinds[name.replace(/Scalar$/, "Spec")];
  if (value === undefined) throw new TypeError(`Cannot read the property type ${name}: it has no line in the table`);
  return scalar || !name.endsWith("Spec") ? value : ["Spec", name, value];
}

function kindOf(kind: RawKind): KindTree {
  const name = kind.constructor.name;
  switch (name) {
    case "Unknown":
      return "Any";
    case "CSSLength":
      return "Str";
    case "Opt":
      return ["Opt", kindOf(kind.base_type)];
    case "Nullable":
    case "NonNegative":
    case "Positive":
      return name === "Nullable" ? either(["Null", kindOf(kind.base_type)]) : [name, kindOf(kind.base_type)];
    case "Or":
    case "And":
      return either(kind.types.map(kindOf));
    case "Tuple":
      return ["Tuple", ...kind.types.map(kindOf)];
    case "Iterable":
      return ["Arrayable", kindOf(kind.item_type)];
    case "List":
    case "NonEmptyList":
    case "Arrayable":
    case "Dict":
    case "Set":
      return [name, kindOf(kind.item_type)];
    case "KeyVal":
    case "Mapping":
      return [name, kindOf(kind.key_type), kindOf(kind.item_type)];
    case "Struct":
    case "PartialStruct":
      return [name, Object.fromEntries(Object.entries(kind.struct_type).map(([key, item]) => [key, kindOf(item)]))];
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
