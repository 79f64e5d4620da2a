/**
 * A Deno that can make programs, for the test that runs one.
 *
 * @module
 */

import { cacheFolder, exists } from "./cache_folder.ts";
import { run } from "./process.ts";

/**
 * Where Deno's own server cannot be reached: a Deno of npm, and what `deno compile` puts programs on, taken from a program that was made with
 * that Deno and is on npm too. What is appended to a program again takes the place of what it was.
 */
const FROM_NPM = {
  "@deno/linux-x64-glibc": "2.7.11",
  "@stdy/cli-linux-x64": "0.22.2",
};

/** How programs are compiled. */
export interface Compiler {
  /** The path of a Deno. */
  readonly deno: string;
  /** What `deno compile` must be told besides. */
  readonly args: readonly string[];
  /** Its environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** This Deno where it can compile, or else one of npm's packages. */
export async function ensureCompiler(): Promise<Compiler> {
  const own: Compiler = { deno: Deno.execPath(), args: [], env: {} };
  if (await compiles(own)) return own;
  const folder = `${cacheFolder()}/compiler-${Object.values(FROM_NPM).join("-")}`;
  const modules = `${folder}/node_modules`;
  const installed: Compiler = {
    deno: `${modules}/@deno/linux-x64-glibc/deno`,
    // before 2.8 the text of BokehJS was not imported without being asked for
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

/** Whether this machine has, or can fetch, what the compiler puts programs on. */
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
