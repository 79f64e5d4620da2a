import { assertEquals } from "@std/assert";
import { TokenDigests } from "./token_digests.ts";

Deno.test("TokenDigests keeps a bounded number of tokens and forgets the oldest first", () => {
  const digests = new TokenDigests(3);
  for (const text of ["a", "b", "c", "a", "d"]) digests.add({ text, expiresAt: 10 });
  assertEquals(["a", "b", "c", "d"].map((text) => digests.has(text)), [true, false, true, true]);
});

Deno.test("TokenDigests forgets expired tokens, and addAll() copies the others", () => {
  const digests = new TokenDigests(10);
  digests.add({ text: "early", expiresAt: 10 });
  digests.add({ text: "late", expiresAt: 20 });
  const others = new TokenDigests(10);
  others.addAll(digests, 15);
  assertEquals([others.has("early"), others.has("late")], [false, true]);
  digests.sweep(20);
  assertEquals([digests.has("early"), digests.has("late")], [false, false]);
});
