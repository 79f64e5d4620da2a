/** Compares the code with ARCHITECTURE.md's layer table, and checks import cycles and file sizes. */

import { assertEquals } from "@std/assert";
import { cyclesOf } from "../tools/architecture/cycles.ts";
import { isImportAllowed, layersOfRow, readLayers } from "../tools/architecture/layers.ts";
import config from "../deno.json" with { type: "json" };
import { type Source, sources } from "../tools/architecture/sources.ts";

const page = await Deno.readTextFile(new URL("../ARCHITECTURE.md", import.meta.url));
const layers = readLayers(page);
const files = await sources(new URL("..", import.meta.url));
/** Generated files have no limits of size: they are as long as their input. */
const handWritten = files.filter((file) => !file.path.includes("/gen/"));
/** The files that the layer table applies to. Tests may import anything. */
const product = files.filter((file) => !file.isTest);

Deno.test("ARCHITECTURE.md's table has one row for each layer", () => {
  const names = page.split("\n").flatMap((line) => layersOfRow(line) ?? []);
  assertEquals(names.filter((name, i) => names.indexOf(name) !== i), []);
});

Deno.test("every folder with code has its line in ARCHITECTURE.md", () => {
  assertEquals([...new Set(files.map((file) => file.layer))].filter((layer) => !layers.has(layer)), []);
});

Deno.test("ARCHITECTURE.md's table allows every import", () => {
  const wrong = product.flatMap((file) =>
    file.imports.filter((to) => to.layer !== undefined && !isImportAllowed(layers, file.layer, to.layer, to.typesOnly))
      .map((to) => `${file.path} imports ${to.path}`)
  );
  assertEquals(wrong, [], "If the import is right: deno run -A tools/architecture/layer_table.ts");
});

Deno.test("no file of the package imports the package's entry point", () => {
  const wrong = product.filter((file) => file.path !== "mod.ts" && !isOutside(file))
    .flatMap((file) => file.imports.filter((to) => to.path === "mod.ts").map(() => file.path));
  assertEquals(wrong, []);
});

Deno.test("only models/gen/classes.ts imports the table and the types of models, besides types for their methods", () => {
  const [types, table] = ["models/gen/class_types.ts", "models/gen/class_table.ts"];
  const isOfMethods = (path: string) => /^(models\/behaviors|tools\/generate_models\/method_types)\//.test(path);
  const wrong = files.filter((file) => file.path !== "models/gen/classes.ts")
    .flatMap((file) =>
      file.imports.filter((to) => to.path === table || to.path === types && !(to.typesOnly && isOfMethods(file.path)))
        .map((to) => `${file.path} imports ${to.path}`)
    );
  assertEquals(wrong, []);
});

Deno.test("no two layers import each other, types included", () => {
  assertEquals(cyclesOf(edges(product, (path) => path.split("/")[0]!)), []);
});

Deno.test("no files import each other in a cycle, types included", () => {
  assertEquals(cyclesOf(edges(product, (path) => path)), []);
});

Deno.test("layers that run in a browser do not use the name Deno", () => {
  const browserSafe = ["common", "protocol", "models", "document", "plotting"];
  const wrong = product.filter((file) => browserSafe.includes(file.layer) && /\bDeno\./.test(file.code));
  assertEquals(wrong.map((file) => file.path), []);
});

Deno.test("files have at most 500 lines, except entry points", () => {
  assertEquals(
    handWritten.filter((file) => !isEntryPoint(file.path) && file.lines > 500)
      .map((file) => `${file.path}: ${file.lines}`),
    [],
  );
});

Deno.test("files export at most 10 names, except entry points", () => {
  const wrong = handWritten.filter((file) => !isEntryPoint(file.path) && file.exports > 10);
  assertEquals(wrong.map((file) => `${file.path}: ${file.exports}`), []);
});

Deno.test("there are at most ten suppressions of checks, and one more for each thousand lines", () => {
  const suppressions = handWritten.filter((file) => !file.isTest)
    .flatMap((file) => file.text.match(/deno-lint-ignore|@ts-(?:ignore|expect-error|nocheck)/g) ?? []);
  const lines = handWritten.reduce((sum, file) => sum + file.lines, 0);
  assertEquals(suppressions.length <= 10 + lines / 1000, true, `${suppressions.length} suppressions`);
});

Deno.test("the files and folders that ARCHITECTURE.md, PROTOCOL.md and docs/decisions.md mention exist", async () => {
  const root = new URL("..", import.meta.url);
  const missing: string[] = [];
  for (const page of ["ARCHITECTURE.md", "PROTOCOL.md", "docs/decisions.md"]) {
    const text = await Deno.readTextFile(new URL(page, root));
    for (const [, path] of text.matchAll(/`([a-z_]+\/[\w/.-]*)`/g)) {
      await Deno.stat(new URL(path!, root)).catch(() => missing.push(`${page}: ${path}`));
    }
  }
  assertEquals(missing, []);
});

/** Returns the graph of imports between files, or between the groups of files that `name` puts them in. */
function edges(from: Source[], name: (path: string) => string): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  for (const file of from) {
    if (isOutside(file)) continue;
    for (const to of file.imports) {
      if (to.layer === undefined || to.dynamic) continue;
      const [a, b] = [name(file.path), name(to.path)];
      if (a !== b) graph.set(a, (graph.get(a) ?? new Set()).add(b));
    }
  }
  return graph;
}

/** Returns whether a file is not part of the package, and uses it as its users do. */
function isOutside(file: Source): boolean {
  return ["examples", "tests", "bench", "tools", "docs"].includes(file.layer);
}

/** Returns whether `deno.json` exports the file, or the file only re-exports others. */
function isEntryPoint(path: string): boolean {
  return path.endsWith("mod.ts") || Object.values(config.exports).includes(`./${path}`);
}
