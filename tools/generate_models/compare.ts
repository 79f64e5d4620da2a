/**
 * Compares the models of BokehJS and Python.
 *
 * @module
 */

import type { BokehjsModel } from "./bokehjs_registry.ts";
import { Flag, type PythonModel, type PythonProperty } from "./python_baseline.ts";

/** A difference between BokehJS and Python. */
export interface Difference {
  /** The difference: the default, or the side that has the attribute. */
  readonly what: "default" | "only in Python" | "only in BokehJS";
  /** The name of the model. */
  readonly model: string;
  /** The name of the attribute. */
  readonly attr: string;
}

/** Returns all differences between the models that both sides have. */
export function compareSides(
  bokehjs: ReadonlyMap<string, BokehjsModel>,
  python: ReadonlyMap<string, PythonModel>,
): Difference[] {
  const found: Difference[] = [];
  for (const { name, properties } of bokehjs.values()) {
    const theirs = python.get(name)?.properties;
    if (theirs === undefined) continue;
    for (const [attr, property] of theirs) {
      const ours = properties.get(attr);
      if (ours === undefined) found.push({ what: "only in Python", model: name, attr });
      else if (!isSameDefault(ours.default, property)) found.push({ what: "default", model: name, attr });
    }
    for (const attr of properties.keys()) {
      if (!theirs.has(attr)) found.push({ what: "only in BokehJS", model: name, attr });
    }
  }
  return found;
}

function isSameDefault(ours: unknown, property: PythonProperty): boolean {
  const theirs = property.flags & Flag.required ? undefined : property.default;
  return canonical(ours) === canonical(theirs);
}

/**
 * Returns a text that is equal for equivalent representations. The order of fields and `{ value }`
 * around a value do not count.
 */
function canonical(rep: unknown): string {
  return JSON.stringify(rep, (_key, value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    if (value.type === "value" && Object.keys(value).length === 2) return value.value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1));
  }) ?? "unset";
}
