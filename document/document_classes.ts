/**
 * The classes of models that a document brings along.
 *
 * @module
 */

import { applicationDefinitions } from "../models/data_model.ts";
import { Deserializer } from "../models/deserializer.ts";
import { classFromDefinition, type ModelDefinition } from "../models/model_definition.ts";
import { isBokehType, type ModelClass, modelClass } from "../models/registry.ts";

const MAX_DEFINITIONS = 1000;

/** The classes that one document knows: Bokeh's, those of its application, and those that came with it. */
export class DocumentClasses {
  readonly #own = new Map<string, { definition: ModelDefinition; cls: ModelClass }>();

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
    this.#own.set(definition.name, { definition, cls: classFromDefinition(definition, { resolve, decode }) });
  }
}

function isDefinition(value: unknown): value is ModelDefinition {
  return typeof value === "object" && value !== null && "type" in value && value.type === "model";
}
