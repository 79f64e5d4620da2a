/**
 * Decodes Bokeh's wire format to values and models.
 *
 * @module
 */

import { errorMessage } from "../../common/error_message.ts";
import { nullPrototypeObject } from "../../common/null_prototype_object.ts";
import { hasCollidingKeys, IdMap } from "../../protocol/hash_flooding.ts";
import { currentBudget, WorkBudget } from "../../protocol/work_budget.ts";
import { limitsWithoutSteps, type WorkLimits } from "../../protocol/work_limits.ts";
import { BinaryDecoder, type Rep } from "./binary_decoder.ts";
import { type DefaultModels, defaultModels } from "../base/default_models.ts";
import { chargeReading, DeserializationError, quote, unknownModelType, within } from "./deserialization_error.ts";
import type { Model } from "../base/model.ts";
import { type ModelClass, modelClass } from "../spec/registry.ts";
import { Expr, Field, MAX_DEPTH, Slice, Value, type VectorOptions } from "../values/values.ts";

/** Limits on decoding a message. */
export interface DeserializerLimits extends WorkLimits {
  /**
   * Maximum nesting of values, including models in models.
   *
   * @default {400}
   */
  readonly depth: number;
}

/** Options of a {@linkcode Deserializer}. */
export interface DeserializerOptions {
  /** Existing models to which references resolve, by id. */
  readonly models?: ReadonlyMap<string, Model>;
  /** Binary buffers of the message, by id. */
  readonly buffers?: ReadonlyMap<string, Uint8Array>;
  /**
   * Limits. Those of {@linkcode WorkLimits} are ignored while a client's message is handled: the
   * budget of that message applies instead.
   */
  readonly limits?: Partial<DeserializerLimits>;
  /**
   * Returns the class of a model type. A document with data models of its own passes a function
   * that knows them.
   *
   * @default {modelClass}
   */
  readonly resolve?: (type: string) => ModelClass | undefined;
  /** Receives warnings about ignored attributes, which a class does not have. */
  readonly warn?: (message: string) => void;
}

const NO_MODELS: ReadonlyMap<string, Model> = new Map();
const NO_BUFFERS: ReadonlyMap<string, Uint8Array> = new Map();
/** Number of steps that creating a model is charged with. */
const STEPS_PER_MODEL = 300;
/** Maximum length of model ids. Limited because documents remember the ids of removed models. */
const MAX_ID_LENGTH = 1000;

/**
 * Decodes one message. Maps with only string keys become objects without a prototype, other maps
 * become a `Map`. Arrays become typed arrays with their own memory, and bytes become an
 * `ArrayBuffer`.
 *
 * Any input leads either to a value or to a `DeserializationError`. After an error, the
 * deserializer must not be used again.
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Deserializer } from "./deserializer.ts";
 *
 * assertEquals(new Deserializer().decode({ type: "set", entries: [1, { type: "number", value: "nan" }] }), new Set([1, NaN]));
 * ```
 */
export class Deserializer {
  /** All models created so far, including those without an id. */
  readonly models: Model[] = [];

  readonly #existing: ReadonlyMap<string, Model>;
  readonly #buffers: ReadonlyMap<string, Uint8Array>;
  readonly #budget: WorkBudget;
  readonly #maxDepth: number;
  readonly #resolve: (type: string) => ModelClass | undefined;
  readonly #warn: ((message: string) => void) | undefined;
  // Created on first use: most messages create no models and have no binary data.
  #modelsById: IdMap<Model> | undefined;
  #binary: BinaryDecoder | undefined;
  #depth = 0;

  /** Creates a deserializer for one message. */
  constructor(options: DeserializerOptions = {}) {
    this.#existing = options.models ?? NO_MODELS;
    this.#maxDepth = options.limits?.depth ?? MAX_DEPTH;
    this.#budget = currentBudget() ?? new WorkBudget(limitsWithoutSteps(options.limits));
    this.#buffers = options.buffers ?? NO_BUFFERS;
    this.#resolve = options.resolve ?? modelClass;
    this.#warn = options.warn;
  }

  /** The models created so far that have an id, by id. */
  get modelsById(): ReadonlyMap<string, Model> {
    return this.#modelsById ?? NO_MODELS;
  }

  /**
   * Decodes a representation.
   *
   * @throws {DeserializationError} If it is invalid, or exceeds a limit.
   */
  decode(rep: unknown): unknown {
    return typeof rep === "object" && rep !== null ? this.#decodeNested(rep) : rep;
  }

