/** Logouts: they close websockets, including forwarded ones, and revoke cookies. */

import { assert, assertEquals } from "@std/assert";
import { type AuthProvider, serveBokeh } from "@bokeh/server";
import formLogin from "../../examples/auth/form_login.ts";
import { memoryStore } from "../../store/memory.ts";
import { eventually } from "../kit/eventually.ts";
import * as cookieAuth from "../kit/cookie_auth.ts";
import { rawRequest, RawSocket } from "../kit/raw_socket.ts";
import { handshakeText, RawWebSocket } from "../kit/raw_websocket.ts";
import { ATTACKED_APP, ServerProcess } from "../kit/server_process.ts";
import { unsignedToken } from "../kit/messages.ts";
import { WireClient } from "../kit/wire_client.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };
const MINUTE = 60_000;

function pathOf(file: string): string {
  return decodeURIComponent(new URL(file, import.meta.url).pathname);
}

function open(port: number, cookie: string, id: string = crypto.randomUUID()): Promise<WireClient> {
  return WireClient.connect(port, "", { token: unsignedToken(id), extra: `Cookie: ${cookie}\r\n` });
}

async function get(port: number, path: string, cookie: string): Promise<number> {
  const request = `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nCookie: ${cookie}\r\n\r\n`;
  return (await rawRequest(port, request))!.status;
}

/** Logs a user of `examples/auth/form_login.ts` in. Returns the cookie. */
async function logIn(url: string): Promise<string> {
  const body = new URLSearchParams({ name: "ada", password: "countess" });
  const response = await fetch(new URL("/login", url), { method: "POST", body, redirect: "manual" });
  await response.body?.cancel();
  return response.headers.get("set-cookie")!.split(";")[0]!;
}

for (const processes of [1, 2]) {
  const args = ["--port", "0", "--num-procs", String(processes), "--log-level", "error"];

  Deno.test(`logout: closes the websockets of the login (${processes} processes)`, SANITIZERS, async () => {
    await using program = await ServerProcess.serve(
      ATTACKED_APP,
      ...args,
      "--auth-module",
      pathOf("../kit/cookie_auth.ts"),
    );
    const port = program.port;
    const adas = await Promise.all(Array.from({ length: 8 }, () => open(port, "theme=dark; who=ada")));
    using bobs = await open(port, "who=bob");
    assertEquals(await get(port, "/logout", "who=ada"), 200);
    for (const client of adas) {
      assertEquals(await client.socket.closeFrame(), { code: 4401, reason: "Login has ended: log in again" });
      client.close();
    }
    assertEquals(await bobs.patch({ kind: "TitleChanged", title: "still here" }), "OK");
  });

  Deno.test(
    `a cookie that a logout has removed is not valid any more (${processes} processes)`,
    SANITIZERS,
    async () => {
      await using program = await ServerProcess.serve(
        ...[
          ATTACKED_APP,
          ...args,
          "--auth-module",
          pathOf("../../examples/auth/form_login.ts"),
          "--cookie-secret",
          "a secret",
        ],
      );
      const port = program.port;
      const [old, other] = [await logIn(program.url), await logIn(program.url)];
      using client = await open(port, old);
      using onOtherDevice = await open(port, other);
      assertEquals(await get(port, "/logout", old), 303);
      assertEquals((await client.socket.closeFrame())?.code, 4401);
      // This client may reconnect, because its login is still valid.
      assertEquals((await onOtherDevice.socket.closeFrame())?.code, 4001);
      (await open(port, other)).close();
      // Enough requests to reach each process.
      for (let count = 0; count < 12; count++) {
        assertEquals(await get(port, "/app/metadata", old), 302);
        const text = handshakeText(port, { token: unsignedToken("x"), extra: `Cookie: ${old}\r\n` });
        assertEquals((await rawRequest(port, text))?.status, 401);
        assertEquals(await get(port, "/app/metadata", other), 200);
      }
      assertEquals(await get(port, "/app/metadata", await logIn(program.url)), 200);
    },
  );
}

/** Returns an auth provider with a list of blocked users. */
function provider(settings: Partial<AuthProvider> = {}): AuthProvider & { readonly out: Set<string> } {
  const out = new Set<string>();
  const getUser = (request: Request) => {
    const user = cookieAuth.getUser(request) as { name: string } | null;
    return user === null || out.has(user.name) ? null : user;
  };
  return { getUser, loginUrl: "/login", out, ...settings };
}

Deno.test(
  "logout: ends the login at all servers of a session store, also at those that start later",
  SANITIZERS,
  async () => {
    await using sessionStore = memoryStore();
    const options = {
      port: 0,
      authProvider: formLogin,
      cookieSecret: "a secret",
      sessionStore,
      sessionStoreSecret: "b",
    };
    const start = () => serveBokeh({ "/app": () => {} }, options);
    await using first = await start();
    await using second = await start();
    const cookie = await logIn(first.url);
    using client = await open(second.port, cookie);
    assertEquals(await get(second.port, "/app/metadata", cookie), 200);
    assertEquals(await get(first.port, "/logout", cookie), 303);
    assertEquals((await client.socket.closeFrame())?.code, 4401);
    await using third = await start();
    for (const { port } of [second, third]) assertEquals(await get(port, "/app/metadata", cookie), 302);
    // The next login of the same user is not affected.
    const next = await logIn(third.url);
    using again = await open(second.port, next);
    assertEquals(await again.patch({ kind: "TitleChanged", title: "still here" }), "OK");
  },
);

