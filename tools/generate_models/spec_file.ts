/**
 * Writes `spec.jsonl`.
 *
 * @module
 */

import { TypeTable } from "./type_table.ts";
import type { Model, Property } from "./merge.ts";
import { Flag } from "./python_baseline.ts";

/**
 * Returns the text of `spec.jsonl`: a line for each property type, an empty line, and a line for
 * each model.
 *
 * A model is `[name, base, own properties, overridden defaults]`. A property is
 * `[attr, index of its type, default, flags]`, without the flags if they are 0.
 *
 * @param models The models. Base classes come first.
 */
export function specFile(models: Iterable<Model>): string {
  const types = new TypeTable();
  const rows = Array.from(models, (model) => JSON.stringify(modelRow(model, types)));
  const typeRows = types.rows.map((row) => JSON.stringify(row));
  return `${typeRows.join("\n")}\n\n${rows.join("\n")}\n`;
}

function modelRow({ name, base, own, overrides }: Model, types: TypeTable): unknown[] {
  const row = [name, base, own.map((property) => propertyRow(property, types))];
  if (overrides.length === 0) return row;
  return [...row, Object.fromEntries(overrides.map((property) => [property.attr, property.default]))];
}

function propertyRow(property: Property, types: TypeTable): unknown[] {
  const row = [property.attr, types.add(property.type), property.flags & Flag.required ? null : property.default];
  return property.flags === 0 ? row : [...row, property.flags];
}
