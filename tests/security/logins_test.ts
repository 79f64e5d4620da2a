/** Servers with a login: requests before it, caching of responses, redirects, XSRF tokens, and frames. */

import { assert, assertEquals } from "@std/assert";
import { serveBokeh } from "../../server/serve.ts";
import { rawRequest, type RawResponse, RawSocket, withDeadline } from "../kit/raw_socket.ts";
import { ATTACKED_APP, ServerProcess } from "../kit/server_process.ts";

const FORM_LOGIN = decodeURIComponent(new URL("../../examples/auth/form_login.ts", import.meta.url).pathname);
const FOLDER = decodeURIComponent(new URL("../kit/attacked_apps/folder", import.meta.url).pathname);
const MEBIBYTE = 1024 * 1024;
/** Maximum memory for requests of any length, in MiB. */
const MOST_MEMORY = 60;

function serveWithLogin(...args: string[]): Promise<ServerProcess> {
  return ServerProcess.start({
    apps: [ATTACKED_APP, FOLDER],
    args: ["--auth-module", FORM_LOGIN, "--cookie-secret", "only for this test", ...args],
  });
}

/** Sends a request of HTTP/1.1 and returns the response. */
async function ask(server: ServerProcess, request: string, headers: string[] = [], body = ""): Promise<RawResponse> {
  const lines = [`${request} HTTP/1.1`, `Host: localhost:${server.port}`, ...headers];
  const response = await rawRequest(server.port, `${lines.join("\r\n")}\r\n\r\n${body}`);
  if (response === undefined) throw new Error(`The server did not answer ${request}`);
  return response;
}

function formOf(fields: Record<string, string>): [headers: string[], body: string] {
  const body = new URLSearchParams(fields).toString();
  return [[`Content-Length: ${body.length}`, "Content-Type: application/x-www-form-urlencoded"], body];
}

/** Logs in as Ada and returns the response. */
async function logIn(server: ServerProcess, path = "/login"): Promise<RawResponse> {
  return await ask(server, `POST ${path}`, ...formOf({ name: "ada", password: "countess" }));
}

function cookieOf(response: RawResponse): string {
  return response.headers.get("set-cookie")!.split(";")[0]!;
}

/** Sends a body until the server responds or closes the connection. Returns the status of the response, if any. */
async function flood(server: ServerProcess, path: string, headers: string[], chunk: Uint8Array, count: number) {
  const socket = await RawSocket.connect(server.port);
  const lines = [`POST ${path} HTTP/1.1`, `Host: localhost:${server.port}`, ...headers];
  await socket.send(`${lines.join("\r\n")}\r\n\r\n`);
  const response = socket.readResponse().finally(() => socket.close());
  for (let sent = 0; sent < count; sent++) if (!await socket.send(chunk)) break;
  return (await withDeadline(response, () => socket.close()))?.status;
}

Deno.test("Login form: a long body takes little memory, and other users can log in meanwhile", async () => {
  await using server = await serveWithLogin();
  await server.resetPeakMemory();
  const before = await server.memory();
  const plain = new Uint8Array(MEBIBYTE).fill(0x61);
  const chunked = new Uint8Array([...new TextEncoder().encode("100000\r\n"), ...plain, 0x0d, 0x0a]);
  const count = 100;
  for (const type of ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
    const statuses = Promise.all([
      flood(server, "/login", [`Content-Type: ${type}`, `Content-Length: ${count * MEBIBYTE}`], plain, count),
      flood(server, "/login", [`Content-Type: ${type}`, "Transfer-Encoding: chunked"], chunked, count),
      flood(server, "/logout", [`Content-Type: ${type}`, "Transfer-Encoding: chunked"], chunked, count),
    ]);
    assertEquals((await logIn(server)).status, 303);
    for (const status of await statuses) assert([413, 303, undefined].includes(status), `${status}`);
  }
  const memory = await server.peakMemory() - before;
  assert(memory < MOST_MEMORY, `${memory} MiB`);
  assertEquals((await ask(server, "GET /app", [`Cookie: ${cookieOf(await logIn(server))}`])).status, 200);
});

Deno.test("Login form: a body that is too long is refused", async () => {
  await using server = await serveWithLogin();
  const [headers, body] = formOf({ name: "a".repeat(300_000) });
  assertEquals((await ask(server, "POST /login", headers, body)).status, 413);
  const chunk = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
  const chunked = [headers[1]!, "Transfer-Encoding: chunked"];
  assertEquals((await ask(server, "POST /login", chunked, chunk)).status, 413);
});