Deno.test("closeUser: closes the websockets of a user with a code that states whether to reconnect", async () => {
  const authProvider = provider();
  await using server = await serveBokeh({ "/app": () => {} }, { port: 0, authProvider });
  using first = await open(server.port, "who=ada");
  using bobs = await open(server.port, "who=bob");
  await server.closeUser({ name: "ada" });
  assertEquals((await first.socket.closeFrame())?.code, 4001);
  using second = await open(server.port, "who=ada");
  authProvider.out.add("ada");
  await server.closeUser({ name: "ada" });
  assertEquals((await second.socket.closeFrame())?.code, 4401);
  assertEquals(await bobs.patch({ kind: "TitleChanged", title: "still here" }), "OK");
});

Deno.test("open websockets: are checked at intervals, and stay open while the auth provider fails", async () => {
  let failing = false;
  let asked = 0;
  const known = provider();
  const authProvider: AuthProvider = {
    ...known,
    recheckMilliseconds: 20,
    getUserAsync: (request) => {
      asked++;
      return failing
        ? Promise.reject(new Error("The directory is away"))
        : Promise.resolve(known.getUser!(request, null!));
    },
    authorize: (user) => JSON.stringify(user) !== '{"name":"eve"}' || !known.out.has("rights of eve"),
  };
  delete authProvider.getUser;
  await using server = await serveBokeh({ "/app": () => {} }, { port: 0, authProvider, onError: () => {} });
  using adas = await open(server.port, "who=ada");
  using bobs = await open(server.port, "who=bob");
  using eves = await open(server.port, "who=eve");
  failing = true;
  const before = asked;
  await eventually(() => asked > before + 6);
  failing = false;
  known.out.add("ada");
  known.out.add("rights of eve");
  assertEquals((await adas.socket.closeFrame())?.code, 4401);
  assertEquals((await eves.socket.closeFrame())?.code, 4401);
  assertEquals(await bobs.patch({ kind: "TitleChanged", title: "still here" }), "OK");
});

Deno.test("logout: also closes a websocket that is being opened", async () => {
  const judging = Promise.withResolvers<void>();
  const judged = Promise.withResolvers<void>();
  const authProvider: AuthProvider = {
    getUserAsync: async (request) => {
      if (!request.url.endsWith("/ws")) return cookieAuth.getUser(request);
      judging.resolve();
      await judged.promise;
      return cookieAuth.getUser(request);
    },
    loginUrl: "/login",
    logoutUrl: "/logout",
    logoutHandler: cookieAuth.logoutHandler,
    recheckMilliseconds: MINUTE,
  };
  await using server = await serveBokeh({ "/app": () => {} }, { port: 0, authProvider });
  const opening = RawWebSocket.open(server.port, { token: unsignedToken("x"), extra: "Cookie: who=ada\r\n" });
  await judging.promise;
  assertEquals(await get(server.port, "/logout", "who=ada"), 200);
  judged.resolve();
  using socket = await opening;
  assertEquals(await socket.closeCode(), 4001);
  assertEquals(server.getSessions("/app").flatMap((session) => [...session.subscribers]).length, 0);
});

function serveWithForm(): Promise<ServerProcess> {
  const login = pathOf("../../examples/auth/form_login.ts");
  return ServerProcess.start({ args: ["--auth-module", login, "--cookie-secret", "a secret", "--log-level", "error"] });
}

Deno.test("logout: without a login it takes no memory for any cookies", async () => {
  await using server = await serveWithForm();
  using socket = await RawSocket.connect(server.port);
  const logOut = async (count: number) => {
    const cookie = `who=${count}.${"x".repeat(55_000)}`;
    await socket.send(`GET /logout HTTP/1.1\r\nHost: localhost:${server.port}\r\nCookie: ${cookie}\r\n\r\n`);
    assertEquals((await socket.readResponse())?.status, 303);
  };
  for (let count = 0; count < 1200; count++) await logOut(count);
  const before = await server.memory();
  for (let count = 1200; count < 2700; count++) await logOut(count);
  const taken = await server.memory() - before;
  assert(taken < 50, `${taken} MiB`);
});

Deno.test("logout: takes little time for any number of cookies and websockets", async () => {
  await using server = await serveWithForm();
  const body = new URLSearchParams({ name: "ada", password: "countess" });
  const url = `http://localhost:${server.port}/login`;
  const response = await fetch(url, { method: "POST", body, redirect: "manual" });
  await response.body?.cancel();
  const genuine = response.headers.get("set-cookie")!.split(";")[0];
  const cookiesOf = (value: string) => `${`who=${value}; `.repeat(7_000)}${genuine}`;
  using client = await open(server.port, cookiesOf("x"));
  const before = await server.processorTime();
  assertEquals(await get(server.port, "/logout", cookiesOf("y")), 303);
  assertEquals((await client.socket.closeFrame())?.code, 4401);
  const taken = await server.processorTime() - before;
  assert(taken < 1000, `${taken} ms`);
});

Deno.test("login and logout: responses are not cached unless they allow it", async () => {
  const answer = () => new Response("done");
  const cached = () => new Response("done", { headers: { "cache-control": "max-age=1" } });
  for (const [handler, expected] of [[answer, "no-store"], [cached, "max-age=1"]] as const) {
    const settings = { loginHandler: handler, logoutUrl: "/logout", logoutHandler: handler };
    await using server = await serveBokeh({ "/app": () => {} }, { port: 0, authProvider: provider(settings) });
    for (const path of ["/login", "/logout"]) {
      const request = `GET ${path} HTTP/1.1\r\nHost: localhost:${server.port}\r\n\r\n`;
      assertEquals((await rawRequest(server.port, request))?.headers.get("cache-control")?.trim(), expected);
    }
  }
});
