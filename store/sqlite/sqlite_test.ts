import { assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import type { StoreNotice } from "../../session/persistence/session_store.ts";
import { captureLogs } from "../../testing/captured_logs.ts";
import { eventually } from "../../tests/kit/eventually.ts";
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

Deno.test("sqliteStore() delivers notices after another process has held the lock of the file for too long", async () => {
  const folder = await Deno.makeTempDir();
  try {
    using captured = captureLogs();
    const path = `${folder}/sessions.db`;
    await using store = sqliteStore(path);
    await using a = await store.join({ id: "a", build: "1" });
    const other = new DatabaseSync(path);
    const notices: StoreNotice[] = [];
    a.onNotice((notice) => void notices.push(notice));
    const notice: StoreNotice = { kind: "fenced", key: "k", epoch: "e" };
    other.prepare("INSERT INTO notices (node, notice) VALUES ('a', ?)").run(JSON.stringify(notice));
    other.exec("BEGIN IMMEDIATE");
    await eventually(() => captured.logs.some(({ message }) => message.includes("is locked")), "a check has failed");
    other.exec("ROLLBACK");
    await eventually(() => notices.length > 0, "the notice is delivered");
    assertEquals(notices, [notice]);
    other.close();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
