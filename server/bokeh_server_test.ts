import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import type { Document } from "../document/document.ts";
import { Div } from "../models/mod.ts";
import type { Applications } from "./application_sources.ts";
import { BokehServer } from "./bokeh_server.ts";
import type { BokehServerOptions } from "./options/options.ts";

function empty(_doc: Document): void {}

async function ask(
  path: string,
  options: BokehServerOptions = {},
  init: RequestInit = {},
  applications: Applications = { "/a": empty, "/b": empty },
): Promise<Response> {
  const server = new BokehServer(applications, options);
  const response = await server.fetch(new Request(`http://host:5006${path}`, init));
  return new Response(await response.text(), response);
}

const AUTH: BokehServerOptions = {
  authProvider: {
    getUser: (request) => request.headers.get("x-user"),
    loginUrl: "/login",
    loginHandler: () => new Response("please log in"),
  },
};

Deno.test("BokehServer answers requests without a port", async () => {
  assertEquals((await ask("/a")).status, 200);
  assertEquals((await ask("/nothing")).status, 404);
  assertEquals((await ask("/favicon.ico")).headers.get("content-type"), "image/x-icon");
});

Deno.test("BokehServer serves a single application at the root", async () => {
  const server = new BokehServer(empty);
  assertEquals(server.appPaths, ["/"]);
  assertEquals((await server.fetch(new Request("http://host/"))).status, 200);
});

Deno.test("BokehServer refuses paths without a slash and invalid options", () => {
  assertThrows(() => new BokehServer({ a: empty }), TypeError, '"a"');
  assertThrows(() => new BokehServer(empty, { sessionTokenExpiration: -1 }), RangeError);
});

Deno.test("BokehServer has the attributes of its options", () => {
  const server = new BokehServer({ "/a/": empty }, {
    prefix: "pre",
    secretKey: "key",
    signSessions: true,
    generateSessionIds: false,
    extraWebsocketOrigins: ["a.example"],
  });
  assertEquals(server.appPaths, ["/a"]);
  assertEquals([server.prefix, server.secretKey, server.signSessions, server.generateSessionIds], [
    "/pre",
    "key",
    true,
    false,
  ]);
  assertEquals(server.websocketOrigins, ["a.example:80"]);
  assertStringIncludes(server.resources().urls()[0]!, "/pre/static/js/bokeh.min.js?v=");
  assertStringIncludes(server.resources("http://h").urls()[0]!, "http://h/pre/static/js/bokeh.min.js?v=");
});

Deno.test("BokehServer refers to scripts that are not minified with minified: false", () => {
  const script = (options: BokehServerOptions) => new BokehServer(empty, options).resources().urls()[0]!.split("?")[0];
  assertEquals(script({}), "/static/js/bokeh.min.js");
  assertEquals(script({ resources: "server-dev" }), "/static/js/bokeh.js");
  assertEquals(script({ minified: false }), "/static/js/bokeh.js");
});

Deno.test("BokehServer serves Bokeh's icon, another, or none", async () => {
  assertEquals((await ask("/favicon.ico", { icoPath: "none" })).status, 404);
  assertEquals((await ask("/favicon.ico", { icoPath: "/nothing/there.ico" })).status, 404);
});

Deno.test("BokehServer serves the icon below the prefix, too, and its pages and index link to it", async () => {
  const options = { prefix: "/pre", redirectRoot: false };
  assertEquals((await ask("/pre/favicon.ico", options)).headers.get("content-type"), "image/x-icon");
  for (const path of ["/pre/", "/pre/a"]) {
    assertStringIncludes(await (await ask(path, options)).text(), '<link rel="icon" href="/pre/favicon.ico">', path);
  }
});

