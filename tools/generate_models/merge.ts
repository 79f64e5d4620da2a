/**
 * Merges the models of BokehJS and Python.
 *
 * Classes and property types are those of BokehJS. Attributes, defaults and flags are those of
 * Python, if Python has the model.
 *
 * @module
 */

import type { BokehjsModel, BokehjsProperty } from "./bokehjs_registry.ts";
import { either, isTypeTree, LITERAL_TYPES, mentions, type TypeTree } from "../../cli/extensions/type_tree.ts";
import { withLimits } from "./number_limits.ts";
import { Flag, type PythonModel, type PythonProperty } from "./python_baseline.ts";
import { settled, wider } from "./wider.ts";
import { shortForms } from "./widened.ts";
import { acceptsDateTimes, parsePythonType } from "./python_type.ts";

/** A generated property. */
export interface Property {
  /** The name of the attribute. */
  readonly attr: string;
  /** The type of the property. */
  readonly type: TypeTree;
  /** The type for authors, if the property accepts more from clients. */
  readonly authorType?: TypeTree;
  /** The representation of the default. For an alias, the name of the other property. */
  readonly default: unknown;
  /** Bits of {@linkcode Flag}. */
  readonly flags: number;
  /** Whether the property accepts dates and times, which are numbers on the wire. */
  readonly dateTimes: boolean;
  /** The type in Python, undefined if Python does not have the property. */
  readonly pythonType?: string;
}

/** A generated model. */
export interface Model {
  /** The name of the class on the wire. */
  readonly name: string;
  /** The name of the base class, null for the root. */
  readonly base: string | null;
  /** Whether the class is abstract. */
  readonly abstract: boolean;
  /** All properties. */
  readonly properties: ReadonlyMap<string, Property>;
  /**
   * The properties that the class adds, or whose types or flags differ from those of the base
   * class.
   */
  readonly own: readonly Property[];
  /** The inherited properties of which only the default differs. */
  readonly overrides: readonly Property[];
}

/** Returns all models. Base classes come first. */
export function mergeModels(
  bokehjs: ReadonlyMap<string, BokehjsModel>,
  python: ReadonlyMap<string, PythonModel>,
): Map<string, Model> {
  const merged = new Map<string, Model>();
  for (const model of bokehjs.values()) {
    const base = model.base === null ? undefined : merged.get(model.base);
    const properties = new Map<string, Property>(base?.properties);
    const theirs = python.get(model.name)?.properties;
    for (const attr of new Set([...model.properties.keys(), ...theirs?.keys() ?? []])) {
      const ours = model.properties.get(attr);
      const above = model.base === null ? undefined : bokehjs.get(model.base)?.properties.get(attr);
      const isOverridden = ours?.default !== undefined && !isSame(ours.default, above?.default);
      const inherited = base?.properties.get(attr);
      const isWider = wider.has(`${model.name}.${attr}`);
      const sides = {
        ours,
        theirs: theirs?.get(attr),
        inherited,
        isOverridden,
        isWider,
        isPythons: theirs !== undefined,
      };
      const property = mergeProperty(attr, sides, () => propertiesBelow(model.name, attr, bokehjs, python));
      const type = settled[`${model.name}.${attr}`] ?? property.type;
      properties.set(attr, { ...property, type: withKnownRefs(type, bokehjs) });
    }
    for (const property of properties.values()) {
      if (property.flags & Flag.alias) properties.set(property.attr, aliasWithType(property, properties));
    }
    const abstract = python.get(model.name)?.abstract ?? false;
    merged.set(model.name, { name: model.name, base: model.base, abstract, properties, ...changes(properties, base) });
  }
  return merged;
}

function aliasWithType(alias: Property, properties: ReadonlyMap<string, Property>): Property {
  return { ...alias, type: properties.get(String(alias.default))?.type ?? "Any" };
}

/**
 * The attributes with short forms. Their types are those of Python: BokehJS accepts the short
 * forms, but Python sends the long forms.
 */
const withShortForms = new Set(Object.keys(shortForms).map((key) => key.slice(key.indexOf(".") + 1)));

/** The definitions of a property that are merged. */
interface Sides {
  readonly ours: BokehjsProperty | undefined;
  readonly theirs: PythonProperty | undefined;
  readonly inherited: Property | undefined;
  /** Whether BokehJS overrides the default of the base class. */
  readonly isOverridden: boolean;
  /** Whether the property accepts more than in BokehJS. */
  readonly isWider: boolean;
  /** Whether Python has the class. */
  readonly isPythons: boolean;
}

