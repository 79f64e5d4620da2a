/**
 * Writes the guide and the gallery as a static site, whose examples run in the browser: to `docs/site`, or to the folder
 * after `--output`. With names of examples as arguments, only these are live.
 *
 * ```sh
 * deno run -A tools/docs/site.ts --output public powers lines
 * ```
 *
 * @module
 */

import { dirname, join } from "@std/path";
import { COMPONENTS } from "../../embed/resources/bokehjs_components.ts";
import { PACKAGED_BOKEHJS } from "../../embed/resources/bokehjs_build.ts";
import { buildLive } from "../../live/build_live.ts";
import { livePath, sitePage } from "./site_page.ts";

const ROOT = decodeURIComponent(new URL("../../", import.meta.url).pathname);

/** How many examples are bundled at a time. */
const PARALLEL = 2;

/**
 * Writes the site.
 *
 * @param folder The folder to write to.
 * @param names Names of the examples to show live. @default All of them.
 * @returns What the examples use that browsers do not have.
 */
export async function writeSite(folder: string, names: readonly string[] = []): Promise<string[]> {
  const isLive = (example: string) => names.length === 0 || names.some((name) => example.endsWith(`/${name}.ts`));
  const examples = new Set<string>();
  const files = new Set<string>();
  for await (const { name, isFile } of Deno.readDir(join(ROOT, "docs"))) {
    if (!isFile || !name.endsWith(".md")) continue;
    const page = sitePage(name.slice(0, -3), await Deno.readTextFile(join(ROOT, "docs", name)), {
      isLive,
      isFolder: (path) => Deno.statSync(join(ROOT, path)).isDirectory,
    });
    for (const example of page.examples) examples.add(example);
    for (const file of page.files) files.add(file);
    await write(join(folder, name === "README.md" ? "index.html" : name.replace(/\.md$/, ".html")), page.html);
  }
  for (const file of files) await copyFile(folder, file);
  for (const name of COMPONENTS) {
    await write(
      join(folder, `live/bokehjs/${name}.min.js`),
      await PACKAGED_BOKEHJS.bundles.get(`${name}.min.js`)!.bytes(),
    );
  }
  const queue = [...examples].sort();
  const unavailable: string[] = [];
  await Promise.all(Array.from({ length: PARALLEL }, async () => {
    for (let example = queue.shift(); example !== undefined; example = queue.shift()) {
      unavailable.push(...await writeExample(folder, example));
    }
  }));
  return unavailable;
}

/** Writes the page of an example, and returns what it uses that browsers do not have. */
async function writeExample(folder: string, example: string): Promise<readonly string[]> {
  const path = livePath(example);
  // Defines its custom models, whose views the page contains.
  await import(`../../${example}`);
  const page = await buildLive(join(ROOT, example), {
    title: example,
    resources: "files",
    bokehjs: `${"../".repeat(path.split("/").length - 1)}bokehjs/`,
  });
  await write(join(folder, path, "index.html"), page.html);
  for (const [name, text] of page.files) await write(join(folder, path, name), text);
  return page.unavailable;
}

/** Copies a file that a page links. Sources become text files. */
async function copyFile(folder: string, path: string): Promise<void> {
  const source = join(ROOT, path);
  if ((await Deno.stat(source)).isDirectory) {
    const names = (await Array.fromAsync(Deno.readDir(source))).filter(({ isFile }) => isFile).map(({ name }) => name);
    for (const name of names) await copyFile(folder, join(path, name));
    const links = names.sort().map((name) => `<li><a href="${name}.txt">${name}</a></li>`).join("\n");
    return await write(join(folder, "files", path, "index.html"), `<!DOCTYPE html>\n<ul>\n${links}\n</ul>\n`);
  }
  const isShown = /\.(?:png|svg|html)$/.test(path);
  await write(join(folder, "files", isShown ? path : `${path}.txt`), await Deno.readFile(source));
}

async function write(path: string, content: string | Uint8Array): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeFile(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
}

if (import.meta.main) {
  const [folder, names] = Deno.args[0] === "--output"
    ? [Deno.args[1]!, Deno.args.slice(2)]
    : [join(ROOT, "docs/site"), Deno.args];
  for (const use of await writeSite(folder, names)) console.error(`WARNING: ${use} does not work in a browser`);
  // The examples have imported the package, which keeps running.
  Deno.exit();
}