Deno.test("Caching: responses that require a login are private", async () => {
  await using server = await serveWithLogin();
  const cookie = cookieOf(await logIn(server));
  const hash = (await ask(server, "GET /folder/static/hello.txt", [`Cookie: ${cookie}`])).headers.get("etag")!;
  const paths = [
    "/folder/static/hello.txt",
    "/folder/static/hello.txt?v=1",
    `/folder/static/hello.txt?v=${hash.replaceAll('"', "")}`,
    "/folder/static/js/bokeh.min.js",
    "/app",
    "/app/metadata",
    "/app/autoload.js?bokeh-autoload-element=e",
    "/app/embed.json",
    "/",
  ];
  for (const path of paths) {
    for (const headers of [[], [`Cookie: ${cookie}`]]) {
      const response = await ask(server, `GET ${path}`, headers);
      const caching = response.headers.get("cache-control") ?? "";
      assert(/private|no-store/.test(caching) && !caching.includes("public"), `${path}: ${caching}`);
      assert(response.headers.get("vary")?.includes("Cookie"), path);
    }
  }
  // Files that do not require a login are the same for all users.
  const free = await ask(server, "GET /static/js/bokeh.min.js");
  assertEquals([free.status, free.headers.get("vary")], [200, "Accept-Encoding"]);
});

Deno.test("Caching: only files with a hash in the URL are immutable", async () => {
  await using server = await ServerProcess.start({ apps: [FOLDER] });
  const caching = async (query: string) =>
    (await ask(server, `GET /folder/static/hello.txt${query}`)).headers.get("cache-control");
  const { headers } = await ask(server, "GET /folder/static/hello.txt");
  assertEquals(await caching("?v=anything"), "no-cache");
  assertEquals(await caching(`?v=${headers.get("etag")!.replaceAll('"', "")}`), "public, max-age=315360000, immutable");
});

Deno.test("Login: redirects only to pages of the server", async () => {
  await using server = await serveWithLogin("--use-xheaders");
  const own = `localhost:${server.port}`;
  const targets = [
    "/.//evil.example/phish",
    "/app/..//evil.example",
    "/./\\evil.example",
    "/%2e//evil.example",
    "/%2e%2e//evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    `//${own}@evil.example`,
    `http://${own}.evil.example`,
    "/;//evil.example",
    "evil.example",
  ];
  for (const target of targets) {
    const { status, headers } = await logIn(server, `/login?next=${encodeURIComponent(target)}`);
    assertEquals(status, 303, target);
    assertEquals(new URL(headers.get("location")!, `http://${own}/login`).host, own, target);
  }
  const { headers } = await logIn(server, `/login?next=${encodeURIComponent("/app?mood=good")}`);
  assertEquals(headers.get("location"), "/app?mood=good");
  for (const prefix of ["//evil.example", "/\\evil.example", "/.//evil.example", "https://evil.example"]) {
    for (const path of ["/app", "/", "/logout"]) {
      const response = await ask(server, `GET ${path}`, [`X-Forwarded-Prefix: ${prefix}`]);
      assertEquals(new URL(response.headers.get("location")!, `http://${own}/`).host, own, `${prefix} ${path}`);
    }
  }
});

Deno.test("extraPatterns: require the login and the XSRF token, unless they are public", async () => {
  const received: string[] = [];
  const handler = async (request: Request) => {
    received.push(await request.text());
    return Response.redirect("http://localhost/elsewhere");
  };
  await using server = await serveBokeh(() => {}, {
    port: 0,
    hostname: "127.0.0.1",
    xsrfCookies: true,
    authProvider: {
      getUser: (request) => request.headers.get("x-user"),
      loginUrl: "/login",
      loginHandler: async (_request, context) => Response.json(await context.xsrfToken()),
    },
    extraPatterns: [
      [new URLPattern({ pathname: "/mine" }), handler],
      [new URLPattern({ pathname: "/hook" }), handler, { public: true }],
    ],
    limits: { bodyBytes: 10 },
  });
  const status = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(new URL(path, server.url), { redirect: "manual", ...init });
    await response.body?.cancel();
    return response.status;
  };
  const login = await fetch(new URL("/login", server.url), { headers: { "x-user": "ada" } });
  const { token, cookie } = await login.json();
  const xsrf = { cookie, "x-xsrftoken": token };
  assertEquals(await status("/mine"), 401);
  assertEquals(await status("/mine", { method: "OPTIONS" }), 403);
  assertEquals(await status("/mine", { headers: { accept: "text/html" } }), 302);
  assertEquals(await status("/mine", { method: "POST", body: "x", headers: { "x-user": "ada" } }), 403);
  assertEquals(received, []);
  assertEquals(await status("/mine", { headers: { "x-user": "ada" } }), 302);
  assertEquals(await status("/mine", { method: "POST", body: "mine", headers: { "x-user": "ada", ...xsrf } }), 302);
  assertEquals(await status("/hook", { method: "POST", body: "hook" }), 302);
  assertEquals(received, ["", "mine", "hook"]);
  assertEquals(await status("/hook", { method: "POST", body: "longer than ten" }), 413);
  assertEquals(received.length, 3);
});

