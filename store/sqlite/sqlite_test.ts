import { assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { testSessionStore } from "../contract_test_support.ts";
import { sqliteStore } from "./mod.ts";

testSessionStore("sqliteStore()", async () => {
  const folder = await Deno.makeTempDir();
  return {
    connect: () => sqliteStore(`${folder}/sessions.db`),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
});

Deno.test("sqliteStore() waits for another process that prepares the file at the same time", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/sessions.db`;
    const other = new DatabaseSync(path);
    other.exec("BEGIN EXCLUSIVE");
    await using store = sqliteStore(path);
    const joining = store.join({ id: "a", build: "1" });
    other.exec("COMMIT");
    other.close();
    await using member = await joining;
    assertEquals(member.isLeaseCurrent, true);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
