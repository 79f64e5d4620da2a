/**
 * A Python with the real Bokeh, for the tests that compare with it.
 *
 * @module
 */

import { cacheFolder, exists } from "./cache_folder.ts";
import { installDebianPackages, outputOf, run } from "./process.ts";

/** The requirements of the conformance suite, and what the twins of examples need besides. */
const REQUIREMENTS = ["tests/conformance/requirements.txt", "tests/requirements.txt"].map((path) =>
  new URL(`../../${path}`, import.meta.url)
);
const VERSIONS = ["3.14", "3.13", "3.12"];

/** The Python of a virtual environment that holds all that the tests require. */
export async function ensurePython(): Promise<string> {
  const named = Deno.env.get("BOKEH_VENV");
  if (named) return `${named}/bin/python`;
  const venv = `${cacheFolder()}/python-${await digest(REQUIREMENTS)}`;
  const done = `${venv}/complete`;
  if (!await exists(done)) {
    await run(await ensureInterpreter(), ["-m", "venv", "--clear", venv]);
    await run(`${venv}/bin/python`, [
      ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check"],
      ...REQUIREMENTS.flatMap((file) => ["-r", decodeURIComponent(file.pathname)]),
    ]);
    await Deno.writeTextFile(done, "");
  }
  return `${venv}/bin/python`;
}

/** A Python of at least 3.12: one of the machine, of Debian's packages, or of uv's. */
async function ensureInterpreter(): Promise<string> {
  const found = await findInterpreter();
  if (found !== undefined) return found;
  console.error("No Python of at least 3.12 was found: trying Debian's packages, then uv");
  for (const version of VERSIONS) {
    if (!await outputOf("apt-cache", ["show", `python${version}-venv`])) continue;
    await installDebianPackages(`python${version}`, `python${version}-venv`);
    break;
  }
  const installed = await findInterpreter() ?? await uvInterpreter();
  if (installed === undefined) {
    throw new Error(
      "Cannot run the conformance suite: it needs Python 3.12 or newer, and neither Debian's packages nor uv have one; " +
        "install one and run this again, or name a virtual environment in BOKEH_VENV",
    );
  }
  return installed;
}

async function findInterpreter(): Promise<string | undefined> {
  const pyenv = Deno.env.get("PYENV_ROOT") ?? `${Deno.env.get("HOME")}/.pyenv`;
  const candidates = [
    ...VERSIONS.map((version) => `python${version}`),
    ...await pyenvInterpreters(`${pyenv}/versions`),
    "python3",
  ];
  for (const candidate of candidates) if (await isRecent(candidate)) return candidate;
  return undefined;
}

async function pyenvInterpreters(folder: string): Promise<string[]> {
  if (!await exists(folder)) return [];
  const names = (await Array.fromAsync(Deno.readDir(folder))).map((entry) => entry.name);
  return VERSIONS.flatMap((version) => names.filter((name) => name.startsWith(`${version}.`)))
    .map((name) => `${folder}/${name}/bin/python`);
}

/** Asks uv, if it is there or pip can install it into an environment of its own. */
async function uvInterpreter(): Promise<string | undefined> {
  const venv = `${cacheFolder()}/uv`;
  if (await outputOf("python3", ["-m", "venv", venv]) === undefined) return undefined;
  await outputOf(`${venv}/bin/pip`, ["install", "--quiet", "uv"]);
  await outputOf(`${venv}/bin/uv`, ["python", "install", VERSIONS[1]!]);
  return await outputOf(`${venv}/bin/uv`, ["python", "find", ">=3.12"]);
}

async function isRecent(python: string): Promise<boolean> {
  return await outputOf(python, ["-c", "import sys, venv, ensurepip; assert sys.version_info >= (3, 12)"]) !==
    undefined;
}

async function digest(files: readonly URL[]): Promise<string> {
  const texts = await Promise.all(files.map((file) => Deno.readTextFile(file)));
  const bytes = new TextEncoder().encode(texts.join(""));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex().slice(0, 12);
}