Deno.test("Frames: only pages of the server and of allowed hosts can show its pages", async () => {
  const policies = async (...args: string[]) => {
    await using server = await ServerProcess.start({ args: ["--disable-index-redirect", ...args] });
    const own = [`http://localhost:${server.port}`, `http://127.0.0.1:${server.port}`].join(" ");
    const pages = await Promise.all(["/app", "/", "/app?bokeh-token=x"].map((path) => ask(server, `GET ${path}`)));
    return pages.map(({ headers }) => headers.get("content-security-policy")?.replace(own, "(own)"));
  };
  const all = (policy: string) => [policy, policy, policy];
  assertEquals(await policies(), all("frame-ancestors 'self' (own)"));
  const hosts = ["a.example", "b.example:443", "*.c.example:8080", "d.example:*", "e.*.example"];
  const args = hosts.flatMap((host) => ["--allow-websocket-origin", host]);
  const sources = "http://a.example https://b.example http://*.c.example:8080 http://d.example:*";
  assertEquals(await policies(...args), all(`frame-ancestors 'self' ${sources}`));
  assertEquals(await policies("--allow-websocket-origin", "*"), all("frame-ancestors *"));
  const [page] = await policies("--content-security-policy", "img-src 'self'");
  assertEquals(page, "img-src 'self'; frame-ancestors 'self' (own)");
  const [free] = await policies("--content-security-policy", "frame-ancestors *");
  assertEquals(free, "frame-ancestors *");
});

Deno.test("--dev: listens on the loopback interface only, and checks hosts and arguments of its routes", async () => {
  await using server = await ServerProcess.start({
    apps: [ATTACKED_APP],
    args: ["--dev", "--allowed-host", "localhost"],
  });
  if (Deno.build.os === "linux") {
    const port = server.port.toString(16).toUpperCase().padStart(4, "0");
    const listening = (await Deno.readTextFile("/proc/net/tcp")).split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local, , state]) => local?.endsWith(`:${port}`) && state === "0A");
    assertEquals(listening.map(([, local]) => local), [`0100007F:${port}`]);
  }
  const of = async (host: string, path: string, headers = "") =>
    (await rawRequest(server.port, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${headers}\r\n`))?.status;
  for (const path of ["/dev-events?page=/app", "/dev.js", "/app"]) {
    assertEquals([await of("evil.example", path), await of("localhost", path)], [421, 200], path);
  }
  for (const page of ["%25", "%25zz", "%25ff", "/app%25c3"]) {
    assertEquals(await of("localhost", `/dev-events?page=${page}`), 400, page);
  }
  assertEquals(await of("localhost", "/app", "Cookie: bokeh-dev-session=%zz\r\n"), 200);
});

Deno.test("XSRF tokens: are valid only for their user", async () => {
  await using server = await serveWithLogin("--enable-xsrf-cookies", "--use-xheaders");
  const tokenOf = async (headers: string[] = []) => {
    const page = await ask(server, "GET /login", headers);
    const token = /name="_xsrf" value="([^"]+)"/.exec(page.body)![1]!;
    assertEquals(cookieOf(page), `_xsrf=${token}`);
    return token;
  };
  const logInWith = async (name: string, password: string) => {
    const token = await tokenOf();
    const [headers, body] = formOf({ name, password, _xsrf: token });
    return cookieOf(await ask(server, "POST /login", [...headers, `Cookie: _xsrf=${token}`], body));
  };
  const [ada, grace] = [await logInWith("ada", "countess"), await logInWith("grace", "admiral")];
  const own = await tokenOf([`Cookie: ${ada}`]);
  const post = async (token: string, ...headers: string[]) =>
    (await ask(server, "POST /logout", [`Cookie: ${ada}; _xsrf=${token}`, "Content-Length: 0", ...headers])).status;
  const planted = [
    await tokenOf(),
    await tokenOf([`Cookie: ${grace}`]),
    "0123456789abcdef0123456789abcdef",
    `${own.slice(0, -1)}${own.endsWith("A") ? "B" : "A"}`,
    own.split(".")[0]!,
    "",
  ];
  for (const token of planted) assertEquals(await post(token, `X-XSRFToken: ${token}`), 403, token);
  assertEquals(await post(own), 403);
  const inQuery = await ask(server, `POST /logout?_xsrf=${own}`, [`Cookie: ${ada}; _xsrf=${own}`, "Content-Length: 0"]);
  assertEquals(inQuery.status, 403);
  // A token is kept as long as it is valid.
  assertEquals(await tokenOf([`Cookie: ${ada}; _xsrf=${own}`]), own);
  assert(await tokenOf([`Cookie: ${ada}; _xsrf=planted`]) !== "planted");
  assertEquals(await post(own, `X-XSRFToken: ${own}`), 303);
});

Deno.test("XSRF cookie: with HTTPS no other host can set it", async () => {
  await using server = await serveWithLogin("--enable-xsrf-cookies", "--use-xheaders");
  const https = "X-Forwarded-Proto: https";
  const page = await ask(server, "GET /login", [https]);
  assert(/^__Host-_xsrf=[^;]+; Path=\/; Secure; SameSite=Lax$/.test(page.headers.get("set-cookie")!));
  const token = cookieOf(page).split("=")[1]!;
  const post = async (cookie: string) => {
    const [headers, body] = formOf({ name: "ada", password: "countess", _xsrf: token });
    return (await ask(server, "POST /login", [...headers, https, `Cookie: ${cookie}`], body)).status;
  };
  assertEquals([await post(cookieOf(page)), await post(`_xsrf=${token}`)], [303, 403]);
});