Deno.test("BokehServer answers health probes without a session", async () => {
  const server = new BokehServer({ "/a": empty });
  const status = async (path: string) => (await server.fetch(new Request(`http://host${path}`))).status;
  await server.start();
  assertEquals([await status("/healthz"), await status("/readyz")], [200, 200]);
  assertEquals(server.getSessions("/a").length, 0);
  await server.stop();
  assertEquals([await status("/healthz"), await status("/readyz")], [200, 503]);
});

Deno.test("BokehServer uses extra patterns if no other route matches", async () => {
  const extraPatterns = [[
    new URLPattern({ pathname: "/hello/:name" }),
    (_request: Request, match: URLPatternResult) => new Response(`hello ${match.pathname.groups["name"]}`),
  ]] as const;
  assertEquals(await (await ask("/hello/ada", { extraPatterns })).text(), "hello ada");
  assertEquals((await ask("/a", { extraPatterns })).status, 200);
});

Deno.test("BokehServer redirects pages to the login, and refuses scripts", async () => {
  const page = await ask("/a?x=1", AUTH);
  assertEquals([page.status, page.headers.get("location")], [302, "/login?next=%2Fa%3Fx%3D1"]);
  assertEquals((await ask("/a/metadata", AUTH)).status, 302);
  assertEquals((await ask("/", AUTH)).status, 302);
  const script = await ask("/a/autoload.js?bokeh-autoload-element=e", AUTH);
  assertEquals(script.status, 401);
  assertStringIncludes(await script.text(), 'console.error("Cannot show a Bokeh application: 401 Login is needed.');
  assertEquals((await ask("/a/ws", AUTH)).status, 401);
});

Deno.test("BokehServer lets pages of other origins read that a login is needed", async () => {
  const origins = async (path: string, options: BokehServerOptions) => {
    const response = await ask(path, { ...options, extraWebsocketOrigins: ["a.example"] }, {
      headers: { origin: "http://a.example" },
    });
    return [response.status, response.headers.get("access-control-allow-origin")];
  };
  const script = "/a/autoload.js?bokeh-autoload-element=e";
  assertEquals(await origins(script, AUTH), [401, "http://a.example"]);
  assertEquals(await origins("/a/embed.json", AUTH), [401, "http://a.example"]);
  assertEquals(await origins("/a", AUTH), [302, null]);
  const authProvider = { getUser: () => "ada", loginUrl: "/login", authorize: () => false };
  assertEquals(await origins(script, { authProvider }), [403, "http://a.example"]);
});

Deno.test("BokehServer allows users, and BokehJS and the login without a user", async () => {
  assertEquals((await ask("/a", AUTH, { headers: { "x-user": "ada" } })).status, 200);
  assertEquals((await ask("/static/js/bokeh-gl.min.js", AUTH)).status, 200);
  assertEquals(await (await ask("/login", AUTH)).text(), "please log in");
});

Deno.test("BokehServer puts the login below the prefix, and passes a login on another server the whole URL", async () => {
  const below = await ask("/pre/a", { ...AUTH, prefix: "/pre" });
  assertEquals(below.headers.get("location"), "/pre/login?next=%2Fpre%2Fa");
  const login = async (url: string) => {
    const authProvider = { getUserAsync: () => Promise.resolve(null), getLoginUrl: () => url };
    const response = await ask("/a", { authProvider, useXheaders: true }, { headers: { "x-scheme": "https" } });
    return response.headers.get("location");
  };
  assertEquals(await login("https://login.example/"), "https://login.example/?next=https%3A%2F%2Fhost%3A5006%2Fa");
  assertEquals(await login("https://login.example/?app=1"), "https://login.example/?app=1");
});

Deno.test("BokehServer names the handler that returned no Response", async () => {
  const errors: unknown[] = [];
  const authProvider = { ...AUTH.authProvider, loginHandler: () => JSON.parse('"logged in"') };
  const options = { authProvider, onError: (error: unknown) => void errors.push(error) };
  assertEquals((await ask("/login", options)).status, 500);
  assertStringIncludes(String(errors), 'loginHandler returned "logged in" instead of a Response');
});

