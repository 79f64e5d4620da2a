/** The logins of this folder with a server without a port. */

import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import type { Document } from "../document/document.ts";
import { BokehServer } from "../server/bokeh_server.ts";
import type { BokehServerOptions } from "../server/options/options.ts";
import type { AuthProvider } from "../handlers/login/auth.ts";
import { basic, type BasicUser, forwardedUser, oidc } from "./mod.ts";

const ORIGIN = "http://localhost";
// cspell:disable
// hashes of the passwords "countess", "b", "one" and "two" that take 5 ms instead of 500 ms
const COUNTESS = "$scrypt$ln=10,r=8,p=1$9LqJvhUq3xwFSIGSR9qhgw$K6wIYFNJby7QDQiwhGyJ3LySaw7m5YqcEezdQMM7fgw";
const B = "$scrypt$ln=10,r=8,p=1$I3w4VQp11HtXYPLuM2arEg$LSm+g6AkGzrgiPcTdnE7hyiNfA4+k8zIRdYZ/VVdVds";
const ONE = "$scrypt$ln=10,r=8,p=1$OmKnZzHFcBzMAwrKwyHCXg$UJtwaCoiPxITEJr7MWZNEuLqGfJb/+9BLlZsC06rMso";
const TWO = "$scrypt$ln=10,r=8,p=1$gtGCN7Z9JZ/1ojHtOq841w$ww2ykpHKvIDaOBNeA96LfQZkCOSCXPglE6sIgA2dYb0";
// cspell:enable

/** A browser with cookies, whose requests come from an address. */
class Browser {
  readonly #server: BokehServer;
  readonly #address: string;
  readonly cookies = new Map<string, string>();

  constructor(server: BokehServer, address = "192.0.2.1") {
    this.#server = server;
    this.#address = address;
  }

  async open(path: string, init: RequestInit = {}): Promise<{ status: number; location: string; text: string }> {
    const headers = new Headers({ host: "localhost", accept: "text/html", ...init.headers });
    headers.set("cookie", [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    const remoteAddr = { transport: "tcp", hostname: this.#address, port: 1 } as const;
    const response = await this.#server.fetch(new Request(ORIGIN + path, { ...init, headers }), {
      remoteAddr,
      completed: Promise.resolve(),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      if (/Max-Age=0/.test(cookie)) this.cookies.delete(name!);
      else this.cookies.set(name!, value!);
    }
    return { status: response.status, location: response.headers.get("location") ?? "", text: await response.text() };
  }

  async logIn(name: string, password: string, headers: Record<string, string> = {}) {
    const { text } = await this.open("/login?next=/app?x=1");
    const xsrf = /name="_xsrf" value="([^"]*)"/.exec(text)?.[1] ?? "";
    const body = new URLSearchParams({ name, password, _xsrf: xsrf });
    return await this.open("/login?next=/app?x=1", { method: "POST", body, headers });
  }
}

async function serve(
  authProvider: AuthProvider,
  options: BokehServerOptions = {},
): Promise<BokehServer & AsyncDisposable> {
  const app = (_doc: Document) => {};
  const server = new BokehServer({ "/app": app, "/admin": app }, {
    authProvider,
    cookieSecret: "a secret of this test",
    xsrfCookies: true,
    ...options,
  });
  await server.start();
  return Object.assign(server, { [Symbol.asyncDispose]: () => server.stop() });
}

Deno.test("basic: users log in, keep their name after a mistake, and log out", async () => {
  const users = { ada: COUNTESS, bob: { password: B, groups: ["staff"] } };
  await using server = await serve(basic({ users, groups: { "/admin": ["staff"] }, page: { title: "Ships" } }));
  const ada = new Browser(server);
  assertEquals((await ada.open("/app")).location, "/login?next=%2Fapp");
  const wrong = await ada.logIn('ada"><script>', "x");
  assertEquals(wrong.status, 403);
  assertStringIncludes(wrong.text, 'value="ada&quot;&gt;&lt;script&gt;"');
  assertStringIncludes(wrong.text, "The name or the password is wrong.");
  const right = await ada.logIn("ada", "countess");
  assertEquals([right.status, right.location], [303, "/app?x=1"]);
  assertEquals((await ada.open("/app")).status, 200);
  assertEquals((await ada.open("/admin")).status, 403);
  const bob = new Browser(server);
  await bob.logIn("bob", "b");
  assertEquals((await bob.open("/admin")).status, 200);
  const copied = new Map(ada.cookies);
  assertEquals((await ada.open("/logout")).location, "/login");
  for (const [name, value] of copied) ada.cookies.set(name, value);
  assertEquals((await ada.open("/app")).status, 302); // a copy of the cookie is revoked
});

Deno.test("basic: a changed password and a removed user end logins", async () => {
  const users: Record<string, string | BasicUser> = { ada: ONE };
  await using server = await serve(basic({ users: () => users }));
  const ada = new Browser(server);
  await ada.logIn("ada", "one");
  assertEquals((await ada.open("/app")).status, 200);
  const before = users.ada!;
  users.ada = TWO;
  assertEquals((await ada.open("/app")).status, 302);
  users.ada = before;
  assertEquals((await ada.open("/app")).status, 200);
  delete users.ada;
  assertEquals((await ada.open("/app")).status, 302);
});

