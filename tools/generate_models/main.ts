/**
 * Generates `models/gen/` and `models/mod.ts` from the registry of models of BokehJS and the
 * baseline of Python.
 *
 * ```sh
 * deno run -A tools/generate_models/main.ts           # writes
 * deno run -A tools/generate_models/main.ts --check   # fails if the files would change
 * ```
 *
 * @module
 */

import { readBokehjs } from "./bokehjs_registry.ts";
import { ClassesFile } from "./classes_file.ts";
import { compareSides } from "./compare.ts";
import { unsettledDifferences } from "./differences.ts";
import { enumsFile } from "./enums_file.ts";
import { mergeModels } from "./merge.ts";
import { modFile } from "./mod_file.ts";
import { Names } from "./names.ts";
import { readPython } from "./python_baseline.ts";
import { specFile } from "./spec_file.ts";

const bokehjs = await readBokehjs();
const python = readPython();
const unsettled = unsettledDifferences(compareSides(bokehjs, python));
if (unsettled.length > 0) {
  console.error(`BokehJS and Python differ:\n${unsettled.join("\n")}`);
  Deno.exit(1);
}
const models = mergeModels(bokehjs, python);
const names = new Names(models.keys());
const classes = new ClassesFile(models, names);
const files: Record<string, string> = {
  "gen/class_table.ts": classes.table(),
  "gen/class_types.ts": classes.types(),
  "gen/classes.ts": classes.classes(),
  "gen/enums.ts": enumsFile(names),
  "gen/spec.jsonl": specFile(models.values()),
  "mod.ts": modFile(models.values(), names),
};
const out = new URL("../../models/", import.meta.url);
await Deno.mkdir(new URL("gen/", out), { recursive: true });
const isCheck = Deno.args.includes("--check");
let stale = 0;
for (const [name, text] of Object.entries(files)) {
  const file = new URL(name, out);
  if (await readIfThere(file) === text) continue;
  stale++;
  if (isCheck) console.error(`models/${name} is not what the generator writes`);
  else await Deno.writeTextFile(file, text);
}
// The bundles of BokehJS leave timers, which would keep the process alive.
Deno.exit(isCheck && stale > 0 ? 1 : 0);

async function readIfThere(file: URL): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
