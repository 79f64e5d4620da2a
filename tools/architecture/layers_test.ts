import { assertEquals } from "@std/assert";
import { isImportAllowed, readLayers } from "./layers.ts";
import { cyclesOf } from "./cycles.ts";
import { fillImports } from "./layer_table.ts";
import { describeSource } from "./sources.ts";

const TABLE = `
| layer | contents | imports |
|---|---|---|
| \`protocol/\` | wire | |
| \`models/\` | models | protocol (types) |
| \`session/\` | sessions | models, protocol |
| \`bench/\`, \`tests/\` | by hand | anything |
`;

Deno.test("readLayers reads the imports of each layer", () => {
  const layers = readLayers(TABLE);
  assertEquals([...layers.keys()], ["protocol", "models", "session", "bench", "tests"]);
  assertEquals(layers.get("bench")?.anything, true);
});

Deno.test("isImportAllowed distinguishes types from values", () => {
  const layers = readLayers(TABLE);
  assertEquals(isImportAllowed(layers, "models", "protocol", true), true);
  assertEquals(isImportAllowed(layers, "models", "protocol", false), false);
  assertEquals(isImportAllowed(layers, "session", "protocol", false), true);
  assertEquals(isImportAllowed(layers, "protocol", "session", true), false);
  assertEquals(isImportAllowed(layers, "tests", "session", false), true);
  assertEquals(isImportAllowed(layers, "elsewhere", "session", false), false);
});

Deno.test("cyclesOf finds the nodes of a cycle, without nodes that only lead to it or follow it", () => {
  const graph = new Map([["a", new Set(["b"])], ["b", new Set(["c"])], ["c", new Set(["b", "d"])], [
    "d",
    new Set<string>(),
  ]]);
  assertEquals(cyclesOf(graph), [["b", "c"]]);
});

Deno.test("fillImports lists what the code imports, types apart, in the order of the table", () => {
  const files = [
    describeSource("session/a.ts", 'import { M } from "../models/m.ts";\nimport type { P } from "../protocol/p.ts";'),
    describeSource("session/b.ts", 'import type { M } from "../models/m.ts";'),
    describeSource("models/m_test.ts", 'import { S } from "../session/a.ts";'),
  ];
  const filled = readLayers(fillImports(TABLE, files));
  assertEquals([...filled.get("session")!.imports], [
    ["protocol", { typesOnly: true }],
    ["models", { typesOnly: false }],
  ]);
  assertEquals(filled.get("models")!.imports.size, 0);
  assertEquals(filled.get("bench")!.anything, true);
});