Deno.test("basic: refuses forms of other sites, names of prototypes, and too many attempts", async () => {
  const fast = `$scrypt$ln=10,r=8,p=1$${"A".repeat(22)}$${"A".repeat(43)}`;
  await using server = await serve(basic({ users: { ada: fast } }));
  const browser = new Browser(server);
  assertEquals((await browser.logIn("ada", "x", { origin: "https://evil.example" })).status, 403);
  for (const name of ["constructor", "__proto__", "toString"]) {
    assertEquals((await browser.logIn(name, "x")).status, 403);
  }
  const statuses = [];
  for (let i = 0; i < 7; i++) statuses.push((await browser.logIn("ada", "x")).status);
  assertEquals(statuses, [403, 403, 403, 403, 403, 429, 429]);
  assertEquals((await new Browser(server, "198.51.100.7").logIn("ada", "x")).status, 403);
});

Deno.test("basic: counts attempts that are made at the same time, and forgets those that succeed", async () => {
  await using server = await serve(basic({ users: { ada: COUNTESS } }));
  for (let i = 0; i < 60; i++) assertEquals((await new Browser(server).logIn("ada", "countess")).status, 303);
  const guess = (_: unknown, i: number) => new Browser(server).logIn("ada", `guess ${i}`);
  const attempts = await Promise.all(Array.from({ length: 20 }, guess));
  assertEquals(attempts.filter(({ status }) => status === 403).length, 5);
  assertEquals((await new Browser(server).logIn("ada", "countess")).status, 429);
  assertEquals((await new Browser(server, "192.0.2.2").logIn("ada", "countess")).status, 303);
});

Deno.test("basic: answers requests that are no forms with 400", async () => {
  await using server = await serve(basic({ users: { ada: COUNTESS } }), { xsrfCookies: false });
  for (const type of ["text/plain", "multipart/form-data; boundary=x", "application/json"]) {
    const { status } = await new Browser(server).open("/login", {
      method: "POST",
      body: "no form",
      headers: { "content-type": type },
    });
    assertEquals([type, status], [type, 400]);
  }
});

Deno.test("basic: refuses names and passwords that are longer than the form allows", async () => {
  await using server = await serve(basic({ users: { ada: COUNTESS } }));
  for (const [name, password] of [["a".repeat(201), "x"], ["ada", "x".repeat(1001)]] as const) {
    assertEquals((await new Browser(server).logIn(name, password)).status, 400);
  }
  assertEquals((await new Browser(server).logIn("a".repeat(200), "x".repeat(1000))).status, 403);
});

Deno.test("basic: refuses a hash that it cannot verify when the server starts", () => {
  assertThrows(() => basic({ users: { ada: "secret" } }), TypeError, "command password");
});

Deno.test("forwardedUser: ignores the header of proxies that are not trusted", async () => {
  const provider = forwardedUser({
    header: "x-user",
    groupsHeader: "x-groups",
    trustedProxies: ["10.0.0.0/8", "fd00::/8"],
    groups: { "/admin": ["staff"] },
  });
  await using server = await serve(provider);
  const ask = async (address: string, headers: Record<string, string>, path = "/app") =>
    (await new Browser(server, address).open(path, { headers })).status;
  const ada = { "x-user": "ada" };
  assertEquals(await ask("10.1.2.3", ada), 200);
  assertEquals(await ask("::ffff:10.1.2.3", ada), 200);
  assertEquals(await ask("fd12::1", ada), 200);
  assertEquals(await ask("192.0.2.1", ada), 302);
  assertEquals(await ask("192.0.2.1", { ...ada, "x-forwarded-for": "10.1.2.3" }), 302);
  assertEquals(await ask("10.1.2.3", { "x-user": " " }), 302);
  assertEquals(await ask("10.1.2.3", ada, "/admin"), 403);
  assertEquals(await ask("10.1.2.3", { ...ada, "x-groups": "crew, staff" }, "/admin"), 200);
  const { status, text } = await new Browser(server).open("/login");
  assertEquals(status, 403);
  assertStringIncludes(text, "has not identified you");
  for (const trustedProxies of [[], ["example.com"], ["10.0.0.0/99"], ["10.0.0.0/"], ["1.2.3.4/8/8"]]) {
    assertThrows(() => forwardedUser({ header: "x-user", trustedProxies }), TypeError, "Cannot trust");
  }
});

Deno.test("oidc: needs HTTPS, and shows a page when the provider does not answer", async () => {
  assertThrows(() => oidc({ issuer: "http://id.example.com", clientId: "a" }), TypeError, "https");
  await using server = await serve(oidc({ issuer: "http://localhost:1", clientId: "a", clientSecret: "b" }));
  const browser = new Browser(server);
  const { status, text } = await browser.open("/login");
  assertEquals(status, 502);
  assertMatch(text, /The login service does not answer/);
  assert(!text.includes("localhost:1"));
  assertEquals((await browser.open("/login?code=x&state=y")).location, "/login");
  const denied = await browser.open("/login?error=access_denied");
  assertEquals(denied.location, "/login");
});
