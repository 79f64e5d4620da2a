import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { SignedCookies } from "./signed_cookies.ts";

const cookies = new SignedCookies("secret");

function sent(setCookie: string, name?: string): Request {
  const [cookie] = setCookie.split(";");
  const text = name === undefined ? cookie! : `${name}=${cookie!.slice(cookie!.indexOf("=") + 1)}`;
  return new Request("http://host", { headers: { cookie: `other=1; ${text}` } });
}

Deno.test("SignedCookies reads what it wrote, whatever characters it has", () => {
  for (const value of ["ada", "", 'Ä; b=c, "d" \u{1F600}', "a.b.c"]) {
    assertEquals(cookies.read(sent(cookies.write("user", value)), "user"), value);
  }
});

Deno.test("SignedCookies reads nothing that it did not write", () => {
  const written = cookies.write("user", "ada");
  assertEquals(new SignedCookies("other").read(sent(written), "user"), undefined);
  assertEquals(cookies.read(sent(written, "admin"), "admin"), undefined);
  assertEquals(cookies.read(sent(written.replace(/=./, "=Z")), "user"), undefined);
  assertEquals(cookies.read(new Request("http://host"), "user"), undefined);
  for (const forged of ["user=", "user=YWRh", "user=YWRh.1", "user=YWRh.99999999999.", "user=a.b.c.d"]) {
    assertEquals(cookies.read(sent(forged), "user"), undefined);
  }
});

Deno.test("SignedCookies forgets what is older than it may be", () => {
  assertEquals(cookies.read(sent(cookies.write("user", "ada")), "user", 0), undefined);
});

Deno.test("SignedCookies hides cookies from scripts, and says how long they are kept", () => {
  const written = cookies.write("user", "ada", { path: "/apps", maxAgeSeconds: 60, secure: true, sameSite: "Strict" });
  assertNotEquals(written.indexOf("; Path=/apps; HttpOnly; SameSite=Strict; Max-Age=60; Secure"), -1);
  assertEquals(cookies.remove("user"), "user=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
});

Deno.test("SignedCookies refuses an empty secret and a value that no browser keeps", () => {
  assertThrows(() => new SignedCookies(""), TypeError);
  assertThrows(() => cookies.write("user", "a".repeat(4096)), RangeError);
});
