/**
 * Converts values of attributes to the text of query parameters and back.
 *
 * @module
 */

import type { Model } from "../../models/base/model.ts";
import { CompoundType, LimitedType, NullableType, OrType } from "../../models/property_types/compound_types.ts";
import { ListType, TupleType } from "../../models/property_types/container_types.ts";
import { AnyRefType, isDay } from "../../models/property_types/plain_types.ts";
import type { PropertyType } from "../../models/property_types/property_type.ts";
import type { Property } from "../../models/spec/class_spec.ts";

/** Converts values of one type to text and back. */
export interface ParameterCodec {
  /**
   * Returns the text of a valid value.
   *
   * @param limit Length after which the text of a list may end, in characters. None by default.
   */
  encode(value: unknown, limit?: number): string;
  /** Returns the value of a text; undefined if the text is the text of no value. */
  decode(text: string): unknown;
}

const DAY_MILLISECONDS = 86_400_000;
const NUMBER = /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const NUMBER_TYPES = new Set(["Finite", "Float", "Int", "Percent"]);
/** Digits of numbers. More would show the rounding errors of a slider's steps. */
const PRECISION = 12;
/** Classes whose numbers are points in time, in milliseconds. */
const TEMPORAL = ["DateSlider", "DateRangeSlider", "DatetimeRangeSlider", "BaseDatetimePicker"];

/**
 * Returns the codec of an attribute, or of several attributes as a list. It follows from the types
 * of the properties: numbers, texts and enumerations stand as they are, points in time as ISO 8601,
 * items of lists are joined by commas, null is an empty text.
 *
 * @param model The model.
 * @param properties The properties of the attributes.
 * @throws {TypeError} If values of a property have no text, for example because they are models.
 */
export function parameterCodec(model: Model, properties: readonly Property[]): ParameterCodec {
  const isTemporal = TEMPORAL.some((name) => model.isA(name));
  const codecs = properties.map(({ attr, type }) => {
    const codec = codecOf(type, isTemporal);
    if (codec !== undefined) return codec;
    throw new TypeError(`Cannot keep ${model.type}.${attr} in the URL: values of the type ${type} have no short text`);
  });
  return codecs.length === 1 ? codecs[0]! : tupleCodec(codecs);
}

/** Returns the codec of a list with an item for each of some codecs. */
function tupleCodec(codecs: readonly ParameterCodec[]): ParameterCodec {
  const { encode, decode } = ofItems(codecs)!;
  return {
    encode,
    decode: (text) => {
      const value = decode(text);
      return Array.isArray(value) && value.length === codecs.length ? value : undefined;
    },
  };
}

function codecOf(type: PropertyType, isTemporal: boolean): ParameterCodec | undefined {
  if (type instanceof NullableType) return nullable(codecOf(type.parts[0]!, isTemporal));
  if (type instanceof LimitedType) return checked(codecOf(type.number, isTemporal), type);
  if (type instanceof OrType) return firstOf(type.parts.map((part) => codecOf(part, isTemporal)), type);
  if (type instanceof ListType) return checked(ofItems([codecOf(type.item, isTemporal)], true), type);
  if (type instanceof TupleType) return checked(ofItems(type.parts.map((part) => codecOf(part, isTemporal))), type);
  if (type instanceof CompoundType || type instanceof AnyRefType) return undefined;
  if (type.name === "Any") return ANY;
  if (type.name === "Bool") return BOOLEAN;
  if (NUMBER_TYPES.has(type.name)) return checked(isTemporal ? TIME : NUMERIC, type);
  return ["Ref", "Bytes", "Func", "Node"].includes(type.name) ? undefined : textual(type);
}

const BOOLEAN: ParameterCodec = {
  encode: String,
  decode: (text) => text === "true" || text === "false" ? text === "true" : undefined,
};

const NUMERIC: ParameterCodec = {
  encode: (value) => String(Number(Number(value).toPrecision(PRECISION))),
  decode: (text) => NUMBER.test(text) ? Number(text) : undefined,
};

