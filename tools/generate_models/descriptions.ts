/**
 * What the generated comments say.
 *
 * @module
 */

import type { Model, Property } from "./merge.ts";
import { Flag } from "./python_baseline.ts";

/** A sentence about a model. */
export function describeModel(model: Model, base: string): string {
  const words = model.name.slice(model.name.lastIndexOf(".") + 1).replace(/([a-z\d])([A-Z])/g, "$1 $2").toLowerCase();
  return `The model \`${model.name}\` (${words}), a kind of {@linkcode ${base}}.`;
}

/** A sentence about an attribute: its kind and its default. */
export function describeProperty({ attr, flags, default: rep }: Property): string {
  const words = attr.replaceAll("_", " ");
  const about = words.charAt(0).toUpperCase() + words.slice(1);
  if (flags & Flag.alias) return `Another name of \`${rep}\`.`;
  if (flags & Flag.readonly) return `${about}, which only clients set.`;
  if (flags & Flag.required) return `${about}; must be set.`;
  return `${about}. Default: ${describeDefault(rep)}.`;
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
