import { assertEquals } from "@std/assert";
import { classSpec, modelNames } from "../../models/spec/registry.ts";
import "../../models/mod.ts";
import { Flag, readPython } from "./python_baseline.ts";

const python = readPython();

Deno.test("generated models have the attributes, defaults and flags of Python", () => {
  const differences: string[] = [];
  for (const name of modelNames()) {
    for (const property of python.get(name)?.properties ?? []) {
      const [attr, { default: rep, flags }] = property;
      const ours = classSpec(name).property(attr);
      const theirs = [flags & Flag.required ? null : rep, flags];
      const found = ours === undefined ? undefined : [ours.required ? null : ours.defaultRep, ours.flags];
      if (JSON.stringify(found) !== JSON.stringify(theirs)) differences.push(`${name}.${attr}`);
    }
  }
  assertEquals(differences, []);
});

/** Base classes that only Python has. */
const BASES =
  "AbstractGroup CategoricalMapper ConnectedXYGlyph CustomCode DataModel Drag HTMLAnnotation HTMLTextAnnotation " +
  "LRTBGlyph MapPlot Scroll Tap";

Deno.test("generated models include all models of Python except some base classes", () => {
  const known = new Set(modelNames());
  const missing = [...python.values()].filter((model) => model.model && !known.has(model.name));
  assertEquals(missing.map((model) => model.name).toSorted(), BASES.split(" "));
});
