import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { CommandError } from "../exit.ts";
import { openSessionStore } from "./session_store.ts";

Deno.test("openSessionStore() gives all processes that create the key beside a database the same key", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (let round = 0; round < 20; round++) {
      const name = `sqlite:${folder}/${round}.db`;
      const opened = await Promise.all(Array.from({ length: 4 }, () => openSessionStore(name, undefined)));
      const [secret] = opened.map(({ sessionStoreSecret }) => sessionStoreSecret);
      assertNotEquals(secret, "");
      assertEquals(opened.map(({ sessionStoreSecret }) => sessionStoreSecret), Array(4).fill(secret));
      for (const { sessionStore } of opened) await sessionStore[Symbol.asyncDispose]();
    }
    assertEquals([...Deno.readDirSync(folder)].filter(({ name }) => /key\./.test(name)), []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("openSessionStore() refuses an empty key file", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/a.db.key`, "");
    await assertRejects(() => openSessionStore(`sqlite:${folder}/a.db`, undefined), CommandError, "is empty");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