  get #binaries(): BinaryDecoder {
    return this.#binary ??= new BinaryDecoder(this.#buffers, this.#budget);
  }

  #decodeNested(rep: object): unknown {
    if (++this.#depth > this.#maxDepth) {
      throw DeserializationError.because(`it is nested deeper than ${this.#maxDepth} levels`);
    }
    const value = Array.isArray(rep) ? this.#decodeList(rep) : this.#decodeRep(rep as Rep);
    this.#depth--;
    return value;
  }

  #decodeRep(rep: Rep): unknown {
    const { type } = rep;
    switch (type) {
      case undefined:
        return rep.id === undefined ? this.#decodeRecord(rep) : this.#decodeReference(rep);
      case "object":
        return this.#decodeObject(rep);
      case "ref":
        return this.#decodeReference(rep);
      case "map":
        return this.#decodeMap(rep);
      case "number":
        return decodeNumber(rep);
      case "array":
        return this.#decodeEntries(rep);
      case "set":
        return new Set(separable(this.#decodeEntries(rep)));
      case "value":
        return new Value(this.#decodeField(rep, "value"), this.#decodeOptions(rep));
      case "field":
        return new Field(textField(rep, "field"), this.#decodeOptions(rep));
      case "expr":
        return new Expr(this.#decodeField(rep, "expr"), this.#decodeOptions(rep));
      case "typed_array":
        return this.#binaries.decodeTypedArray(rep);
      case "ndarray":
        return this.#decodeNDArray(rep);
      case "bytes":
        return this.#binaries.decodeBytes(rep).buffer;
      case "slice":
        return decodeSlice(rep);
      case "date":
        return decodeDate(rep);
      case "symbol":
        throw DeserializationError.because(`unknown symbol ${quote(rep.name)}`);
      default:
        throw DeserializationError.because(`unknown type ${quote(type)}`);
    }
  }

  #decodeList(list: readonly unknown[]): unknown[] {
    const { length } = list;
    const values = new Array<unknown>(length);
    let i = 0;
    try {
      for (; i < length; i++) {
        const item = list[i];
        values[i] = typeof item === "object" && item !== null ? this.#decodeNested(item) : item;
      }
    } catch (error) {
      throw within(error, i);
    }
    return values;
  }

  #decodeRecord(rep: Rep): Record<string, unknown> {
    const fields = Object.keys(rep);
    const record = nullPrototypeObject(fields);
    for (const field of fields) record[field] = this.#decodeField(rep, field);
    return record;
  }

  /** Decodes a field of a representation, or an item of a list. */
  #decodeField(rep: Rep | readonly unknown[], field: string | number): unknown {
    const value = (rep as Readonly<Record<string | number, unknown>>)[field];
    if (value === undefined) throw DeserializationError.because(`${quote(field)} is missing`);
    try {
      return this.decode(value);
    } catch (error) {
      throw within(error, field);
    }
  }

  #decodeEntries(rep: Rep): unknown[] {
    const entries = listField(rep);
    try {
      return this.#decodeList(entries);
    } catch (error) {
      throw within(error, "entries");
    }
  }

  #decodeMap(rep: Rep): Record<string, unknown> | Map<unknown, unknown> {
    const entries = listField(rep);
    const keys: unknown[] = [];
    const values: unknown[] = [];
    let i = 0;
    try {
      for (; i < entries.length; i++) {
        const entry = entries[i];
        if (!Array.isArray(entry) || entry.length !== 2) {
          throw DeserializationError.because("an entry of a map must be a key and a value");
        }
        keys.push(this.#decodeField(entry, 0));
        values.push(this.#decodeField(entry, 1));
      }
    } catch (error) {
      throw within(within(error, i), "entries");
    }
    return keys.every((key) => typeof key === "string") ? toRecord(keys, values) : toMap(keys, values);
  }

  #decodeNDArray(rep: Rep): unknown {
    const { array } = rep;
    const isList = Array.isArray(array) || (array as Rep | null | undefined)?.type === "array";
    return this.#binaries.decodeNDArray(rep, isList ? this.#decodeField(rep, "array") as unknown[] : undefined);
  }

  #decodeOptions(rep: Rep): VectorOptions | undefined {
    const hasTransform = rep.transform !== undefined && rep.transform !== null;
    const hasUnits = rep.units !== undefined && rep.units !== null;
    if (!hasTransform && !hasUnits) return undefined;
    return {
      ...(hasTransform ? { transform: this.#decodeField(rep, "transform") } : {}),
      ...(hasUnits ? { units: textField(rep, "units") } : {}),
    };
  }

  #decodeReference(rep: Rep): Model {
    const id = textField(rep, "id");
    const model = this.#modelsById?.get(id) ?? this.#existing.get(id);
    if (model === undefined) throw DeserializationError.because(`unknown model ${quote(id)}`);
    return model;
  }

  #decodeObject(rep: Rep): Model {
    const type = textField(rep, "name");
    const id = rep.id === undefined ? undefined : textField(rep, "id");
    if (id !== undefined) {
      if (this.#modelsById?.has(id)) throw DeserializationError.because(`the model ${quote(id)} is defined twice`);
      const existing = this.#existing.get(id);
      if (existing !== undefined) return this.#useExisting(existing, type);
    }
    const model = this.#makeModel(type, id);
    if (rep.attributes !== undefined) this.#decodeAttributes(rep, model);
    return model;
  }

  /**
   * Returns an existing model that a message defines again. As in Python, the attributes in the
   * message are ignored: BokehJS sends all models of a property's value in full.
   */
  #useExisting(existing: Model, type: string): Model {
    if (existing.type !== type) {
      throw DeserializationError.because(
        `the model ${quote(existing.id)} is of type ${existing.type}, not ${quote(type)}`,
      );
    }
    return existing;
  }

  #makeModel(type: string, id: string | undefined): Model {
    const cls = this.#resolve(type);
    if (cls === undefined) throw unknownModelType(type);
    const model = new cls() as Model;
    this.#chargeModels(defaultModels(model.spec, () => new cls()));
    this.models.push(model);
    if (id !== undefined) {
      if (id.length > MAX_ID_LENGTH) throw DeserializationError.because(`the id ${quote(id)} is too long`);
      model.assignId(id);
      (this.#modelsById ??= new IdMap()).set(id, model);
    }
    return model;
  }

  #chargeModels({ count }: DefaultModels): void {
    chargeReading(this.#budget, "models", 1 + count);
    chargeReading(this.#budget, "steps", (1 + count) * STEPS_PER_MODEL);
  }

  /**
   * Decodes all attributes before it sets any of them, because an attribute may refer to a model
   * that comes later, or to this model.
   */
  #decodeAttributes(rep: Rep, model: Model): void {
    const attributes = rep.attributes;
    if (!isRep(attributes)) throw DeserializationError.because("the attributes of a model must be an object");
    try {
      const values = this.#decodeRecord(attributes);
      for (const attr of Object.keys(values)) this.#setAttribute(model, attr, values[attr]);
    } catch (error) {
      throw within(error, "attributes");
    }
  }

  #setAttribute(model: Model, attr: string, value: unknown): void {
    if (model.spec.property(attr) === undefined) {
      this.#warn?.(
        `Ignored the attribute ${quote(attr)} of ${model.type} ${quote(model.id)}: there is no such attribute`,
      );
      return;
    }
    try {
      model.setv(attr, value, { changeSource: this });
    } catch (cause) {
      const reason = errorMessage(cause).slice(0, 300);
      throw DeserializationError.because(reason.charAt(0).toLowerCase() + reason.slice(1), { cause }).within(attr);
    }
  }
}

