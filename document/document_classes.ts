/**
 * The classes of models that a document brings along.
 *
 * @module
 */

import { applicationDefinitions } from "../models/data_model.ts";
import { Deserializer } from "../models/deserializer.ts";
import { classFromDefinition, type ModelDefinition } from "../models/model_definition.ts";
import { retainedSize } from "../models/retained_size.ts";
import { IdMap } from "../protocol/hash_flooding.ts";
import { isBokehType, type ModelClass, modelClass } from "../models/registry.ts";

const MAX_DEFINITIONS = 1000;
/** Most properties of all classes together, inherited ones included: each class has a table of all of its own. */
const MAX_PROPERTIES = 100_000;
/** Most models that the defaults of one class may consist of: they are made for each model of the class. */
const MAX_DEFAULT_MODELS = 1000;
/** Most bytes that the defaults of inherited properties may keep, which may be made for each model of the class. */
const MAX_OVERRIDE_BYTES = 16 * 1024;

/** The classes that one document knows: Bokeh's, those of its application, and those that came with it. */
export class DocumentClasses {
  readonly #own = new IdMap<OwnClass>();
  #propertyCount = 0;

  /**
   * Reads the `defs` of a document. A class that is known already stays as it is: a client cannot change it.
   *
   * @throws {TypeError} if they are not right.
   */
  static read(defs: unknown): DocumentClasses {
    if (!Array.isArray(defs)) throw new TypeError("Its defs must be a list");
    if (defs.length > MAX_DEFINITIONS) throw new TypeError(`It has more than ${MAX_DEFINITIONS} defs`);
    const classes = new DocumentClasses();
    for (const definition of defs) classes.#define(definition);
    return classes;
  }

  /** The class of a name, undefined where there is none. */
  readonly resolve = (name: string): ModelClass | undefined => modelClass(name) ?? this.#own.get(name)?.cls;

  /** The classes that are not Bokeh's, as the document is written with them. */
  get definitions(): ModelDefinition[] {
    return [...applicationDefinitions(), ...Array.from(this.#own.values(), ({ definition }) => definition)];
  }

  #define(definition: unknown): void {
    if (!isDefinition(definition)) throw new TypeError("Its defs must define models");
    if (isBokehType(definition.name) || this.resolve(definition.name) !== undefined) return;
    const { resolve } = this;
    const decode = (rep: unknown) => new Deserializer({ resolve }).decode(rep);
    const base = this.#own.get(String(definition.extends?.id));
    const properties = lengthOf(definition.properties) + (base?.propertyCount ?? 0);
    this.#propertyCount += properties;
    if (this.#propertyCount > MAX_PROPERTIES) {
      throw new TypeError(`Its defs have more than ${MAX_PROPERTIES} properties`);
    }
    const defaults = [definition.properties, definition.overrides];
    const modelCount = this.#countModels(defaults) + (base?.modelCount ?? 0);
    if (modelCount > MAX_DEFAULT_MODELS) {
      throw new TypeError(`Cannot define ${definition.name}: its defaults have more than ${MAX_DEFAULT_MODELS} models`);
    }
    const bytes = retainedSize(definition.overrides ?? []) + (base?.overrideBytes ?? 0);
    if (bytes > MAX_OVERRIDE_BYTES) {
      throw new TypeError(`Cannot define ${definition.name}: its overrides have more than ${MAX_OVERRIDE_BYTES} bytes`);
    }
    const cls = classFromDefinition(definition, { resolve, decode });
    this.#own.set(definition.name, { definition, cls, propertyCount: properties, modelCount, overrideBytes: bytes });
  }

  /** How many models a representation makes, with the defaults of classes that were defined before. */
  #countModels(rep: unknown): number {
    if (typeof rep !== "object" || rep === null) return 0;
    let count = 0;
    if ("type" in rep && rep.type === "object" && "name" in rep && typeof rep.name === "string") {
      const cls = this.resolve(rep.name);
      if (cls === undefined) {
        throw new TypeError(`A default is a model of ${rep.name.slice(0, 60)}, which is not defined before it`);
      }
      count = 1 + (this.#own.get(rep.name)?.modelCount ?? 0);
    }
    for (const part of Object.values(rep)) count += this.#countModels(part);
    return count;
  }
}

/** A class that came with a document. */
interface OwnClass {
  readonly definition: ModelDefinition;
  readonly cls: ModelClass;
  /** Properties, with those of its bases that came with the document. */
  readonly propertyCount: number;
  /** Models that its defaults consist of. */
  readonly modelCount: number;
  /** Size of the defaults that it overrides. */
  readonly overrideBytes: number;
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

function isDefinition(value: unknown): value is ModelDefinition {
  return typeof value === "object" && value !== null && "type" in value && value.type === "model";
}
