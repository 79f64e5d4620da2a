/**
 * Reads the models of BokehJS from its bundles.
 *
 * @module
 */

import { bokehjsType } from "../../cli/extensions/bokehjs_type.ts";
import { defaultOf, isAlias } from "../../cli/extensions/bokehjs_default.ts";
import type { TypeTree } from "../../cli/extensions/type_tree.ts";
import { installStubDom } from "../../cli/extensions/stub_dom.ts";

const BUNDLES = ["bokeh", "bokeh-widgets", "bokeh-tables", "bokeh-gl", "bokeh-mathjax"];

/** The part of a class of BokehJS that the generator reads. */
export interface BokehjsClass {
  new (attributes: { id: string }): object;
  readonly name: string;
  readonly __qualified__: string;
  readonly prototype: { readonly _props: Record<string, RawProperty> };
}

/** The part of a property of BokehJS that the generator reads. */
interface RawProperty {
  readonly type: unknown;
  readonly default_value: (model: object) => unknown;
  readonly options: { readonly internal?: boolean; readonly readonly?: boolean };
}

/** A property of a model of BokehJS. */
export interface BokehjsProperty {
  /** The type of the property. */
  readonly type: TypeTree;
  /** The representation of its default, undefined if it has none. */
  readonly default: unknown;
  /** Whether only the browser can set the property. */
  readonly readonly: boolean;
  /** The property that this one is an alias of. */
  readonly alias?: string;
}

/** A model of BokehJS. */
export interface BokehjsModel {
  /** The name of the model on the wire. */
  readonly name: string;
  /** The name of the base class, null for the root. */
  readonly base: string | null;
  /** All properties, without those that are internal to the browser. */
  readonly properties: ReadonlyMap<string, BokehjsProperty>;
}

/** Returns all models of BokehJS and their base classes. Base classes come first. */
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
      type: alias === undefined ? bokehjsType(type) : "Any",
      default: alias ?? defaultOf(model, default_value),
      readonly: options.readonly ?? false,
      ...(alias === undefined ? {} : { alias }),
    });
  }
  return properties;
}
