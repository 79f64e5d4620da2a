/**
 * Creates projects like those of authors: folders outside this checkout that import this checkout as the package.
 *
 * @module
 */

import { dirname, join, relative } from "@std/path";

const ROOT = decodeURIComponent(new URL("../../", import.meta.url).pathname);

/** Creates a project with files and returns the path of its folder. */
export async function createProject(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const config = { imports: { "@bokeh/server": "jsr:@bokeh/server@^0.2.0" }, links: [relative(folder, ROOT)] };
  for (const [name, text] of Object.entries({ "deno.json": JSON.stringify(config), ...files })) {
    await Deno.mkdir(dirname(join(folder, name)), { recursive: true });
    await Deno.writeTextFile(join(folder, name), text);
  }
  return folder;
}
