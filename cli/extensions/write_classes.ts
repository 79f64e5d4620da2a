/**
 * Writes the module with the classes of an extension for the server.
 *
 * @module
 */

import type { ExtensionModel, ExtensionModelProperty } from "./read_extension.ts";
import type { TypeTree } from "./type_tree.ts";

/** Options of {@linkcode writeClasses}. */
export interface ClassesModule {
  /** The models. */
  readonly models: readonly ExtensionModel[];
  /** Names of the classes that `@bokeh/server/models` exports, by their names on the wire. */
  readonly known: ReadonlyMap<string, string>;
  /** File name of the bundle, for the comment. */
  readonly title: string;
  /** URL of the bundle, relative to the module if it does not begin with a scheme. */
  readonly bundle: string;
  /** URLs of scripts that pages load before the bundle, like that of the bundle. */
  readonly javascript: readonly string[];
  /** URLs of style sheets, like that of the bundle. */
  readonly css: readonly string[];
}

/** A module with classes. */
export interface WrittenClasses {
  /** The text of the module. */
  readonly text: string;
  /** Properties that accept any value, because their types are not known. */
  readonly untyped: readonly string[];
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const NAME = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;
const PLAIN = new Set(
  "Any AnyRef Bool Bytes Color DashPattern Float FontSize Int Null Percent Str".split(" "),
);
const COMPOUND = new Set(["Dict", "List", "Mapping", "NonNegative", "Nullable", "Opt", "Or", "Positive", "Tuple"]);
/** Types of BokehJS that definitions write with others. */
const SIMILAR: Readonly<Record<string, string>> = {
  Arrayable: "List",
  Finite: "Float",
  KeyVal: "Mapping",
  Node: "Any",
  NonEmptyList: "List",
  PrefixedStr: "Str",
  Regex: "Str",
};

/**
 * Returns the module with the definitions of the models.
 *
 * @throws {TypeError} If a name cannot be one of a class or of a property. The extension's code is not
 * trusted to name them.
 */
export function writeClasses(module: ClassesModule): WrittenClasses {
  const writer = new ClassesWriter(module);
  const text = writer.write();
  return { text, untyped: writer.untyped };
}

class ClassesWriter {
  readonly #module: ClassesModule;
  readonly #imports = new Set<string>(["defineModel"]);
  /** Names of the classes in the module that have been written, by their names on the wire. */
  readonly #written = new Map<string, string>();
  /** The property types that the class uses. */
  #types = new Set<string>();
  /** Whether all parts of the property's type are known. */
  #isTyped = true;
  readonly untyped: string[] = [];

  constructor(module: ClassesModule) {
    this.#module = module;
  }

