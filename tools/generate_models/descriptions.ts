/**
 * Creates the generated doc comments from the descriptions in `meanings/`.
 *
 * @module
 */

import { parse } from "@std/yaml";
import type { Model, Property } from "./merge.ts";
import { Flag } from "./python_baseline.ts";
import { visualMeaning } from "./visual_meanings.ts";

type Meanings = Readonly<Record<string, string>>;

const models = await readMeanings("models.yaml");
const modelAttributes = await readMeanings("model_attributes.yaml");
const attributes: Meanings = {
  ...await readMeanings("attributes.yaml"),
  ...await readMeanings("more_attributes.yaml"),
  ...await readMeanings("glyph_attributes.yaml"),
};

async function readMeanings(name: string): Promise<Meanings> {
  const text = await Deno.readTextFile(new URL(`meanings/${name}`, import.meta.url));
  return parse(text) as Meanings;
}

/**
 * Returns the doc comment of a class.
 *
 * @throws {TypeError} If `meanings/models.yaml` does not describe the class.
 */
export function describeModel({ name }: Model, base: string): string {
  const meaning = models[name];
  if (meaning === undefined) throw new TypeError(`Cannot describe ${name}: it is not in meanings/models.yaml`);
  return `${meaning}. Derived from {@linkcode ${base}}.`;
}

/**
 * Returns the doc comment of an attribute, with its default.
 *
 * @param property The attribute.
 * @param classes The name of its class, then the names of its bases.
 */
export function describeProperty({ attr, flags, default: rep }: Property, classes: readonly string[]): string {
  if (flags & Flag.alias) return `An alias of \`${rep}\`.`;
  const about = meaningOf(attr, classes);
  if (flags & Flag.readonly) return `${about}. Only clients can set it.`;
  if (flags & Flag.required) return `${about}. Required.`;
  return `${about}. Default: ${describeDefault(rep)}.`;
}

function meaningOf(attr: string, classes: readonly string[]): string {
  const own = classes.map((name) => modelAttributes[`${name}.${attr}`]).find((meaning) => meaning !== undefined);
  if (own !== undefined) return own;
  if (classes.includes("Styles")) return `The CSS property \`${attr.replaceAll("_", "-")}\``;
  const known = attributes[attr] ?? visualMeaning(attr);
  if (known !== undefined) return known;
  if (attr.endsWith("_units")) return `The units of \`${attr.slice(0, -"_units".length)}\``;
  const words = attr.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function describeDefault(rep: unknown): string {
  if (typeof rep !== "object" || rep === null) return `\`${JSON.stringify(rep)}\``;
  if (Array.isArray(rep)) return rep.length === 0 ? "none" : shorten(JSON.stringify(rep), "a list");
  const { type, name, field, value } = rep as { type?: string; name?: string; field?: string; value?: unknown };
  switch (type) {
    case "object":
      return `a new \`${name}\``;
    case "map":
    case "set":
      return "entries" in rep ? "some entries" : "none";
    case "field":
      return `the column \`${field}\``;
    case "value":
    case "number":
      return `\`${JSON.stringify(value)}\``;
    default:
      return shorten(JSON.stringify(rep), "an object");
  }
}

function shorten(text: string, summary: string): string {
  return text.length <= 60 && !text.includes('"type"') ? `\`${text}\`` : summary;
}
