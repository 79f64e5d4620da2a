/**
 * Reads what BokehJS's bundles know of their models.
 *
 * @module
 */

import { bokehjsKind } from "./bokehjs_kind.ts";
import { representation } from "./bokehjs_default.ts";
import type { KindTree } from "./kind_tree.ts";
import { installStubDom } from "./stub_dom.ts";

const BUNDLES = ["bokeh", "bokeh-widgets", "bokeh-tables", "bokeh-gl", "bokeh-mathjax"];

/** A class of BokehJS, as far as it is read. */
export interface BokehjsClass {
  new (attributes: { id: string }): object;
  readonly name: string;
  readonly __qualified__: string;
  readonly prototype: { readonly _props: Record<string, RawProperty> };
}

interface RawProperty {
  readonly type: unknown;
  readonly default_value: (model: object) => unknown;
  readonly options: { readonly internal?: boolean; readonly readonly?: boolean };
}

/** A property of a model of BokehJS. */
export interface BokehjsProperty {
  /** What it takes. */
  readonly kind: KindTree;
  /** Its default on the wire, undefined where it has none. */
  readonly default: unknown;
  /** Whether only the browser sets it. */
  readonly readonly: boolean;
  /** The property that it is another name of. */
  readonly alias?: string;
}

/** A model of BokehJS. */
export interface BokehjsModel {
  /** Its name on the wire. */
  readonly name: string;
  /** The name of the class that it is derived from; null for the first of all. */
  readonly base: string | null;
  /** All of its properties that are not internal to the browser. */
  readonly properties: ReadonlyMap<string, BokehjsProperty>;
}

/** All models of BokehJS and the classes that they are derived from, bases first. */
export async function readBokehjs(): Promise<Map<string, BokehjsModel>> {
  installStubDom();
  let resolver: { names: string[]; get(name: string): BokehjsClass } | undefined;
  for (const bundle of BUNDLES) {
    const module = await import(`npm:@bokeh/bokehjs@3.10.0/build/js/${bundle}.esm.min.js`);
    resolver ??= module.default.default_resolver ?? module.default.Models;
  }
  const models = new Map<string, BokehjsModel>();
  for (const name of resolver!.names) addWithBases(models, resolver!.get(name));
  return models;
}

function addWithBases(models: Map<string, BokehjsModel>, cls: BokehjsClass): void {
  const name = cls.__qualified__;
  if (models.has(name)) return;
  const parent: BokehjsClass = Object.getPrototypeOf(cls);
  const isFirst = name === "Model" || parent.name === "HasProps" || parent.name === "";
  if (!isFirst) addWithBases(models, parent);
  models.set(name, { name, base: isFirst ? null : parent.__qualified__, properties: propertiesOf(cls) });
}

function propertiesOf(cls: BokehjsClass): Map<string, BokehjsProperty> {
  const model = new cls({ id: "generator" });
  const properties = new Map<string, BokehjsProperty>();
  for (const [attr, { type, default_value, options }] of Object.entries(cls.prototype._props)) {
    if (options.internal) continue;
    const alias = isAlias(type) ? type.attr : undefined;
    properties.set(attr, {
      kind: alias === undefined ? bokehjsKind(type) : "Any",
      default: alias ?? defaultOf(model, default_value),
      readonly: options.readonly ?? false,
      ...(alias === undefined ? {} : { alias }),
    });
  }
  return properties;
}

function defaultOf(model: object, makeDefault: (model: object) => unknown): unknown {
  try {
    return representation(makeDefault(model));
  } catch (error) {
    // Some defaults are taken from other attributes, which a model of the generator does not have.
    if (error instanceof Error && error.message.endsWith("is unset")) return undefined;
    throw error;
  }
}

function isAlias(type: unknown): type is { attr: string } {
  return typeof type === "object" && type?.constructor.name === "PropertyAlias";
}
