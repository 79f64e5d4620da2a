import { assertEquals, assertNotEquals } from "@std/assert";
import { FILE_ID_PATTERN, FileIds } from "./file_id.ts";
import { sessionKeyOf } from "./session_key.ts";

const KEY = sessionKeyOf("/app", "a session");

Deno.test("FileIds creates ids from which every process with the secret finds the session", () => {
  const id = new FileIds("secret").idOf(KEY, "3");
  assertEquals(new RegExp(`^${FILE_ID_PATTERN}$`).test(id), true);
  assertEquals(new FileIds("secret").idOf(KEY, "3"), id);
  assertEquals(new FileIds("secret").keyOf(id), KEY);
  assertEquals(new FileIds("another secret").keyOf(id), undefined);
});

Deno.test("FileIds refuses ids that were changed", () => {
  const ids = new FileIds("secret");
  const id = ids.idOf(KEY, "3");
  const [key, , signature] = id.split(".");
  const forged = [`${key}.4.${signature}`, `${sessionKeyOf("/app", "another")}.3.${signature}`, `${id}A`, id.slice(1)];
  for (const other of [...forged, "", ".", `${key}.3.`, `${key}.3.${"é".repeat(22)}`]) {
    assertEquals(ids.keyOf(other), undefined, other);
  }
});

Deno.test("sessionKeyOf differs for each application and each id", () => {
  const keys = [sessionKeyOf("/a", "b"), sessionKeyOf("/b", "b"), sessionKeyOf("/a", "a"), sessionKeyOf("/", "a/b")];
  assertEquals(new Set(keys).size, 4);
  assertNotEquals(sessionKeyOf("/a", "b"), sessionKeyOf("/a/b", ""));
});
