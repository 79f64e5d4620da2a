import { assertEquals } from "@std/assert";

const ROOT = new URL("../../", import.meta.url);
const docs = await Deno.readTextFile(new URL("docs/security.md", ROOT));

Deno.test("docs/security.md: lists every file of tests/security", () => {
  const list = docs.slice(docs.indexOf("## Tests"), docs.indexOf("## Dependencies"));
  const listed = new Set(Array.from(list.matchAll(/`([a-z_]+_test\.ts)`/g), ([, name]) => name!));
  const existing = new Set([...Deno.readDirSync(new URL(".", import.meta.url))].map(({ name }) => name));
  existing.delete("security_doc_test.ts");
  assertEquals(listed, existing);
});

Deno.test("docs/security.md: all other test files that it mentions exist", async () => {
  const missing: string[] = [];
  for (const [, path] of docs.matchAll(/`([a-z_/]+\/[a-z_]+_test\.ts)`/g)) {
    await Deno.stat(new URL(path!, ROOT)).catch(() => void missing.push(path!));
  }
  assertEquals(missing, []);
});
