/**
 * Runs every generator and fails where a file in a `gen/` folder is not what its generator makes.
 *
 * @module
 */

const ROOT = new URL("..", import.meta.url);

/** A generator, and the folder that it writes. */
const GENERATORS = [
  { generator: "tools/generate_models/main.ts", folder: "models/gen/" },
  { generator: "tools/generate_palettes.ts", folder: "models/gen/" },
  { generator: "tools/generate_palettes.ts", folder: "plotting/palettes/gen/" },
  { generator: "tools/generate_glyph_methods.ts", folder: "plotting/gen/" },
  { generator: "tools/generate_bundles.ts", folder: "embed/gen/" },
];

/** The texts of a folder's files, by name. */
async function readFolder(folder: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for await (const { name, isFile } of Deno.readDir(new URL(folder, ROOT))) {
    if (isFile) texts.set(name, await Deno.readTextFile(new URL(folder + name, ROOT)));
  }
  return texts;
}

/** Runs a generator and puts back what was there; answers with the files that it would change. */
async function drift({ generator, folder }: typeof GENERATORS[number]): Promise<string[]> {
  const before = await readFolder(folder);
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", generator],
    cwd: ROOT,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) return [`${generator} fails: ${new TextDecoder().decode(stderr).trim()}`];
  const after = await readFolder(folder);
  for (const [name, text] of before) await Deno.writeTextFile(new URL(folder + name, ROOT), text);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => `${folder}${name} is not what ${generator} makes`);
}

if (import.meta.main) {
  const problems = (await Promise.all(GENERATORS.map(drift))).flat();
  for (const problem of problems) console.error(problem);
  Deno.exit(problems.length === 0 ? 0 : 1);
}
