/**
 * Runs the generators of code and of the layer table, and fails if a file differs from the one in the checkout. Restores the
 * files. Unit tests check the generated pages of the guide.
 *
 * @module
 */

const ROOT = new URL("../..", import.meta.url);

/** The generators. Those of one group run at the same time, because none of them reads what another writes. */
const GENERATORS = [
  [
    "tools/generate_models/main.ts",
    "tools/generate/bundles.ts",
    "tools/generate/glyph_methods.ts",
    "tools/generate/palettes.ts",
  ],
  // reads all source files
  ["tools/architecture/layer_table.ts"],
];

/** The folders and files that the generators write. */
const FOLDERS = [
  "models/gen/",
  "plotting/palettes/gen/",
  "plotting/gen/",
  "embed/resources/gen/",
  "embed/resources/gen/bokehjs/",
];
const FILES = ["ARCHITECTURE.md", "models/mod.ts"];

/** Returns the texts of all generated files by path. */
async function readGenerated(): Promise<Map<string, string>> {
  const paths = [...FILES];
  for (const folder of FOLDERS) {
    for await (const { name, isFile } of Deno.readDir(new URL(folder, ROOT))) if (isFile) paths.push(folder + name);
  }
  const texts = await Promise.all(paths.map((path) => Deno.readTextFile(new URL(path, ROOT))));
  return new Map(paths.map((path, i) => [path, texts[i]!]));
}

/** Runs a generator. Returns its error output if it fails. */
async function generate(generator: string): Promise<string[]> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", generator],
    cwd: ROOT,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  return success ? [] : [`${generator} fails: ${new TextDecoder().decode(stderr).trim()}`];
}

/** Runs all generators. Returns their errors and the files that differ. */
async function findDrift(): Promise<string[]> {
  const before = await readGenerated();
  const problems: string[] = [];
  for (const group of GENERATORS) problems.push(...(await Promise.all(group.map(generate))).flat());
  const after = await readGenerated();
  for (const [path, text] of before) await Deno.writeTextFile(new URL(path, ROOT), text);
  const drifted = [...new Set([...before.keys(), ...after.keys()])].filter((path) =>
    before.get(path) !== after.get(path)
  );
  return [
    ...problems,
    ...drifted.map((path) => `${path} is not up to date: run its generator (see tools/generate/check_generated.ts)`),
  ];
}

if (import.meta.main) {
  const problems = await findDrift();
  for (const problem of problems) console.error(problem);
  Deno.exit(problems.length === 0 ? 0 : 1);
}
