/**
 * The model classes that a document defines.
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

/** Maximum number of classes that a document defines. */
const MAX_DEFINITIONS = 1000;
/**
 * Maximum number of properties of all classes together. Inherited ones count, because each class
 * has a table of all its properties.
 */
const MAX_PROPERTIES = 100_000;
/**
 * Maximum number of models in the defaults of one class. They are created for each model of the
 * class.
 */
const MAX_DEFAULT_MODELS = 1000;
/**
 * Maximum size in bytes of the overridden defaults of one class, which may be created for each
 * model of the class.
 */
const MAX_OVERRIDE_BYTES = 16 * 1024;

/** The model classes that one document can use: those of Bokeh, of the application, and its own. */
export class DocumentClasses {
  // Most documents define no class, so these maps are created on first use.
  #own: IdMap<OwnClass> | undefined;
  #inUse: Map<string, UsedClass> | undefined;
  #propertyCount = 0;

  /**
   * Creates the classes from the `defs` of a document. Existing classes are not replaced, so that a
   * client cannot change them.
   *
   * @throws {TypeError} If a definition is invalid or exceeds a limit.
   */
  static read(defs: unknown): DocumentClasses {
    const classes = new DocumentClasses();
    classes.add(defs);
    return classes;
  }

  /**
   * Adds classes from definitions, which a server may send with a patch.
   *
   * @throws {TypeError} If a definition is invalid or exceeds a limit.
   */
  add(defs: unknown): void {
    if (!Array.isArray(defs)) throw new TypeError("Field defs must be a list");
    if (defs.length + (this.#own?.size ?? 0) > MAX_DEFINITIONS) {
      throw new TypeError(`Field defs has more than ${MAX_DEFINITIONS} classes`);
    }
    for (const definition of defs) this.#define(definition);
  }

  /**
   * Returns the class with a name, undefined if there is none. Classes that the document uses take
   * precedence.
   */
  readonly resolve = (name: string): ModelClass | undefined =>
    this.#inUse?.get(name)?.spec.cls ?? this.#own?.get(name)?.cls ?? modelClass(name);

  /**
   * Records that the document uses classes and those that they depend on. From then on their names
   * cannot be reused.
   *
   * @param specs The classes.
   * @param arrival Returns the number of the current arrival. Snapshots taken after it contain the
   * definitions.
   * @throws {TypeError} If the document has a class with the same name and another definition. Then
   * none is recorded.
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

  /**
   * Returns the number of the arrival with which the document started to use a class, undefined if
   * it does not use it.
   */
  arrivalOf(name: string): number | undefined {
    return this.#inUse?.get(name)?.arrival;
  }

  #specOf(name: string): DefinedSpec | undefined {
    return this.#inUse?.get(name)?.spec ?? this.#own?.get(name)?.spec;
  }

  /**
   * Returns the definitions to write with the document: of the classes that it uses or defines, and
   * of all application classes with unambiguous names. A client may create models of all of them,
   * so that all are recorded as used.
   *
   * @param nextArrival Starts a new arrival and returns its number.
   */
  definitions(nextArrival: () => number): ModelDefinition[] {
    this.use(applicationClassSpecs().filter((spec) => this.#isFree(spec)), nextArrival);
    const used = Array.from(this.#inUse?.values() ?? [], ({ spec }) => spec.definition);
    const own = Array.from(this.#own?.values() ?? [], ({ definition }) => definition);
    return [...used.filter(({ name }) => this.#own?.has(name) !== true), ...own];
  }

  /**
   * Returns whether neither the name of a class nor those of its dependencies are used for other
   * classes.
   */
  #isFree(spec: DefinedSpec): boolean {
    return withDependencies([spec]).every((part) => {
      const known = this.#specOf(part.name);
      return known === undefined || known.equals(part);
    });
  }

  /** Returns whether a definition is ignored, because a class with its name exists. */
  #isKnown(definition: ModelDefinition): boolean {
    const { name } = definition;
    if (isBokehType(name) || this.#specOf(name) !== undefined) return true;
    const cls = modelClass(name);
    if (cls === undefined) return false;
    const known = definedSpecOf(cls)?.definition;
    return !isAmbiguousName(name) || known !== undefined && signatureOf(known) === signatureOf(definition);
  }

  #define(definition: unknown): void {
    if (!isDefinition(definition)) throw new TypeError("Field defs must contain definitions of models");
    if (this.#isKnown(definition)) return;
    const owned = this.#own ??= new IdMap();
    const { resolve } = this;
    const decode = (rep: unknown) => new Deserializer({ resolve }).decode(rep);
    const base = owned.get(String(definition.extends?.id));
    const properties = lengthOf(definition.properties) + (base?.propertyCount ?? 0);
    this.#propertyCount += properties;
    if (this.#propertyCount > MAX_PROPERTIES) {
      throw new TypeError(`Field defs has more than ${MAX_PROPERTIES} properties`);
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

  /**
   * Returns the number of models that a representation creates, including those in the defaults of
   * their classes.
   */
  #countModels(rep: unknown): number {
    if (typeof rep !== "object" || rep === null) return 0;
    let count = 0;
    if ("type" in rep && rep.type === "object" && "name" in rep && typeof rep.name === "string") {
      const cls = this.resolve(rep.name);
      if (cls === undefined) {
        throw new TypeError(`Default value is a model of ${rep.name.slice(0, 60)}, which is not defined before it`);
      }
      count = 1 + (this.#own?.get(rep.name)?.modelCount ?? 0);
    }
    for (const part of Object.values(rep)) count += this.#countModels(part);
    return count;
  }
}

/** A class that the document uses: a model has it, or a snapshot contained its definition. */
interface UsedClass {
  readonly spec: DefinedSpec;
  /** Number of the arrival with which the document started to use it. */
  readonly arrival: number;
}

/** A class that the document defines. */
interface OwnClass {
  readonly definition: ModelDefinition;
  readonly cls: ModelClass;
  /** The properties of the class. */
  readonly spec: DefinedSpec;
  /** Number of properties, including those of its bases that the document defines. */
  readonly propertyCount: number;
  /** Number of models in its defaults. */
  readonly modelCount: number;
  /** Size of the overridden defaults in bytes. */
  readonly overrideBytes: number;
}

/** Returns classes with their dependencies. Each class follows those that it depends on. */
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
