/**
 * A program that reads the models of an extension of BokehJS. It runs in a process without
 * permissions, because it evaluates the code of the extension.
 *
 * @module
 */

import { defaultOf, isAlias } from "./bokehjs_default.ts";
import { bokehjsType } from "./bokehjs_type.ts";
import { installStubDom } from "./stub_dom.ts";
import type { TypeTree } from "./type_tree.ts";

/** What the program reads from its standard input, as JSON. */
export interface ExtensionSource {
  /** The scripts of BokehJS, then those of the extension. */
  readonly scripts: readonly string[];
  /** How many of the scripts are of BokehJS. */
  readonly own: number;
  /** Names of the classes on the wire that can be base classes. */
  readonly known: readonly string[];
}

/** What the program writes to its standard output, as JSON. */
export interface ExtensionModel {
  /** Name of the class on the wire. */
  readonly name: string;
  /** Name of its base class on the wire. */
  readonly base: string;
  /** The properties that the class adds. */
  readonly properties: readonly ExtensionModelProperty[];
  /** Representations of other defaults for inherited properties, by attribute. */
  readonly overrides: Readonly<Record<string, unknown>>;
}

/** A property of a model of an extension. */
export interface ExtensionModelProperty {
  /** Name of the attribute. */
  readonly attr: string;
  /** The type; undefined if it is not known. */
  readonly type?: TypeTree | undefined;
  /** The representation of its default; absent if it has none. */
  readonly default?: unknown;
}

/** A class of BokehJS. */
interface RawClass {
  new (attributes: { id: string }): object;
  readonly name: string;
  readonly __qualified__: string;
  readonly prototype: { readonly _props: Readonly<Record<string, RawProperty>> };
}

/** A property of a class of BokehJS. */
interface RawProperty {
  readonly type: unknown;
  readonly default_value: (model: object) => unknown;
  readonly options: { readonly internal?: boolean };
}

/** The part of BokehJS's global object that the program uses. */
interface Bokehjs {
  require(module: "base"): { default_resolver: { readonly names: string[]; get(name: string): RawClass } };
}

/** Runs the scripts, and returns the models that those of the extension have registered. */
function readModels({ scripts, own, known }: ExtensionSource): ExtensionModel[] {
  installStubDom();
  // Scripts run as in a page: their variables are global.
  for (const script of scripts.slice(0, own)) (0, eval)(script);
  const { default_resolver: resolver } = (globalThis as unknown as { Bokeh: Bokehjs }).Bokeh.require("base");
  const before = new Set(resolver.names);
  for (const script of scripts.slice(own)) (0, eval)(script);
  const added = resolver.names.filter((name) => !before.has(name)).map((name) => resolver.get(name));
  const bases = new Set([...known, ...added.map(({ __qualified__ }) => __qualified__)]);
  return added.map((cls) => modelOf(cls, bases));
}

function modelOf(cls: RawClass, bases: ReadonlySet<string>): ExtensionModel {
  let base: RawClass = Object.getPrototypeOf(cls);
  while (base.prototype?._props !== undefined && !bases.has(base.__qualified__)) base = Object.getPrototypeOf(base);
  if (base.prototype?._props === undefined) throw new TypeError(`${cls.__qualified__} is not derived from a model`);
  const [model, parent] = [new cls({ id: "model" }), new base({ id: "base" })];
  const properties: ExtensionModelProperty[] = [];
  const overrides: Record<string, unknown> = {};
  for (const [attr, property] of Object.entries(cls.prototype._props)) {
    if (property.options.internal || isAlias(property.type)) continue;
    const inherited = base.prototype._props[attr];
    const value = defaultOf(model, property.default_value);
    if (inherited === undefined) properties.push({ attr, type: typeOf(property.type), default: value });
    else if (JSON.stringify(value) !== JSON.stringify(defaultOf(parent, inherited.default_value))) {
      overrides[attr] = value;
    }
  }
  return { name: cls.__qualified__, base: base.__qualified__, properties, overrides };
}

function typeOf(type: unknown): TypeTree | undefined {
  try {
    return bokehjsType(type);
  } catch (error) {
    // A type that only the extension has.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

if (import.meta.main) {
  // The standard output is for the models only.
  for (const method of ["log", "info", "debug"] as const) console[method] = console.error;
  const source: ExtensionSource = await new Response(Deno.stdin.readable).json();
  const models = readModels(source);
  await new Response(JSON.stringify(models)).body!.pipeTo(Deno.stdout.writable);
  // The scripts may have started timers.
  Deno.exit();
}
