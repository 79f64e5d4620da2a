/**
 * Runs every generator and fails where a file in a `gen/` folder is not what its generator makes.
 *
 * @module
 */

const ROOT = new URL("../..", import.meta.url);

/** Generators. */
const GENERATORS = [
  "tools/generate_models/main.ts",
  "tools/generate/palettes.ts",
  "tools/generate/glyph_methods.ts",
  "tools/generate/bundles.ts",
];

/** The folders that they write. */
const FOLDERS = ["models/gen/", "plotting/palettes/gen/", "plotting/gen/", "embed/resources/gen/"];

/** Returns the texts of all files in the folders, by path. */
async function readFolders(): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const folder of FOLDERS) {
    for await (const { name, isFile } of Deno.readDir(new URL(folder, ROOT))) {
      if (isFile) texts.set(folder + name, await Deno.readTextFile(new URL(folder + name, ROOT)));
    }
  }
  return texts;
}

/** Runs a generator. Returns a problem if it fails. */
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

/** Runs all generators, each once and so that none reads what another writes, and puts back what was there. */
async function findDrift(): Promise<string[]> {
  const before = await readFolders();
  const problems = (await Promise.all(GENERATORS.map(generate))).flat();
  const after = await readFolders();
  for (const [path, text] of before) await Deno.writeTextFile(new URL(path, ROOT), text);
  const drifted = [...new Set([...before.keys(), ...after.keys()])].filter((path) =>
    before.get(path) !== after.get(path)
  );
  return [...problems, ...drifted.map((path) => `${path} is not what its generator makes`)];
}

if (import.meta.main) {
  const problems = await findDrift();
  for (const problem of problems) console.error(problem);
  Deno.exit(problems.length === 0 ? 0 : 1);
}
