/** Checks the dependencies in deno.json. */

import { assert, assertEquals } from "@std/assert";
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

/** A module of the output of `deno info --json`. */
interface ModuleInfo {
  readonly specifier: string;
  readonly dependencies?: readonly { readonly isDynamic?: boolean; readonly code?: { readonly specifier?: string } }[];
}

Deno.test("mod.ts: does not load session stores, export or logins before they are used", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json", "mod.ts"], cwd: ROOT })
    .output();
  const { roots, modules }: { roots: string[]; modules: ModuleInfo[] } = JSON.parse(new TextDecoder().decode(stdout));
  const byName = new Map(modules.map((module) => [module.specifier, module]));
  const loaded = new Set(roots);
  for (const name of loaded) {
    for (const { isDynamic, code } of byName.get(name)?.dependencies ?? []) {
      if (!isDynamic && code?.specifier !== undefined) loaded.add(code.specifier);
    }
  }
  assert(loaded.size > 100);
  const heavy = [...loaded].filter((name) => /@redis|openid-client|playwright|\/store\/(redis|sqlite)\//.test(name));
  assertEquals(heavy, []);
});
