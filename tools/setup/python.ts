/**
 * Creates a virtual environment with Bokeh for Python, for the tests that compare with it.
 *
 * @module
 */

import { cacheFolder, exists } from "./cache_folder.ts";
import { installDebianPackages, outputOf, run } from "./process.ts";

/** The requirements of the conformance suite and of the other tests. */
const REQUIREMENTS = ["tests/conformance/requirements.txt", "tests/requirements.txt"].map((path) =>
  new URL(`../../${path}`, import.meta.url)
);
/** Versions of Python to look for, in this order. */
const VERSIONS = ["3.14", "3.13", "3.12"];

/**
 * Returns the Python of a virtual environment that has all requirements of the tests.
 *
 * The variable `BOKEH_VENV` can name an existing environment. Otherwise one is created in the cache folder, and created
 * anew when the requirements change.
 *
 * @throws {Error} if there is no Python 3.12 or newer and none can be installed, or if pip fails
 */
export async function ensurePython(): Promise<string> {
  const named = Deno.env.get("BOKEH_VENV");
  return named ? `${named}/bin/python` : await ensureVirtualEnvironment("python", REQUIREMENTS);
}

/**
 * Returns the Python of a virtual environment in the cache folder, which is created if it does not exist.
 *
 * @param name Start of the name of its folder.
 * @param requirements Files with the requirements of pip.
 */
export async function ensureVirtualEnvironment(name: string, requirements: readonly URL[]): Promise<string> {
  const venv = `${cacheFolder()}/${name}-${await digest(requirements)}`;
  const done = `${venv}/complete`;
  if (!await exists(done)) {
    await run(await ensureInterpreter(), ["-m", "venv", "--clear", venv]);
    await run(`${venv}/bin/python`, [
      ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check"],
      ...requirements.flatMap((file) => ["-r", decodeURIComponent(file.pathname)]),
    ]);
    await Deno.writeTextFile(done, "");
  }
  return `${venv}/bin/python`;
}

/** Returns a Python 3.12 or newer: an installed one, one from Debian's packages, or one from uv. */
async function ensureInterpreter(): Promise<string> {
  const found = await findInterpreter();
  if (found !== undefined) return found;
  console.error("Installing Python from Debian's packages or with uv: no Python 3.12 or newer was found");
  for (const version of VERSIONS) {
    if (!await outputOf("apt-cache", ["show", `python${version}-venv`])) continue;
    await installDebianPackages(`python${version}`, `python${version}-venv`);
    break;
  }
  const installed = await findInterpreter() ?? await uvInterpreter();
  if (installed === undefined) {
    throw new Error(
      "Cannot find Python 3.12 or newer, and neither Debian's packages nor uv provide one: install it, or set " +
        "BOKEH_VENV to a virtual environment",
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

/** Installs uv into a separate environment, and a Python with it. Returns its path, or `undefined` if that fails. */
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
