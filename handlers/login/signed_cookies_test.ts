import { assertEquals, assertMatch, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import { RevokedCookies } from "./logins.ts";
import { SignedCookies } from "./signed_cookies.ts";

const cookies = new SignedCookies("secret");

function sent(setCookie: string, name?: string): Request {
  const [cookie] = setCookie.split(";");
  const text = name === undefined ? cookie! : `${name}=${cookie!.slice(cookie!.indexOf("=") + 1)}`;
  return new Request("http://host", { headers: { cookie: `other=1; ${text}` } });
}

Deno.test("SignedCookies reads values with any characters that it has written", async () => {
  for (const value of ["ada", "", 'Ä; b=c, "d" \u{1F600}', "a.b.c"]) {
    assertEquals(await cookies.read(sent(await cookies.write("user", value)), "user"), value);
  }
});

Deno.test("SignedCookies refuses cookies that it has not written", async () => {
  const written = await cookies.write("user", "ada");
  assertEquals(await new SignedCookies("other").read(sent(written), "user"), undefined);
  assertEquals(await cookies.read(sent(written, "admin"), "admin"), undefined);
  assertEquals(await cookies.read(sent(written.replace(/=./, "=Z")), "user"), undefined);
  assertEquals(await cookies.read(new Request("http://host"), "user"), undefined);
  for (const forged of ["user=", "user=YWRh", "user=YWRh.1", "user=YWRh.99999999999.", "user=a.b.c.d"]) {
    assertEquals(await cookies.read(sent(forged), "user"), undefined);
  }
});

Deno.test("SignedCookies refuses cookies that have expired", async () => {
  assertEquals(await cookies.read(sent(await cookies.write("user", "ada")), "user", 0), undefined);
});

Deno.test("SignedCookies writes HttpOnly cookies with their attributes", async () => {
  const written = await cookies.write("user", "ada", {
    path: "/apps",
    maxAgeSeconds: 60,
    secure: true,
    sameSite: "Strict",
  });
  assertNotEquals(written.indexOf("; Path=/apps; HttpOnly; SameSite=Strict; Max-Age=60; Secure"), -1);
  assertEquals(cookies.remove("user"), "user=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
});

Deno.test("SignedCookies refuses an empty secret and values that are too long for browsers", async () => {
  assertThrows(() => new SignedCookies(""), TypeError);
  await assertRejects(() => cookies.write("user", "a".repeat(4096)), RangeError);
});

Deno.test("SignedCookies writes cookies for HTTPS with a prefix, so that no other host can set them", async () => {
  const secure = new SignedCookies("secret", { secure: true });
  const [host, below, plain] = [
    await secure.write("user", "ada"),
    await secure.write("user", "ada", { path: "/apps" }),
    await cookies.write("user", "ada"),
  ];
  assertMatch(host, /^__Host-user=.*; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
  assertMatch(below, /^__Secure-user=.*; Path=\/apps; HttpOnly; SameSite=Lax; Secure$/);
  assertEquals(secure.remove("user"), "__Host-user=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure");
  for (const written of [host, below]) {
    assertEquals(await secure.read(sent(written), "user"), "ada");
    // behind a proxy that is not trusted, the server does not know that the client uses HTTPS
    assertEquals(await cookies.read(sent(written), "user"), "ada");
  }
  assertEquals(await secure.read(sent(plain), "user"), undefined);
  assertEquals(await secure.read(sent(plain, "__Host-user"), "user"), undefined);
});

Deno.test("SignedCookies refuses revoked cookies, and reads cookies that are written afterwards", async () => {
  const revoked = new RevokedCookies();
  const known = new SignedCookies("secret", { revoked });
  const [old, other] = [await known.write("user", "ada"), await known.write("user", "ada")];
  revoked.add(old.split(";")[0]!);
  assertEquals(await known.read(sent(old), "user"), undefined);
  assertEquals(await known.read(sent(other), "user"), "ada");
});
