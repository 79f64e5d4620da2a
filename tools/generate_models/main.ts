/**
 * Generates `models/gen/` from BokehJS's registry of models and Python's baseline of their defaults.
 *
 * ```sh
 * deno run -A tools/generate_models/main.ts           # writes
 * deno run -A tools/generate_models/main.ts --check   # fails if that would change anything
 * ```
 *
 * @module
 */

import { readBokehjs } from "./bokehjs_registry.ts";
import { mergeModels } from "./merge.ts";
import { readPython } from "./python_baseline.ts";
import { specFile } from "./spec_file.ts";

const models = mergeModels(await readBokehjs(), readPython());
const out = new URL("../../models/gen/", import.meta.url);
await Deno.mkdir(out, { recursive: true });
await Deno.writeTextFile(new URL("spec.json", out), specFile(models.values()));
Deno.exit();
