/** Checks the dependencies in deno.json. */

import { assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };

const ROOT = new URL("..", import.meta.url);

Deno.test("deno.json: every dependency is imported by some file", async () => {
  const { stdout } = await new Deno.Command("git", { args: ["ls-files", "*.ts", "*.jsx", "*.md"], cwd: ROOT }).output();
  const texts = await Promise.all(
    new TextDecoder().decode(stdout).trim().split("\n").map((path) => Deno.readTextFile(new URL(path, ROOT))),
  );
  const all = texts.join("\n");
  const dependencies = Object.entries(config.imports).filter(([, target]) => !target.startsWith("./"));
  const unused = dependencies.map(([name]) => name).filter((name) => !all.includes(`"${name}`));
  assertEquals(unused, []);
});
