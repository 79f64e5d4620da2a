import { assert, assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import type { Document } from "../../document/document.ts";
import { pullSession } from "../../client/mod.ts";
import { DataTable } from "../../models/mod.ts";
import { captureLogs } from "../../testing/captured_logs.ts";
import type { AuthProvider } from "../auth.ts";
import { BokehServer } from "../bokeh_server.ts";
import type { BokehServerOptions } from "../options/options.ts";
import { serveBokeh } from "../serve.ts";
import type { AdminOptions } from "./admin_options.ts";

const TOKEN = "a token of at least 16 characters";
const authProvider: AuthProvider = {
  getUser: (request) => request.headers.get("x-user"),
  loginUrl: "/login",
  loginHandler: () => new Response("log in"),
};
const BASIC = { authorization: `Basic ${btoa(`admin:${TOKEN}`)}` };
/** Routes of the page that need the right. */
const ROUTES = [
  "/admin",
  "/admin/",
  "/admin/autoload.js?bokeh-autoload-element=a",
  "/admin/embed.json",
  "/admin/metadata",
];

function empty(_doc: Document): void {}

async function statusOf(server: BokehServer, path: string, headers: HeadersInit = {}): Promise<number> {
  const response = await server.fetch(new Request(`http://host${path}`, { headers }));
  await response.body?.cancel();
  return response.status;
}

Deno.test("the admin page needs an own decision on who may open it", () => {
  const make = (options: BokehServerOptions) => () => new BokehServer({ "/a": empty }, options);
  const login = { authProvider };
  assertThrows(make({ admin: { path: "/admin" } }), TypeError, "the server has no login");
  assertThrows(make({ admin: { path: "/admin", token: "short" } }), TypeError, "at least 16 characters");
  assertThrows(make({ admin: { path: "/admin", authorize: () => true } }), TypeError, "no auth provider");
  assertThrows(make({ ...login, admin: { path: "/admin" } }), TypeError, "admin.authorize must decide");
  assertThrows(make({ ...login, admin: { path: "/admin", token: TOKEN } }), TypeError, "the server has a login");
  for (const path of ["admin", "/", "", "/admin/:id", "/a b"]) {
    assertThrows(make({ admin: { path, token: TOKEN } }), TypeError, "Cannot serve the admin page at");
  }
  assertThrows(make({ admin: { path: "/a", token: TOKEN } }), TypeError, "the admin page is served there");
});

Deno.test("the admin page is for the users that its own check allows, and the check for it alone", async () => {
  const authorize: AdminOptions["authorize"] = (user) => user === "ada";
  const server = new BokehServer({ "/a": empty, "/b": empty }, {
    authProvider: { ...authProvider, authorize: (user, path) => path === "/a" || user === "all" },
    admin: { path: "/admin/", authorize },
  });
  for (const route of ROUTES) {
    assertEquals(await statusOf(server, route, { "x-user": "ada" }), 200, route);
    assertEquals(await statusOf(server, route, { "x-user": "all" }), 403, route);
    assert([302, 401].includes(await statusOf(server, route)), route);
  }
  assertEquals(await statusOf(server, "/a", { "x-user": "grace" }), 200);
  assertEquals(await statusOf(server, "/b", { "x-user": "ada" }), 403);
  const indexOf = async (user: string) =>
    await (await server.fetch(new Request("http://host/", { headers: { "x-user": user } }))).text();
  assertMatch(await indexOf("ada"), /Server admin/);
  assert(!(await indexOf("all")).includes("admin"));
  await server.stop();
});

Deno.test("without a login, the admin page needs its token, and other applications do not", async () => {
  await using server = await serveBokeh({ "/a": empty }, { port: 0, admin: { path: "/admin", token: TOKEN } });
  const wrong = { authorization: `Basic ${btoa("admin:wrong")}` };
  for (const route of ROUTES) {
    assertEquals(await statusOf(server, route), 401, route);
    assertEquals(await statusOf(server, route, wrong), 401, route);
    assertEquals(await statusOf(server, route, BASIC), 200, route);
  }
  assertEquals(await statusOf(server, "/a"), 200);
  assertEquals(await statusOf(server, "/"), 302); // the index has only one application
  await assertRejects(() => pullSession({ url: server.url, app: "/admin" }));

  const response = await fetch(`${server.url}admin`, { headers: BASIC });
  const page = await response.text();
  const [cookie] = response.headers.getSetCookie()[0]!.split(";");
  assertMatch(response.headers.getSetCookie()[0]!, /; Path=\/admin; HttpOnly; SameSite=Strict/);
  assert(!page.includes(BASIC.authorization.slice(6)));
  const session = await pullSession({ url: server.url, app: "/admin", headers: { cookie: cookie! } });
  assertEquals(session.document.select(DataTable).length, 4);
  await session.close();
  const forged = cookie!.replace(/.$/, (last) => last === "A" ? "B" : "A");
  await assertRejects(() => pullSession({ url: server.url, app: "/admin", headers: { cookie: forged } }));
});

Deno.test("wrong tokens for the admin page delay further attempts from their address, and are no longer logged", async () => {
  using captured = captureLogs();
  const server = new BokehServer({ "/a": empty }, { admin: { path: "/admin", token: TOKEN } });
  const wrong = { authorization: `Basic ${btoa("admin:wrong")}` };
  const from = async (hostname: string, headers: HeadersInit) => {
    const request = new Request("http://host/admin", { headers });
    const response = await server.fetch(request, {
      remoteAddr: { transport: "tcp", hostname, port: 1 },
      completed: Promise.resolve(),
    });
    await response.body?.cancel();
    return response;
  };
  const [cookie] = (await from("10.0.0.1", BASIC)).headers.getSetCookie()[0]!.split(";");
  const statuses = (await Promise.all(Array.from({ length: 30 }, () => from("10.0.0.1", wrong)))).map((r) => r.status);
  assertEquals(statuses.filter((status) => status === 401).length, 10);
  const refused = await from("10.0.0.1", BASIC);
  assertEquals([refused.status, refused.headers.get("retry-after")], [429, "1"]);
  const warnings = captured.logs.filter(({ message }) => message.includes("wrong token"));
  assertEquals(warnings.length, 10);
  assertEquals((await from("10.0.0.1", {})).status, 401); // the browser asks for the token
  assertEquals((await from("10.0.0.1", { cookie: cookie! })).status, 200);
  assertEquals((await from("10.0.0.2", BASIC)).status, 200);
  await server.stop();
});
