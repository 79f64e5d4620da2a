import { KindTable } from "./kind_table.ts";
import type { Model, Property } from "./merge.ts";
import { Flag } from "./python_baseline.ts";

/**
 * The text of `spec.jsonl`, a row a line: kinds, each once, an empty line, and models, bases first.
 *
 * A model is `[name, base, own properties, defaults that it overrides]`; a property is `[attr, index of its kind, default,
 * flags]`, where flags of zero are left out.
 *
 * @param models The models, bases first.
 */
export function specFile(models: Iterable<Model>): string {
  const kinds = new KindTable();
  const rows = Array.from(models, (model) => JSON.stringify(modelRow(model, kinds)));
  const kindRows = kinds.rows.map((row) => JSON.stringify(row));
  return `${kindRows.join("\n")}\n\n${rows.join("\n")}\n`;
}

function modelRow({ name, base, own, overrides }: Model, kinds: KindTable): unknown[] {
  const row = [name, base, own.map((property) => propertyRow(property, kinds))];
  if (overrides.length === 0) return row;
  return [...row, Object.fromEntries(overrides.map((property) => [property.attr, property.default]))];
}

function propertyRow(property: Property, kinds: KindTable): unknown[] {
  const row = [property.attr, kinds.add(property.kind), property.flags & Flag.required ? null : property.default];
  return property.flags === 0 ? row : [...row, property.flags];
}