const TIME: ParameterCodec = {
  encode: (value) => {
    const milliseconds = Math.round(Number(value));
    if (Number.isNaN(new Date(milliseconds).getTime())) return NUMERIC.encode(value);
    const text = new Date(milliseconds).toISOString();
    return milliseconds % DAY_MILLISECONDS === 0 ? text.slice(0, 10) : text.replace(/(?::00)?\.000Z$/, "Z");
  },
  decode: (text) => {
    if (!isDay(text)) return NUMERIC.decode(text);
    const hasZone = /(?:Z|[+-]\d{2}:\d{2})$/.test(text.slice(10));
    return Date.parse(text.length === 10 || hasZone ? text : `${text}Z`);
  },
};

/** Values of any type: texts, and JSON for numbers, booleans, null, and texts that look like them. */
const ANY: ParameterCodec = {
  encode: (value) => typeof value === "string" && scalarOf(value) === undefined ? value : JSON.stringify(value),
  decode: (text) => {
    const scalar = scalarOf(text);
    return scalar === undefined ? text : scalar;
  },
};

/** Returns the number, boolean, null or text whose JSON a text is; undefined if it is none. */
function scalarOf(text: string): unknown {
  if (!/^(?:true|false|null|-?\d[\d.e+-]*|".*")$/i.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // it only resembles JSON
  }
}

function textual(type: PropertyType): ParameterCodec {
  return {
    encode: String,
    decode: (text) => [text, NUMERIC.decode(text)].find((value) => value !== undefined && type.valid(value)),
  };
}

function nullable(base: ParameterCodec | undefined): ParameterCodec | undefined {
  return base && {
    encode: (value, limit) => value === null ? "" : base.encode(value, limit),
    decode: (text) => text === "" ? null : base.decode(text),
  };
}

function checked(base: ParameterCodec | undefined, type: PropertyType): ParameterCodec | undefined {
  return base && {
    encode: base.encode,
    decode: (text) => {
      const value = base.decode(text);
      return type.valid(value) ? value : undefined;
    },
  };
}

function firstOf(all: readonly (ParameterCodec | undefined)[], type: OrType): ParameterCodec | undefined {
  const codecs = all.flatMap((codec, i) => codec === undefined ? [] : [{ codec, part: type.parts[i]! }]);
  return codecs.length === 0 ? undefined : {
    encode: (value, limit) =>
      codecs.find(({ part }) => part.valid(value))?.codec.encode(value, limit) ?? ANY.encode(value),
    decode: (text) => codecs.map(({ codec }) => codec.decode(text)).find((value) => value !== undefined),
  };
}

/**
 * Returns the codec of a list.
 *
 * @param all The codecs of the items.
 * @param repeats Whether the only codec is for all items. Otherwise each item has its own.
 */
function ofItems(all: readonly (ParameterCodec | undefined)[], repeats = false): ParameterCodec | undefined {
  const codecs = all.filter((codec) => codec !== undefined);
  if (codecs.length < all.length) return undefined;
  const codecAt = (index: number) => codecs[repeats ? 0 : index];
  return {
    encode: (value, limit = Infinity) => {
      const texts: string[] = [];
      let length = -1;
      for (const item of value as Iterable<unknown>) {
        const text = encodeItem(item, codecAt(texts.length)!);
        texts.push(text);
        length += text.length + 1;
        if (length > limit) break;
      }
      return texts.join(",");
    },
    decode: (text) => decodeItems(text, codecAt),
  };
}

/**
 * Returns the text of an item. Commas are percent-encoded. An empty text is a pair of quotation
 * marks, because an empty parameter is an empty list.
 */
function encodeItem(value: unknown, codec: ParameterCodec): string {
  const text = codec.encode(value).replaceAll(/[%,']/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return text === "" ? "''" : text;
}

function decodeItems(text: string, codecAt: (index: number) => ParameterCodec | undefined): unknown {
  const items = text === "" ? [] : text.split(",").map((item, i) => {
    const plain = item === "''"
      ? ""
      : item.replaceAll(/%(25|2C|27)/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
    return codecAt(i)?.decode(plain);
  });
  return items.includes(undefined) ? undefined : items;
}
