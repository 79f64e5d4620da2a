/** Examples, commands and links in README.md and the guide. */

import { assertEquals, assertStringIncludes } from "@std/assert";

const readme = await Deno.readTextFile(new URL("../README.md", import.meta.url));

Deno.test("README.md: contains the application in examples", async () => {
  const [, shown] = /```ts ignore\n([\s\S]*?)```/.exec(readme)!;
  assertEquals(shown, await Deno.readTextFile(new URL("../examples/powers.ts", import.meta.url)));
});

Deno.test("README.md: contains the command that CI runs", async () => {
  const [command] = /npx -y deno@\S+ task ci/.exec(readme)!;
  assertStringIncludes(await Deno.readTextFile(new URL("../.ci/run", import.meta.url)), command);
});

Deno.test("README.md, docs: all linked files exist", async () => {
  const pages = ["../README.md"];
  for await (const { name } of Deno.readDir(new URL("../docs/", import.meta.url))) {
    if (name.endsWith(".md")) pages.push(`../docs/${name}`);
  }
  for (const page of pages.map((path) => new URL(path, import.meta.url))) {
    const text = (await Deno.readTextFile(page)).replaceAll(/^```[\s\S]*?^```/gm, "");
    for (const [, target] of text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)) {
      await Deno.stat(new URL(target!, page)).catch((cause) => {
        throw new Error(`Cannot find what ${page} links: ${target}`, { cause });
      });
    }
  }
});

Deno.test("docs/compiling.md: contains the program in examples", async () => {
  const [, shown] = /```ts ignore\n([\s\S]*?)```/.exec(
    await Deno.readTextFile(new URL("../docs/compiling.md", import.meta.url)),
  )!;
  const program = await Deno.readTextFile(new URL("../examples/standalone.ts", import.meta.url));
  assertEquals(shown, program.slice(program.indexOf("import")));
});