  write(): string {
    const { models, title, bundle, javascript, css } = this.#module;
    const classes = inOrder(models).map((model) => this.#class(model));
    const list = (urls: readonly string[]) => `[${urls.map(urlCode).join(", ")}]`;
    const parts = [
      `bundle: ${urlCode(bundle)},`,
      ...javascript.length === 0 ? [] : [`javascript: ${list(javascript)},`],
      ...css.length === 0 ? [] : [`css: ${list(css)},`],
    ];
    return [
      `// Written from ${title.replaceAll(/[\r\n\u2028\u2029]/g, " ")} by the command classes: do not edit.`,
      `import { ${[...this.#imports].sort().join(", ")} } from "@bokeh/server/models";`,
      `const extension = {\n${parts.map((part) => `  ${part}\n`).join("")}};`,
      ...classes,
    ].join("\n\n") + "\n";
  }

  #class({ name, base, properties, overrides }: ExtensionModel): string {
    const id = this.#identifierOf(name);
    this.#types = new Set();
    const baseId = this.#classOf(base);
    if (baseId === undefined) throw new TypeError(`Cannot write ${name}: its base ${base} is not known`);
    const entries = properties.map((property) => `    ${this.#property(name, property)},\n`);
    const defaults = Object.entries(overrides).filter(([, rep]) => rep !== undefined).map(([attr, rep]) =>
      `${keyCode(name, attr)}: ${this.#value(rep)}`
    );
    const types = [...this.#types].sort().join(", ");
    this.#written.set(name, id);
    return [
      `/** The model \`${name}\`. */`,
      `export const ${id} = defineModel({`,
      `  name: ${JSON.stringify(name)},`,
      `  base: ${baseId},`,
      ...entries.length === 0
        ? []
        : [`  properties: (${types === "" ? "" : `{ ${types} }`}) => ({\n${entries.join("")}  }),`],
      ...defaults.length === 0 ? [] : [`  overrides: { ${defaults.join(", ")} },`],
      "  ...extension,",
      "});",
      `/** The model \`${name}\`. */`,
      `export type ${id} = InstanceType<typeof ${id}>;`,
    ].join("\n");
  }

  #identifierOf(name: string): string {
    const id = name.split(".").at(-1)!;
    if (!NAME.test(name)) throw new TypeError(`Cannot write the class ${JSON.stringify(name)}: it is not a name`);
    if ([...this.#written.values()].includes(id)) {
      throw new TypeError(`Cannot write ${name}: two classes are named ${id}`);
    }
    return id;
  }

  /** Returns the identifier of a class in the module, undefined if there is no such class. */
  #classOf(name: string): string | undefined {
    const own = this.#written.get(name);
    const exported = own === undefined ? this.#module.known.get(name) : undefined;
    if (exported === undefined) return own;
    const isTaken = this.#module.models.some((model) => model.name.split(".").at(-1) === exported);
    this.#imports.add(isTaken ? `${exported} as Bokeh${exported}` : exported);
    return isTaken ? `Bokeh${exported}` : exported;
  }

  #property(model: string, { attr, type, default: rep }: ExtensionModelProperty): string {
    this.#isTyped = true;
    const kind = type === undefined ? this.#unknown() : this.#kind(type);
    if (!this.#isTyped) this.untyped.push(`${model}.${attr}`);
    const own = nameOf(type) === "Spec" ? rep : scalarOf(rep);
    const value = rep === undefined ? undefined : this.#value(own, nameOf(type) === "Mapping");
    const fresh = value !== undefined && containsModel(rep)
      ? `() => ${value.startsWith("{") ? `(${value})` : value}`
      : value;
    return `${keyCode(model, attr)}: ${fresh === undefined ? kind : `[${kind}, ${fresh}]`}`;
  }

  /** Returns the code of a property type. */
  #kind(type: TypeTree): string {
    if (typeof type === "string") return this.#plain(type);
    const [name, ...parts] = type;
    const kinds = () => (parts as TypeTree[]).map((part) => this.#kind(part)).join(", ");
    switch (name) {
      case "Enum":
        return `${this.#use("Enum")}(${parts.map((part) => JSON.stringify(part)).join(", ")})`;
      case "Ref": {
        const id = this.#classOf(String(parts[0]));
        return id === undefined ? this.#unknown() : `${this.#use("Ref")}(${id})`;
      }
      case "Struct":
      case "PartialStruct":
        return this.#struct(parts[0] as Record<string, TypeTree>, name === "PartialStruct");
      case "Spec":
        return `${this.#use("Spec")}(${this.#kind(parts[1] as TypeTree)})`;
      default: {
        const similar = SIMILAR[name] ?? name;
        return COMPOUND.has(similar) ? `${this.#use(similar)}(${kinds()})` : this.#plain(similar);
      }
    }
  }

  #plain(name: string): string {
    const similar = SIMILAR[name] ?? name;
    return PLAIN.has(similar) ? this.#use(similar) : this.#unknown();
  }

  #struct(fields: Readonly<Record<string, TypeTree>>, partial: boolean): string {
    const code = Object.entries(fields).map(([field, type]) =>
      `${fieldCode(field)}: ${partial ? `${this.#use("Opt")}(${this.#kind(type)})` : this.#kind(type)}`
    );
    return `${this.#use("Struct")}({ ${code.join(", ")} })`;
  }

