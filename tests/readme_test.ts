/** README.md says what is so. */

import { assertEquals, assertStringIncludes } from "@std/assert";

const readme = await Deno.readTextFile(new URL("../README.md", import.meta.url));

Deno.test("README.md shows the application that is in examples", async () => {
  const [, shown] = /```ts ignore\n([\s\S]*?)```/.exec(readme)!;
  assertEquals(shown, await Deno.readTextFile(new URL("../examples/powers.ts", import.meta.url)));
});

Deno.test("README.md names the command that CI runs", async () => {
  const [command] = /npx -y deno@\S+ task ci/.exec(readme)!;
  assertStringIncludes(await Deno.readTextFile(new URL("../.ci/run", import.meta.url)), command);
});

Deno.test("README.md links files that are there", async () => {
  for (const [, target] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
    await Deno.stat(new URL(`../${target}`, import.meta.url));
  }
});
