/** The steps of docs/first_steps.md work as written, in a folder outside this checkout. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { firstLine } from "../kit/first_line.ts";
import { createProject } from "../kit/project_folder.ts";

const PAGE = await Deno.readTextFile(new URL("../../docs/first_steps.md", import.meta.url));

/** Returns the code blocks of the page in a language. */
function blocks(language: string): string[] {
  return Array.from(PAGE.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, "gm")), ([, text]) => text!);
}

/** Creates the folder that the page describes. Its only difference is the path of the checkout. */
async function makeFolder(): Promise<string> {
  const [application, test] = blocks("ts");
  const folder = await createProject({ "powers.ts": application!, "powers_test.ts": test! });
  const { imports } = JSON.parse(blocks("json")[0]!);
  assertEquals(imports, JSON.parse(await Deno.readTextFile(`${folder}/deno.json`)).imports);
  return folder;
}

Deno.test("docs/first_steps.md: the command serves the application", async () => {
  const folder = await makeFolder();
  const [, command] = /^deno (run .*) --show$/m.exec(blocks("sh")[0]!)!;
  await using child = new Deno.Command(Deno.execPath(), {
    args: [...command!.split(" "), "--port", "0", "--log-level", "error"],
    cwd: folder,
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const [url] = /http:\S+/.exec(await firstLine(child.stdout))!;
  assertStringIncludes(await (await fetch(url)).text(), "bokeh.min.js");
  child.kill("SIGTERM");
  assertEquals((await child.status).code, 0);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("docs/first_steps.md: the test passes", async () => {
  const folder = await makeFolder();
  assertStringIncludes(PAGE, "`deno test`");
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["test"],
    cwd: folder,
    stdin: "null",
  }).output();
  const text = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
  assert(success, text);
  assertStringIncludes(text, "1 passed");
  await Deno.remove(folder, { recursive: true });
});
