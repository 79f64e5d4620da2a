/**
 * The classes of models that a document brings along.
 *
 * @module
 */

import { applicationClassSpecs, isAmbiguousName } from "../../models/spec/data_model.ts";
import { Deserializer } from "../../models/wire/deserializer.ts";
import {
  classFromDefinition,
  type DefinedSpec,
  definedSpecOf,
  type ModelDefinition,
  signatureOf,
} from "../../models/spec/model_definition.ts";
import { retainedSize } from "../../models/values/retained_size.ts";
import { IdMap } from "../../protocol/hash_flooding.ts";
import { isBokehType, type ModelClass, modelClass } from "../../models/spec/registry.ts";

const MAX_DEFINITIONS = 1000;
/** Most properties of all classes together, inherited ones included: each class has a table of all of its own. */
const MAX_PROPERTIES = 100_000;
/** Most models that the defaults of one class may consist of: they are made for each model of the class. */
const MAX_DEFAULT_MODELS = 1000;
/** Most bytes that the defaults of inherited properties may keep, which may be made for each model of the class. */
const MAX_OVERRIDE_BYTES = 16 * 1024;

/** The classes that one document knows: Bokeh's, those of its application, and those that came with it. */
export class DocumentClasses {
  // Most documents have no defined class: these are created when they are needed.
  #own: IdMap<OwnClass> | undefined;
  #inUse: Map<string, UsedClass> | undefined;
  #propertyCount = 0;

  /**
   * Reads the `defs` of a document. A class that is known already stays as it is: a client cannot change it.
   *
   * @throws {TypeError} if they are not right.
   */
  static read(defs: unknown): DocumentClasses {
    const classes = new DocumentClasses();
    classes.add(defs);
    return classes;
  }

  /**
   * Adds the classes of definitions, as a server sends them with a patch.
   *
   * @throws {TypeError} If they are not right.
   */
  add(defs: unknown): void {
    if (!Array.isArray(defs)) throw new TypeError("Its defs must be a list");
    if (defs.length + (this.#own?.size ?? 0) > MAX_DEFINITIONS) {
      throw new TypeError(`It has more than ${MAX_DEFINITIONS} defs`);
    }
    for (const definition of defs) this.#define(definition);
  }

  /** Returns the class of a name, undefined if there is none. Those that the document uses come first. */
  readonly resolve = (name: string): ModelClass | undefined =>
    this.#inUse?.get(name)?.spec.cls ?? this.#own?.get(name)?.cls ?? modelClass(name);

  /**
   * Notes that the document uses classes, with those that they depend on. They keep their names.
   *
   * @param specs The classes.
   * @param arrival Returns the number of the arrival that brings new classes: snapshots from it on define them.
   * @throws {TypeError} If the document has a class of the same name with another definition. No class is noted then.
   */
  use(specs: Iterable<DefinedSpec>, arrival: () => number): void {
    const added = new Map<string, DefinedSpec>();
    for (const spec of withDependencies(specs)) {
      const known = this.#specOf(spec.name) ?? added.get(spec.name);
      if (known !== undefined && !known.equals(spec)) throw differs(spec.name);
      if (this.#inUse?.has(spec.name) !== true) added.set(spec.name, spec);
    }
    if (added.size === 0) return;
    const inUse = this.#inUse ??= new Map();
    const number = arrival();
    for (const [name, spec] of added) inUse.set(name, { spec, arrival: number });
  }

  /** Returns the number of the arrival that brought a class to the document, undefined for a class that it does not use. */
  arrivalOf(name: string): number | undefined {
    return this.#inUse?.get(name)?.arrival;
  }

  #specOf(name: string): DefinedSpec | undefined {
    return this.#inUse?.get(name)?.spec ?? this.#own?.get(name)?.spec;
  }

  /**
   * Returns the definitions that the document is written with: of its classes, and of all classes of applications whose names
   * stand for one definition. A client may make models of all of them, so that they keep their names from here on.
   *
   * @param nextArrival Returns the number of a new arrival.
   */
  definitions(nextArrival: () => number): ModelDefinition[] {
    this.use(applicationClassSpecs().filter((spec) => this.#isFree(spec)), nextArrival);
    const used = Array.from(this.#inUse?.values() ?? [], ({ spec }) => spec.definition);
    const own = Array.from(this.#own?.values() ?? [], ({ definition }) => definition);
    return [...used.filter(({ name }) => this.#own?.has(name) !== true), ...own];
  }

  /** Whether the document has no other class with the name of a class, or of one that it depends on. */
  #isFree(spec: DefinedSpec): boolean {
    return withDependencies([spec]).every((part) => {
      const known = this.#specOf(part.name);
      return known === undefined || known.equals(part);
    });
  }

  /** Whether a definition is to be left out: the class of its name stays as it is. */
  #isKnown(definition: ModelDefinition): boolean {
    const { name } = definition;
    if (isBokehType(name) || this.#specOf(name) !== undefined) return true;
    const cls = modelClass(name);
    if (cls === undefined) return false;
    const known = definedSpecOf(cls)?.definition;
    return !isAmbiguousName(name) || known !== undefined && signatureOf(known) === signatureOf(definition);
  }

  #define(definition: unknown): void {
    if (!isDefinition(definition)) throw new TypeError("Its defs must define models");
    if (this.#isKnown(definition)) return;
    const owned = this.#own ??= new IdMap();
    const { resolve } = this;
    const decode = (rep: unknown) => new Deserializer({ resolve }).decode(rep);
    const base = owned.get(String(definition.extends?.id));
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
    const spec = definedSpecOf(cls)!;
    owned.set(definition.name, { definition, cls, spec, propertyCount: properties, modelCount, overrideBytes: bytes });
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
      count = 1 + (this.#own?.get(rep.name)?.modelCount ?? 0);
    }
    for (const part of Object.values(rep)) count += this.#countModels(part);
    return count;
  }
}

/** A class that the models of a document have, or that it was written with. */
interface UsedClass {
  readonly spec: DefinedSpec;
  /** The number of the arrival that brought it. */
  readonly arrival: number;
}

/** A class that came with a document. */
interface OwnClass {
  readonly definition: ModelDefinition;
  readonly cls: ModelClass;
  /** Its properties. */
  readonly spec: DefinedSpec;
  /** Properties, with those of its bases that came with the document. */
  readonly propertyCount: number;
  /** Models that its defaults consist of. */
  readonly modelCount: number;
  /** Size of the defaults that it overrides. */
  readonly overrideBytes: number;
}

/** Returns classes, each after those that it depends on. */
export function withDependencies(specs: Iterable<DefinedSpec>, found: Set<DefinedSpec> = new Set()): DefinedSpec[] {
  for (const spec of specs) {
    if (found.has(spec)) continue;
    withDependencies(spec.dependencies, found);
    found.add(spec);
  }
  return [...found];
}

function differs(name: string): TypeError {
  return new TypeError(
    `Cannot add a ${name} to the document: the document has another class ${name} with a different definition. ` +
      "Give one of the two classes another name",
  );
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

function isDefinition(value: unknown): value is ModelDefinition {
  return typeof value === "object" && value !== null && "type" in value && value.type === "model";
}