function mergeProperty(
  attr: string,
  { ours, theirs, inherited, isOverridden, isWider, isPythons }: Sides,
  below: () => PythonProperty[],
): Property {
  if (theirs !== undefined) {
    const { type, flags } = theirs;
    const isInherited = inherited?.pythonType === type && !isWider;
    const types = isInherited
      ? typesOf(inherited)
      : chooseTypes(withShortForms.has(attr) ? undefined : ours?.type, type, isWider);
    return { attr, ...types, default: theirs.default, flags, dateTimes: acceptsDateTimes(type), pythonType: type };
  }
  if (ours === undefined) throw new TypeError(`Cannot merge ${attr}: neither side has it`);
  if (inherited !== undefined) return isOverridden ? { ...inherited, default: ours.default } : inherited;
  const [first, ...others] = below();
  // A property that Python has in no derived class, in a class that Python has, is internal to
  // BokehJS and not required.
  const isRequired = ours.default === undefined && ours.alias === undefined && (first !== undefined || !isPythons);
  const isSettled = first !== undefined && others.every((other) => other.type === first.type);
  const flags = (ours.readonly ? Flag.readonly : 0) | (ours.alias === undefined ? 0 : Flag.alias) |
    (isRequired ? Flag.required : (first?.flags ?? 0) & Flag.unstable);
  const type = isSettled ? chooseType(ours.type, first.type) : ours.type;
  const facts = { attr, type, default: ours.default ?? null, flags };
  return isSettled
    ? { ...facts, dateTimes: acceptsDateTimes(first.type), pythonType: first.type }
    : { ...facts, dateTimes: false };
}

/** Types that accept almost all values. */
const VAGUE: ReadonlySet<string> = new Set(["Any", "AnyRef"]);

/** Types that are any text or number in BokehJS. */
const DAYS: ReadonlySet<string> = new Set(["Day", "TimeOfDay"]);

/**
 * Returns the type of BokehJS, or the type of Python if that of BokehJS is vague or if only one of
 * them is a data specification.
 */
function chooseType(ours: TypeTree | undefined, pythonType: string): TypeTree {
  const theirs = parsePythonType(pythonType);
  if (ours === undefined) return theirs;
  if (isSpec(theirs)) return isSpec(ours) && isCoordinate(ours) ? withValue(theirs, ours[2]) : theirs;
  if (isSpec(ours) || mentions(ours, VAGUE) || mentions(theirs, DAYS)) return theirs;
  return theirs === "DashPattern" || theirs === "FontSize" ? theirs : withLimits(ours, theirs);
}

/** Returns the type of one side, or the union of both if Python accepts more. */
function chooseTypes(
  ours: TypeTree | undefined,
  type: string,
  isWider: boolean,
): Pick<Property, "type" | "authorType"> {
  const usual = chooseType(ours, type);
  if (!isWider) return { type: usual };
  const parts = [usual, parsePythonType(type)].map((type) =>
    Array.isArray(type) && type[0] === "Nullable" ? ["Or", "Null", type[1]] as TypeTree : type
  );
  return { type: either(parts), authorType: usual };
}

function typesOf({ type, authorType }: Property): Pick<Property, "type" | "authorType"> {
  return authorType === undefined ? { type } : { type, authorType };
}

type SpecTree = readonly [name: "Spec", spec: string, value: TypeTree, ...units: TypeTree[]];

function isSpec(type: TypeTree): type is SpecTree {
  return Array.isArray(type) && type[0] === "Spec";
}

/**
 * Returns whether a data specification is a coordinate. BokehJS accepts factors as coordinates;
 * Python has no type for that.
 */
function isCoordinate(spec: SpecTree): boolean {
  return spec[1].includes("Coordinate");
}

function withValue([name, spec, , ...units]: SpecTree, value: TypeTree): TypeTree {
  return [name, spec, value, ...units];
}

/**
 * Replaces references to mix-ins of Python, which are not generated, by references to any model.
 */
function withKnownRefs(type: TypeTree, known: ReadonlyMap<string, unknown>): TypeTree {
  if (typeof type === "string") return type;
  const [name, ...parts] = type;
  if (name === "Ref" && !known.has(String(parts[0]))) {
    // Python prints classes without their modules.
    const qualified = `bokeh.models.dom.${parts[0]}`;
    return known.has(qualified) ? [name, qualified] : "AnyRef";
  }
  if (LITERAL_TYPES.has(name)) return type;
  return [
    name,
    ...parts.map((part) => {
      if (typeof part === "number") return part;
      if (isTypeTree(part)) return withKnownRefs(part, known);
      return Object.fromEntries(Object.entries(part).map(([key, field]) => [key, withKnownRefs(field, known)]));
    }),
  ];
}

/** Returns the definitions of a property in Python, in the classes derived from a class. */
function propertiesBelow(
  name: string,
  attr: string,
  bokehjs: ReadonlyMap<string, BokehjsModel>,
  python: ReadonlyMap<string, PythonModel>,
): PythonProperty[] {
  const isDerived = (model: BokehjsModel | undefined): boolean =>
    model !== undefined && (model.base === name || model.base !== null && isDerived(bokehjs.get(model.base)));
  const found: PythonProperty[] = [];
  for (const model of bokehjs.values()) {
    const property = python.get(model.name)?.properties.get(attr);
    if (property !== undefined && isDerived(model)) found.push(property);
  }
  return found;
}

function changes(properties: ReadonlyMap<string, Property>, base: Model | undefined): Pick<Model, "own" | "overrides"> {
  const own: Property[] = [];
  const overrides: Property[] = [];
  for (const property of properties.values()) {
    const inherited = base?.properties.get(property.attr);
    if (inherited === undefined || !isSame(inherited.type, property.type) || inherited.flags !== property.flags) {
      own.push(property);
    } else if (!isSame(inherited.default, property.default)) {
      overrides.push(property);
    }
  }
  return { own, overrides };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
