/** Checks that the tests listed in `expectations.ts` exist, and contains those of them that no other file has. */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { configure, type LogRecord, reset } from "@logtape/logtape";
import { fromFileUrl } from "@std/path";
import { glob } from "node:fs/promises";
import { BokehServer } from "../server/bokeh_server.ts";
import { staticResponse } from "../handlers/files/static_response.ts";
import { StaticFolder } from "../handlers/files/static_folder.ts";
import { renderIndex } from "../embed/pages/index_page.ts";
import { serveBokeh } from "../server/serve.ts";
import { EXPECTATIONS } from "./expectations.ts";
import { example, ServerProcess } from "./kit/server_process.ts";
import { RawWebSocket } from "./kit/raw_websocket.ts";
import { unsignedToken } from "./kit/messages.ts";

const ORIGIN = "http://host:5006";

/** Sends a request to a server and reads the response. */
async function ask(path: string, init: RequestInit = {}, server = new BokehServer({ "/a": () => {}, "/b": () => {} })) {
  const response = await server.fetch(new Request(ORIGIN + path, init));
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Returns the log messages that `work` causes. */
async function logged(work: () => Promise<unknown>): Promise<string[]> {
  const lines: string[] = [];
  const write = (record: LogRecord) => void lines.push(record.message.map(String).join(""));
  await configure({
    reset: true,
    sinks: { lines: write },
    loggers: [{ category: "bokeh", sinks: ["lines"], lowestLevel: "debug" }, {
      category: ["logtape", "meta"],
      lowestLevel: "error",
      sinks: [],
    }],
  });
  try {
    await work();
  } finally {
    await reset();
  }
  return lines;
}

async function openssl(...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("openssl", { args, stdin: "null" }).output();
  assert(success, new TextDecoder().decode(stderr));
}

Deno.test("EXPECTATIONS: every listed test exists", async () => {
  const root = new URL("../", import.meta.url);
  const conformance = new Set<string>();
  for await (const path of glob("tests/conformance/test_*.py", { cwd: fromFileUrl(root) })) {
    const text = await Deno.readTextFile(new URL(path, root));
    for (const [, name] of text.matchAll(/^ *(?:async )?def (test_\w+)/gm)) conformance.add(name!);
  }
  for (const [behavior, ...tests] of EXPECTATIONS) {
    assert(tests.length > 0, behavior);
    for (const test of tests) {
      if (test.endsWith(".ts")) await Deno.stat(new URL(test, root));
      else assert(conformance.has(test), `${behavior}: ${test}`);
    }
  }
});

Deno.test("HEAD: every route answers like GET without a body", async () => {
  for (
    const path of [
      "/a",
      "/a/",
      "/",
      "/favicon.ico",
      "/a/metadata",
      "/a/autoload.js?bokeh-autoload-element=x",
      "/healthz",
    ]
  ) {
    const { status, text } = await ask(path, { method: "HEAD" });
    assertEquals([status, text], [200, ""], path);
  }
});

Deno.test("OPTIONS of autoload.js: works without Origin", async () => {
  const { status, headers } = await ask("/a/autoload.js", { method: "OPTIONS" });
  assertEquals([status, headers.get("access-control-allow-origin")], [200, "*"]);
});

Deno.test("index page: contains no URLs of other hosts", () => {
  const html = renderIndex([{ url: "/a", name: "a", title: "A", description: "An application" }]);
  assertEquals(html.match(/https?:\/\/|\/\/\w|@import|url\(/g), null);
});

Deno.test("static files: have the content types that browsers require", async () => {
  const folder = await Deno.makeTempDir();
  const types = {
    mjs: /^text\/javascript/,
    map: /json/,
    woff2: /^font\/woff2/,
    wasm: /^application\/wasm/,
    css: /^text\/css/,
    svg: /^image\/svg\+xml/,
  };
  for (const [ending, type] of Object.entries(types)) {
    await Deno.writeTextFile(`${folder}/a.${ending}`, "x");
    const file = await new StaticFolder(folder).find(`a.${ending}`);
    const response = await staticResponse(new Request(ORIGIN), file!, null);
    await response.body?.cancel();
    assertMatch(response.headers.get("content-type")!, type);
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("log: states the option that allows a refused origin", async () => {
  const headers = {
    ...{ upgrade: "websocket", connection: "upgrade", "sec-websocket-version": "13", "sec-websocket-key": "a" },
    origin: "https://page.example:8443",
  };
  const lines = await logged(() => ask("/a/ws", { headers }));
  assert(lines.some((line) => line.includes("--allow-websocket-origin=page.example:8443")), lines.join("\n"));
});

Deno.test("access log: contains no session ids and no tokens", async () => {
  const secret = "an-id-that-must-stay-secret";
  const lines = await logged(async () => {
    await ask(`/a?bokeh-session-id=${secret}`);
    await ask(`/a?bokeh-token=${secret}`);
    await ask(`/a/autoload.js?bokeh-session-id=${secret}&bokeh-autoload-element=x`);
  });
  assert(lines.some((line) => /GET.*\/a.* 200 \d+ ms/.test(line)), lines.join("\n"));
  assert(!lines.join("\n").includes(secret));
});

Deno.test("url: contains the scheme and the prefix", async () => {
  await using server = await serveBokeh({ "/a": () => {} }, { port: 0, hostname: "0.0.0.0", prefix: "apps" });
  assertEquals(server.url, `http://localhost:${server.port}/apps/`);
});

Deno.test("log: states the interfaces on which the server listens", async () => {
  const folder = await Deno.makeTempDir();
  {
    await using _program = await ServerProcess.serve(example("sliders"), "--port", "0", "--log-file", `${folder}/log`);
  }
  assertStringIncludes(await Deno.readTextFile(`${folder}/log`), "Listening on all interfaces");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("TLS: the key can have a password", async () => {
  const folder = await Deno.makeTempDir();
  await openssl(
    "genpkey",
    "-algorithm",
    "RSA",
    "-aes-256-cbc",
    "-pass",
    "pass:open sesame",
    "-out",
    `${folder}/key.pem`,
  );
  await openssl(
    ...["req", "-x509", "-new", "-key", `${folder}/key.pem`, "-passin", "pass:open sesame", "-subj", "/CN=localhost"],
    ...["-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"],
    ...["-out", `${folder}/cert.pem`],
  );
  await using program = await ServerProcess.serve(
    { BOKEH_SSL_PASSWORD: "open sesame" },
    ...[example("sliders"), "--port", "0", "--log-level", "None"],
    ...["--ssl-certfile", `${folder}/cert.pem`, "--ssl-keyfile", `${folder}/key.pem`],
  );
  using client = Deno.createHttpClient({ caCerts: [await Deno.readTextFile(`${folder}/cert.pem`)] });
  assertStringIncludes(await (await fetch(program.url, { client })).text(), "<title>Sliders</title>");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("extraPatterns: can serve the files of an extension", async () => {
  const pathname = "/static/extensions/mine/:file";
  const server = new BokehServer({ "/a": () => {} }, {
    extraPatterns: [[new URLPattern({ pathname }), (_request, match) => new Response(match.pathname.groups["file"])]],
  });
  assertEquals((await ask("/static/extensions/mine/mine.js", {}, server)).text, "mine.js");
});

Deno.test("pages: have X-Robots-Tag noindex", async () => {
  assertStringIncludes((await ask("/a")).headers.get("x-robots-tag")!, "noindex");
});

Deno.test("keep-alive: a client that does not answer pings is disconnected", async () => {
  await using server = await serveBokeh({ "/app": () => {} }, { port: 0, keepAliveMilliseconds: 1000 });
  using _silent = await RawWebSocket.open(server.port, { token: unsignedToken("silent") });
  const disconnected = Promise.withResolvers<void>();
  const timer = setInterval(() => {
    const [session] = server.getSessions("/app");
    if (session !== undefined && session.subscribers.size === 0) disconnected.resolve();
  }, 50);
  await disconnected.promise;
  clearInterval(timer);
});
