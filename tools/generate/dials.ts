/**
 * Builds the extension in tests/fixtures/dials with Python's `bokeh build`, which needs npm, and
 * writes its classes with the command `classes`.
 *
 * ```sh
 * deno run -A tools/generate/dials.ts
 * ```
 *
 * @module
 */

import { join } from "@std/path";
import { run } from "../setup/process.ts";
import { ensurePython } from "../setup/python.ts";

const ROOT = decodeURIComponent(new URL("../../", import.meta.url).pathname);
const EXTENSION = join(ROOT, "tests/fixtures/dials");

/** The build leaves node_modules and its cache beside the sources. */
const folder = join(await Deno.makeTempDir(), "dials");
await run("cp", ["-r", EXTENSION, folder]);
await run(await ensurePython(), ["-m", "bokeh", "build", folder]);
await Deno.copyFile(join(folder, "dist/dials.min.js"), join(EXTENSION, "dist/dials.min.js"));
await Deno.remove(folder, { recursive: true });
await run(
  Deno.execPath(),
  ["run", "-A", join(ROOT, "mod.ts"), "classes", "dist/dials.min.js", "--css", "dials.css"],
  { cwd: EXTENSION },
);