  #use(type: string): string {
    this.#types.add(type);
    return type;
  }

  #unknown(): string {
    this.#isTyped = false;
    return this.#use("Any");
  }

  /** Returns the code of a value from its representation. */
  #value(rep: unknown, isMapping = false): string {
    if (typeof rep !== "object" || rep === null) return JSON.stringify(rep);
    if (Array.isArray(rep)) return `[${rep.map((item) => this.#value(item)).join(", ")}]`;
    const { type: name, ...parts } = rep as { type: string; [part: string]: unknown };
    switch (name) {
      case "number":
        return { nan: "NaN", "+inf": "Infinity", "-inf": "-Infinity" }[String(parts.value)] ?? "NaN";
      case "map":
        return this.#map((parts.entries ?? []) as [unknown, unknown][], isMapping);
      case "object":
        return this.#model(String(parts.name), Object(parts.attributes));
      case "field":
      case "value":
        return `{ ${name}: ${this.#value(parts[name])} }`;
      default:
        throw new TypeError(`Cannot write a default of the type ${JSON.stringify(name)}`);
    }
  }

  #map(entries: readonly [unknown, unknown][], isMapping: boolean): string {
    if (isMapping || !entries.every(([key]) => typeof key === "string")) {
      return `new Map([${entries.map(([key, item]) => `[${this.#value(key)}, ${this.#value(item)}]`).join(", ")}])`;
    }
    return entries.length === 0
      ? "{}"
      : `{ ${entries.map(([key, item]) => `${fieldCode(String(key))}: ${this.#value(item)}`).join(", ")} }`;
  }

  #model(name: string, attributes: Readonly<Record<string, unknown>>): string {
    const id = this.#classOf(name);
    if (id === undefined) throw new TypeError(`Cannot write a default: the class ${name} is not known`);
    const code = Object.entries(attributes).map(([attr, rep]) => `${keyCode(name, attr)}: ${this.#value(rep)}`);
    return `new ${id}(${code.length === 0 ? "" : `{ ${code.join(", ")} }`})`;
  }
}

/** Returns the models, with base classes and classes of properties before the classes that use them. */
function inOrder(models: readonly ExtensionModel[]): ExtensionModel[] {
  const byName = new Map(models.map((model) => [model.name, model]));
  const ordered = new Set<ExtensionModel>();
  const visiting = new Set<ExtensionModel>();
  const visit = (model: ExtensionModel | undefined) => {
    if (model === undefined || visiting.has(model)) return;
    visiting.add(model);
    visit(byName.get(model.base));
    const text = JSON.stringify([model.properties, model.overrides]);
    for (const [name, other] of byName) if (text.includes(JSON.stringify(name))) visit(other);
    ordered.add(model);
  };
  for (const model of models) visit(model);
  return [...ordered];
}

function keyCode(model: string, attr: string): string {
  if (!IDENTIFIER.test(attr)) {
    throw new TypeError(`Cannot write ${model}: ${JSON.stringify(attr)} is not an identifier`);
  }
  return attr;
}

/** Returns the code of a key in an object. */
function fieldCode(key: string): string {
  return IDENTIFIER.test(key) && key !== "__proto__" ? key : `[${JSON.stringify(key)}]`;
}

function urlCode(url: string): string {
  return `new URL(${JSON.stringify(url)}${/^[a-z]+:/.test(url) ? "" : ", import.meta.url"})`;
}

function nameOf(type: TypeTree | undefined): unknown {
  return Array.isArray(type) ? type[0] : type;
}

/** Returns the value of a default that BokehJS writes as `{ value }`. */
function scalarOf(rep: unknown): unknown {
  return typeof rep === "object" && rep !== null && "type" in rep && rep.type === "value" && "value" in rep
    ? rep.value
    : rep;
}

function containsModel(rep: unknown): boolean {
  return JSON.stringify(rep).includes('"type":"object"');
}
