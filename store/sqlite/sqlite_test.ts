import { testSessionStore } from "../contract_test_support.ts";
import { sqliteStore } from "./mod.ts";

testSessionStore("sqliteStore()", async () => {
  const folder = await Deno.makeTempDir();
  return {
    connect: () => sqliteStore(`${folder}/sessions.db`),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
});
