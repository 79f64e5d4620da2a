import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { checkPassword, hashPassword } from "./passwords.ts";

Deno.test("checkPassword accepts the password of a hash only, in all forms of its characters", async () => {
  const hash = await hashPassword("caf\u00e9 \u{1f511}");
  assertMatch(hash, /^\$scrypt\$ln=15,r=8,p=3\$/);
  assertEquals(await checkPassword("cafe\u0301 \u{1f511}", hash), true);
  for (const wrong of ["", "cafe \u{1f511}", "caf\u00e9 \u{1f511} "]) {
    assertEquals(await checkPassword(wrong, hash), false);
  }
});

Deno.test("checkPassword verifies a hash of another implementation", async () => {
  // the test vector of RFC 7914 with N = 1024, r = 8, p = 16, cut to 32 bytes
  const hash = "$scrypt$ln=10,r=8,p=16$TmFDbA$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWI";
  await assertRejects(() => checkPassword("password", hash), TypeError, "Cannot read the hash");
  const padded = "$scrypt$ln=10,r=8,p=16$TmFDbFNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  assertEquals(await checkPassword("password", padded), false);
});

Deno.test("checkPassword refuses parameters that take too much memory, and texts that are not hashes", async () => {
  const salt = "A".repeat(22), value = "A".repeat(43);
  for (const parameters of ["ln=30,r=8,p=1", "ln=15,r=99,p=1", "ln=1,r=8,p=1"]) {
    await assertRejects(() => checkPassword("a", `$scrypt$${parameters}$${salt}$${value}`), TypeError);
  }
  await assertRejects(() => checkPassword("a", "admin"), TypeError, "command password");
});

Deno.test("checkPassword answers undefined when too many attempts wait", async () => {
  const hash = `$scrypt$ln=10,r=8,p=1$${"A".repeat(22)}$${"A".repeat(43)}`;
  const results = await Promise.all(Array.from({ length: 40 }, () => checkPassword("a", hash)));
  assertEquals(results.filter((result) => result === undefined).length, 6);
  assertEquals(await checkPassword("a", hash), false);
});
