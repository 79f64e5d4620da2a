import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { BokehServer } from "./bokeh_server.ts";
import type { AuthContext, AuthProvider } from "./auth.ts";
import type { BokehServerOptions } from "./options/options.ts";

const ADMIRALS: AuthProvider = {
  getUser: (request) => request.headers.get("x-user"),
  loginUrl: "/login",
  authorize: (user, appPath) => appPath !== "/fleet" || user === "grace",
};

function serve(options: BokehServerOptions): BokehServer {
  return new BokehServer({ "/fleet": () => {}, "/harbour": () => {} }, options);
}

async function status(server: BokehServer, path: string, user?: string, init: RequestInit = {}): Promise<number> {
  const headers = { ...init.headers, ...(user === undefined ? {} : { "x-user": user }) };
  const response = await server.fetch(new Request(`http://localhost${path}`, { ...init, headers }));
  await response.body?.cancel();
  return response.status;
}

Deno.test("BokehServer allows users on all routes only what they may use", async () => {
  const server = serve({ authProvider: ADMIRALS });
  for (const way of ["", "/autoload.js?bokeh-autoload-element=a", "/metadata", "/ws"]) {
    assertEquals(await status(server, `/fleet${way}`, "ada"), 403, way);
    assert(await status(server, `/fleet${way}`, "grace") !== 403, way);
    assert(await status(server, `/harbour${way}`, "ada") !== 403, way);
  }
});

Deno.test("BokehServer gives applications the URL of the logout, below the prefix or on another server", async () => {
  const logoutUrls: unknown[] = [];
  for (const logoutUrl of ["/bye", "bye", "https://login.example/bye", "//login.example/bye", undefined]) {
    const authProvider = { getUser: () => "ada", loginUrl: "/login", ...logoutUrl === undefined ? {} : { logoutUrl } };
    const server = new BokehServer((doc) => void logoutUrls.push(doc.session_context?.logoutUrl), {
      authProvider,
      prefix: "/p",
    });
    assertEquals(await status(server, "/p"), 200);
  }
  assertEquals(logoutUrls, ["/p/bye", "/p/bye", "https://login.example/bye", "//login.example/bye", null]);
  const logoutHandler = () => new Response();
  const wrong = { getUser: () => "ada", loginUrl: "/login", logoutUrl: "https://login.example/bye", logoutHandler };
  assertThrows(() => serve({ authProvider: wrong }), TypeError, "logoutUrl that is not of this server");
});

Deno.test("BokehServer lists the applications that a user may use", async () => {
  const server = serve({ authProvider: ADMIRALS, redirectRoot: false });
  const list = async (user: string) =>
    await (await server.fetch(new Request("http://localhost/", { headers: { "x-user": user } }))).text();
  assert(!(await list("ada")).includes("fleet"));
  assertStringIncludes(await list("grace"), "fleet");
});

Deno.test("BokehServer gives its auth provider the URL of the request, cookies and tokens", async () => {
  let seen: AuthContext | undefined;
  const server = serve({
    prefix: "/apps",
    useXheaders: true,
    cookieSecret: "secret",
    authProvider: {
      getUser: (_request, context) => {
        seen = context;
        return null;
      },
      loginUrl: "/login",
    },
  });
  const headers = { "x-forwarded-proto": "https", "x-forwarded-host": "public.example", "x-forwarded-prefix": "/all" };
  const response = await server.fetch(new Request("http://inside:5006/apps/fleet", { headers }));
  assertEquals(response.headers.get("location"), "/all/apps/login?next=%2Fall%2Fapps%2Ffleet");
  assertEquals([seen?.url.href, seen?.prefix], ["https://public.example/all/apps/fleet", "/all/apps"]);
  const cookie = (await seen!.cookies.write("a", "b")).split(";")[0]!;
  assertEquals(await seen!.cookies.read(new Request("http://localhost", { headers: { cookie } }), "a"), "b");
});

Deno.test("BokehServer fails if getUser does not await a signed cookie", async () => {
  const errors: string[] = [];
  const server = serve({
    cookieSecret: "secret",
    onError: (error) => errors.push(String(error)),
    authProvider: {
      // a promise, which is never undefined
      getUser: (request, { cookies }) => cookies.read(request, "who") === undefined ? null : { name: "ada" },
      loginUrl: "/login",
    },
  });
  assertEquals(await status(server, "/fleet"), 500);
  assertStringIncludes(errors.join(), "getUser reads a signed cookie without await");
});

Deno.test("BokehServer accepts a form with the token that it issued", async () => {
  const server = serve({
    xsrfCookies: true,
    authProvider: {
      loginUrl: "/login",
      loginHandler: async (request, context) => {
        const { token, cookie } = await context.xsrfToken();
        return new Response(token, {
          status: request.method === "POST" ? 202 : 200,
          headers: { "set-cookie": cookie },
        });
      },
    },
  });
  const page = await server.fetch(new Request("http://localhost/login"));
  const token = await page.text();
  const [cookie] = page.headers.get("set-cookie")!.split(";");
  const body = new URLSearchParams({ _xsrf: token }).toString();
  const type = "application/x-www-form-urlencoded";
  const headers = { cookie: cookie!, "content-type": type, "content-length": String(body.length) };
  assertEquals(await status(server, "/login", undefined, { method: "POST", headers, body }), 202);
  assertEquals(
    await status(server, "/login", undefined, { method: "POST", headers: { "content-type": type }, body }),
    403,
  );
});
