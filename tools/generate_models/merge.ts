/**
 * Joins what BokehJS and Python say of the models into one description: classes, kinds and attributes of BokehJS, with
 * Python's attributes, defaults and flags wherever Python has the model.
 *
 * @module
 */

import type { BokehjsModel, BokehjsProperty } from "./bokehjs_registry.ts";
import { either, isKind, type KindTree, LITERAL_KINDS, mentions } from "./kind_tree.ts";
import { withLimits } from "./number_limits.ts";
import { Flag, type PythonModel, type PythonProperty } from "./python_baseline.ts";
import { settled, wider } from "./wider.ts";
import { shortForms } from "./widened.ts";
import { pythonKind, takesMoments } from "./python_type.ts";

/** A property as it is generated. */
export interface Property {
  /** Its name. */
  readonly attr: string;
  /** What it takes. */
  readonly kind: KindTree;
  /** What authors are told that it takes, where it takes more from the wire. */
  readonly authorKind?: KindTree;
  /** Its default on the wire; the name of another property if it is an alias. */
  readonly default: unknown;
  /** Bits of {@linkcode Flag}. */
  readonly flags: number;
  /** Whether it takes dates and times, which are sent as numbers. */
  readonly moments: boolean;
  /** Its type in Python, if Python has it. */
  readonly pythonType?: string;
}

/** A model as it is generated. */
export interface Model {
  /** Its name on the wire. */
  readonly name: string;
  /** The model that it is derived from; null for the first of all. */
  readonly base: string | null;
  /** Whether it exists only to derive others from it. */
  readonly abstract: boolean;
  /** All of its properties. */
  readonly properties: ReadonlyMap<string, Property>;
  /** The properties that it adds or takes other values for than its base. */
  readonly own: readonly Property[];
  /** The inherited properties of which only the default is another one. */
  readonly overrides: readonly Property[];
}

/** All models, bases first. */
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
      const kind = settled[`${model.name}.${attr}`] ?? property.kind;
      properties.set(attr, { ...property, kind: withKnownRefs(kind, bokehjs) });
    }
    for (const property of properties.values()) {
      if (property.flags & Flag.alias) properties.set(property.attr, aliasWithKind(property, properties));
    }
    const abstract = python.get(model.name)?.abstract ?? false;
    merged.set(model.name, { name: model.name, base: model.base, abstract, properties, ...changes(properties, base) });
  }
  return merged;
}

function aliasWithKind(alias: Property, properties: ReadonlyMap<string, Property>): Property {
  return { ...alias, kind: properties.get(String(alias.default))?.kind ?? "Any" };
}

/** BokehJS takes some short forms itself, but Python sends what they stand for, and so must the kind. */
const withShortForms = new Set(Object.keys(shortForms).map((key) => key.slice(key.indexOf(".") + 1)));

interface Sides {
  readonly ours: BokehjsProperty | undefined;
  readonly theirs: PythonProperty | undefined;
  readonly inherited: Property | undefined;
  /** Whether BokehJS gives it another default than in the class that it is inherited from. */
  readonly isOverridden: boolean;
  /** Whether it takes more than BokehJS says. */
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
    const kinds = isInherited
      ? kindsOf(inherited)
      : chooseKinds(withShortForms.has(attr) ? undefined : ours?.kind, type, isWider);
    return { attr, ...kinds, default: theirs.default, flags, moments: takesMoments(type), pythonType: type };
  }
  if (ours === undefined) throw new TypeError(`Cannot merge ${attr}: neither side has it`);
  if (inherited !== undefined) return isOverridden ? { ...inherited, default: ours.default } : inherited;
  const [first, ...others] = below();
  // what no class of Python has in a class that it knows is BokehJS's own affair: it is never sent, nor required
  const isRequired = ours.default === undefined && ours.alias === undefined && (first !== undefined || !isPythons);
  const isSettled = first !== undefined && others.every((other) => other.type === first.type);
  const flags = (ours.readonly ? Flag.readonly : 0) | (ours.alias === undefined ? 0 : Flag.alias) |
    (isRequired ? Flag.required : (first?.flags ?? 0) & Flag.unstable);
  const kind = isSettled ? chooseKind(ours.kind, first.type) : ours.kind;
  const facts = { attr, kind, default: ours.default ?? null, flags };
  return isSettled
    ? { ...facts, moments: takesMoments(first.type), pythonType: first.type }
    : { ...facts, moments: false };
}

/** Kinds that say little. */
const VAGUE: ReadonlySet<string> = new Set(["Any", "AnyRef"]);

/** What BokehJS takes as any text or number. */
const DAYS: ReadonlySet<string> = new Set(["Day", "TimeOfDay"]);

/**
 * The kind of BokehJS, unless it says little, or differs in whether values are sent as they are or as `{ value: … }`.
 */
function chooseKind(ours: KindTree | undefined, pythonType: string): KindTree {
  const theirs = pythonKind(pythonType);
  if (ours === undefined) return theirs;
  if (isSpec(theirs)) return isSpec(ours) && isCoordinate(ours) ? withValue(theirs, ours[2]) : theirs;
  if (isSpec(ours) || mentions(ours, VAGUE) || mentions(theirs, DAYS)) return theirs;
  return theirs === "DashPattern" || theirs === "FontSize" ? theirs : withLimits(ours, theirs);
}

/** The kind of one side, or of both where Python takes more. */
function chooseKinds(
  ours: KindTree | undefined,
  type: string,
  isWider: boolean,
): Pick<Property, "kind" | "authorKind"> {
  const usual = chooseKind(ours, type);
  if (!isWider) return { kind: usual };
  const parts = [usual, pythonKind(type)].map((kind) =>
    Array.isArray(kind) && kind[0] === "Nullable" ? ["Or", "Null", kind[1]] as KindTree : kind
  );
  return { kind: either(parts), authorKind: usual };
}

function kindsOf({ kind, authorKind }: Property): Pick<Property, "kind" | "authorKind"> {
  return authorKind === undefined ? { kind } : { kind, authorKind };
}

type SpecTree = readonly [name: "Spec", spec: string, value: KindTree, ...units: KindTree[]];

function isSpec(kind: KindTree): kind is SpecTree {
  return Array.isArray(kind) && kind[0] === "Spec";
}

/** BokehJS takes factors as coordinates, for which Python has no type of its own. */
function isCoordinate(spec: SpecTree): boolean {
  return spec[1].includes("Coordinate");
}

function withValue([name, spec, , ...units]: SpecTree, value: KindTree): KindTree {
  return [name, spec, value, ...units];
}

/** What Python mixes into models is no class here: a reference to it is one to any model. */
function withKnownRefs(kind: KindTree, known: ReadonlyMap<string, unknown>): KindTree {
  if (typeof kind === "string") return kind;
  const [name, ...parts] = kind;
  if (name === "Ref" && !known.has(String(parts[0]))) {
    // Python prints classes without their module
    const qualified = `bokeh.models.dom.${parts[0]}`;
    return known.has(qualified) ? [name, qualified] : "AnyRef";
  }
  if (LITERAL_KINDS.has(name)) return kind;
  return [
    name,
    ...parts.map((part) => {
      if (typeof part === "number") return part;
      if (isKind(part)) return withKnownRefs(part, known);
      return Object.fromEntries(Object.entries(part).map(([key, field]) => [key, withKnownRefs(field, known)]));
    }),
  ];
}

/** What Python says of a property in the classes derived from one that Python does not have. */
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
    if (inherited === undefined || !isSame(inherited.kind, property.kind) || inherited.flags !== property.flags) {
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
