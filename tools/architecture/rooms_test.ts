import { assertEquals } from "@std/assert";
import { isImportAllowed, readRooms } from "./rooms.ts";
import { cyclesOf } from "./cycles.ts";

const TABLE = `
| room | who lives there | imports |
|---|---|---|
| \`protocol/\` | wire | |
| \`models/\` | models | protocol (types) |
| \`session/\` | sessions | models, protocol |
| \`bench/\`, \`tests/\` | by hand | anything |
`;

Deno.test("readRooms reads each room's imports", () => {
  const rooms = readRooms(TABLE);
  assertEquals([...rooms.keys()], ["protocol", "models", "session", "bench", "tests"]);
  assertEquals(rooms.get("bench")?.anything, true);
});

Deno.test("isImportAllowed tells types from values", () => {
  const rooms = readRooms(TABLE);
  assertEquals(isImportAllowed(rooms, "models", "protocol", true), true);
  assertEquals(isImportAllowed(rooms, "models", "protocol", false), false);
  assertEquals(isImportAllowed(rooms, "session", "protocol", false), true);
  assertEquals(isImportAllowed(rooms, "protocol", "session", true), false);
  assertEquals(isImportAllowed(rooms, "tests", "session", false), true);
  assertEquals(isImportAllowed(rooms, "elsewhere", "session", false), false);
});

Deno.test("cyclesOf finds the circle and nothing that hangs on it", () => {
  const graph = new Map([["a", new Set(["b"])], ["b", new Set(["c"])], ["c", new Set(["b", "d"])], [
    "d",
    new Set<string>(),
  ]]);
  assertEquals(cyclesOf(graph), [["b", "c"]]);
});
