/** Holds ARCHITECTURE.md's table, and the sizes of the house, to the code. */

import { assertEquals } from "@std/assert";
import { isImportAllowed, readRooms } from "../tools/architecture/rooms.ts";
import { cyclesOf } from "../tools/architecture/cycles.ts";
import config from "../deno.json" with { type: "json" };
import { type Source, sources } from "../tools/architecture/sources.ts";

const rooms = readRooms(await Deno.readTextFile(new URL("../ARCHITECTURE.md", import.meta.url)));
const files = await sources(new URL("..", import.meta.url));
/** Generated files are as long as what they are generated from. */
const written = files.filter((file) => !file.path.includes("/gen/"));
/** What is held to the table: a test may import whatever it tests with. */
const held = files.filter((file) => !file.isTest);

Deno.test("every folder with code has its line in ARCHITECTURE.md", () => {
  assertEquals([...new Set(files.map((file) => file.room))].filter((room) => !rooms.has(room)), []);
});

Deno.test("every import is one of ARCHITECTURE.md's table", () => {
  const wrong = held.flatMap((file) =>
    file.imports.filter((to) => to.room !== undefined && !isImportAllowed(rooms, file.room, to.room, to.typeOnly))
      .map((to) => `${file.path} imports ${to.path}`)
  );
  assertEquals(wrong, []);
});

Deno.test("nothing imports a front door from within", () => {
  const wrong = held.filter((file) => file.path !== "mod.ts" && !isOutside(file))
    .flatMap((file) => file.imports.filter((to) => to.path === "mod.ts").map(() => file.path));
  assertEquals(wrong, []);
});

Deno.test("only models/gen/classes.ts imports the table and the types of models, besides types for their methods", () => {
  const [types, table] = ["models/gen/class_types.ts", "models/gen/class_table.ts"];
  const isOfMethods = (path: string) => /^(models\/behaviors|tools\/generate_models\/method_types)\//.test(path);
  const wrong = files.filter((file) => file.path !== "models/gen/classes.ts")
    .flatMap((file) =>
      file.imports.filter((to) => to.path === table || to.path === types && !(to.typeOnly && isOfMethods(file.path)))
        .map((to) => `${file.path} imports ${to.path}`)
    );
  assertEquals(wrong, []);
});

Deno.test("no two rooms import each other, types included", () => {
  assertEquals(cyclesOf(edges(held, (path) => path.split("/")[0]!, false)), []);
});

Deno.test("no files import each other in a circle at run time", () => {
  assertEquals(cyclesOf(edges(held, (path) => path, true)), []);
});

Deno.test("rooms that run in a browser do not name Deno", () => {
  const browserSafe = ["common", "protocol", "models", "document", "plotting"];
  const wrong = held.filter((file) => browserSafe.includes(file.room) && /\bDeno\./.test(file.code));
  assertEquals(wrong.map((file) => file.path), []);
});

Deno.test("files have at most 500 lines, front doors aside", () => {
  assertEquals(
    written.filter((file) => !isFrontDoor(file.path) && file.lines > 500).map((file) => `${file.path}: ${file.lines}`),
    [],
  );
});

Deno.test("files export at most 10 names, front doors aside", () => {
  const wrong = written.filter((file) => !isFrontDoor(file.path) && file.exports > 10);
  assertEquals(wrong.map((file) => `${file.path}: ${file.exports}`), []);
});

Deno.test("files have at most one suppression in a thousand lines, and ten", () => {
  const suppressions = written.filter((file) => !file.isTest)
    .flatMap((file) => file.text.match(/deno-lint-ignore|@ts-(?:ignore|expect-error|nocheck)/g) ?? []);
  const lines = written.reduce((sum, file) => sum + file.lines, 0);
  assertEquals(suppressions.length <= 10 + lines / 1000, true, `${suppressions.length} suppressions`);
});

function edges(from: Source[], name: (path: string) => string, values: boolean): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  for (const file of from) {
    if (isOutside(file)) continue;
    for (const to of file.imports) {
      if (to.room === undefined || values && to.typeOnly || to.dynamic) continue;
      const [a, b] = [name(file.path), name(to.path)];
      if (a !== b) graph.set(a, (graph.get(a) ?? new Set()).add(b));
    }
  }
  return graph;
}

/** Whether a file stands outside the house: it uses the front door as everybody does. */
function isOutside(file: Source): boolean {
  return ["examples", "tests", "bench", "tools", "docs"].includes(file.room);
}

/** Whether the package exports the file: its names are listed, as many as there are. */
function isFrontDoor(path: string): boolean {
  return path.endsWith("mod.ts") || Object.values(config.exports).includes(`./${path}`);
}