Deno.test("BokehServer passes the user to applications", async () => {
  const users: unknown[] = [];
  const app = (doc: Document) => void users.push(doc.session_context?.request?.user);
  await ask("/", AUTH, { headers: { "x-user": "ada" } }, app);
  assertEquals(users, ["ada"]);
});

Deno.test("BokehServer requires the XSRF token for requests that change something with xsrfCookies", async () => {
  const status = async (init: RequestInit) => (await ask("/a", { xsrfCookies: true }, init)).status;
  const cookie = "_xsrf=0123456789";
  const form = new URLSearchParams({ _xsrf: "0123456789" });
  assertEquals(await status({}), 200);
  assertEquals(await status({ method: "POST" }), 403);
  assertEquals(await status({ method: "DELETE", headers: { cookie } }), 403);
  assertEquals(await status({ method: "POST", headers: { cookie, "x-xsrftoken": "9876543210" } }), 403);
  assertEquals(await status({ method: "POST", headers: { cookie, "x-xsrftoken": "0123456789" } }), 405);
  assertEquals(await status({ method: "POST", headers: { cookie, "content-length": "16" }, body: form }), 405);
  const byQuery = { method: "POST", headers: { cookie } };
  assertEquals((await ask("/a?_xsrf=0123456789", { xsrfCookies: true }, byQuery)).status, 403);
});

Deno.test("BokehServer runs the hooks of start and stop once", async () => {
  const calls: string[] = [];
  const { Application } = await import("../application/application.ts");
  const app = new Application(empty, {
    hooks: {
      onServerLoaded: ({ sessions }) => void calls.push(`loaded ${sessions.length}`),
      onSessionDestroyed: ({ id, destroyed }) => void calls.push(`destroyed ${id} ${destroyed}`),
      onServerUnloaded: () => void calls.push("unloaded"),
    },
  });
  const server = new BokehServer({ "/a": app });
  await server.start();
  await server.start();
  await (await server.fetch(new Request("http://host/a?bokeh-session-id=mine"))).body?.cancel();
  await server.stop();
  await server.stop();
  assertEquals(calls, ["loaded 0", "destroyed mine true", "unloaded"]);
});

Deno.test("BokehServer returns sessions, and throws if there is none", async () => {
  const server = new BokehServer({ "/a": empty });
  await (await server.fetch(new Request("http://host/a?bokeh-session-id=mine"))).body?.cancel();
  assertEquals(server.getSession("/a", "mine").id, "mine");
  assertEquals(server.getSessions("/a").length, 1);
  assertThrows(() => server.getSession("/a", "other"), RangeError);
  assertThrows(() => server.getSessions("/b"), RangeError, "/b");
});

Deno.test("BokehServer updates all sessions, also if one update fails", async () => {
  const server = new BokehServer({ "/a": (doc: Document) => void doc.add_root(new Div({ text: "" })) });
  for (const id of ["1", "2", "3"]) {
    await (await server.fetch(new Request(`http://host/a?bokeh-session-id=${id}`))).body?.cancel();
  }
  const update = (doc: Document) => {
    if (doc.session_context?.id === "2") throw new Error("not this one");
    doc.title = "updated";
  };
  await assertRejects(() => server.updateSessions("/a", update), AggregateError);
  const titles = ["1", "2", "3"].map((id) => server.getSession("/a", id).document.title);
  assertEquals(titles, ["updated", "Bokeh Application", "updated"]);
});

Deno.test("BokehServer continues after an application has failed", async () => {
  let fails = true;
  const server = new BokehServer({
    "/a": () => {
      if (fails) throw new Error("a secret");
    },
  });
  const failed = await server.fetch(new Request("http://host/a?bokeh-session-id=mine"));
  assertEquals(failed.status, 500);
  assert(!(await failed.text()).includes("secret"));
  fails = false;
  assertEquals((await server.fetch(new Request("http://host/a?bokeh-session-id=mine"))).status, 200);
});
