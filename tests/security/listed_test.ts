import { assertEquals } from "@std/assert";

Deno.test("docs/security.md lists every file of tests/security", async () => {
  const docs = await Deno.readTextFile(new URL("../../docs/security.md", import.meta.url));
  const list = docs.slice(docs.indexOf("## Where it is tried"), docs.indexOf("## What is depended on"));
  const listed = new Set(Array.from(list.matchAll(/`([a-z_]+_test\.ts)`/g), ([, name]) => name!));
  const there = new Set([...Deno.readDirSync(new URL(".", import.meta.url))].map(({ name }) => name));
  there.delete("listed_test.ts");
  assertEquals(listed, there);
});