/**
 * Creates an object without a prototype. `Object.fromEntries` would create one with a prototype.
 */
function toRecord(keys: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const record = nullPrototypeObject(keys);
  for (let i = 0; i < keys.length; i++) record[keys[i]!] = values[i];
  return record;
}

function toMap(keys: readonly unknown[], values: readonly unknown[]): Map<unknown, unknown> {
  const map = new Map<unknown, unknown>();
  separable(keys).forEach((key, i) => map.set(key, values[i]));
  return map;
}

/** Returns keys that a `Set` or `Map` can hold. Throws if too many of them have the same hash. */
function separable(keys: readonly unknown[]): readonly unknown[] {
  if (hasCollidingKeys(keys)) throw DeserializationError.because("too many of its keys have the same hash");
  return keys;
}

function isRep(value: unknown): value is Rep {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textField(rep: Rep, field: string): string {
  const value = rep[field];
  if (typeof value !== "string") throw DeserializationError.because(`expected text, got ${quote(value)}`).within(field);
  return value;
}

/** Returns the entries of an array, set or map. They may be missing if there are none. */
function listField(rep: Rep): readonly unknown[] {
  const { entries } = rep;
  if (entries === undefined) return [];
  if (!Array.isArray(entries)) {
    throw DeserializationError.because(`expected a list, got ${quote(entries)}`).within("entries");
  }
  return entries;
}

function decodeNumber({ value }: Rep): number {
  switch (value) {
    case "nan":
      return NaN;
    case "+inf":
      return Infinity;
    case "-inf":
      return -Infinity;
  }
  if (typeof value !== "number") throw DeserializationError.because(`${quote(value)} is not a number`).within("value");
  return value;
}

function decodeSlice(rep: Rep): Slice {
  const part = (field: "start" | "stop" | "step"): number | null => {
    const value = rep[field] ?? null;
    if (value !== null && !Number.isSafeInteger(value)) {
      throw DeserializationError.because(`expected an integer or null, got ${quote(value)}`).within(field);
    }
    return value as number | null;
  };
  return new Slice({ start: part("start"), stop: part("stop"), step: part("step") });
}

function decodeDate(rep: Rep): Date {
  const date = new Date(textField(rep, "iso"));
  if (Number.isNaN(date.getTime())) throw DeserializationError.because(`${quote(rep.iso)} is not a date`).within("iso");
  return date;
}
