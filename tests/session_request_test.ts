/**
 * The request of a session, as applications receive it.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { type Document, serveBokeh, type ServeBokehOptions } from "@bokeh/server";
import { ServerProcess } from "./kit/server_process.ts";
import { generateToken } from "../session/credentials/token.ts";
import { parseArguments } from "../handlers/http/request_filter.ts";
import { RawWebSocket } from "./kit/raw_websocket.ts";
import { WireClient } from "./kit/wire_client.ts";

const LOCAL = { port: 0, hostname: "127.0.0.1" } as const;

interface RecordedRequest {
  readonly [name: string]: unknown;
}

function record(requests: RecordedRequest[]): (doc: Document) => void {
  return (doc) => {
    const { method, url, protocol, host, path, uri, remoteAddress } = doc.session_context!.request!;
    requests.push({ method, url, protocol, host, path, uri, remoteAddress });
  };
}

async function recordRequest(
  options: ServeBokehOptions,
  path: string,
  headers: HeadersInit = {},
): Promise<[RecordedRequest, number]> {
  const requests: RecordedRequest[] = [];
  await using server = await serveBokeh({ "/app": record(requests) }, { ...LOCAL, ...options });
  await (await fetch(`http://127.0.0.1:${server.port}${path}`, { headers })).body?.cancel();
  return [requests[0]!, server.port];
}

Deno.test("request: has the URL of the page and the address of the client, but no session id", async () => {
  const [request, port] = await recordRequest({}, "/app?a=1&bokeh-session-id=mine&b=%20%ff");
  assertEquals(request, {
    method: "GET",
    url: `http://127.0.0.1:${port}/app?a=1&b=%20%ff`,
    protocol: "http",
    host: `127.0.0.1:${port}`,
    path: "/app",
    uri: "/app?a=1&b=%20%ff",
    remoteAddress: "127.0.0.1",
  });
});

Deno.test("request: headers of proxies are used only if they are trusted", async () => {
  const headers = { "X-Real-Ip": "203.0.113.7", "X-Scheme": "https", "X-Forwarded-Host": "apps.example" };
  const [trusted] = await recordRequest({ useXheaders: true }, "/app?a=1", headers);
  assertEquals(trusted, {
    method: "GET",
    url: "https://apps.example/app?a=1",
    protocol: "https",
    host: "apps.example",
    path: "/app",
    uri: "/app?a=1",
    remoteAddress: "203.0.113.7",
  });
  const [request, port] = await recordRequest({}, "/app", { ...headers, "bokeh-relay": "203.0.113.8" });
  assertEquals([request.protocol, request.host, request.remoteAddress], ["http", `127.0.0.1:${port}`, "127.0.0.1"]);
});

Deno.test("request: a session that is created by a websocket has the page and arguments of its token", async () => {
  const requests: RecordedRequest[] = [];
  await using server = await serveBokeh({ "/app": record(requests) }, { ...LOCAL, sessionCreation: "connect" });
  const payload = { arguments: parseArguments("?a=1&a=%ff&b=x y"), headers: {}, cookies: {} };
  using client = new WireClient(
    await RawWebSocket.open(server.port, { token: await generateToken("session", { payload }) }),
  );
  assertEquals((await client.next())?.type, "ACK");
  const host = requests[0]!.host;
  assertEquals(requests, [{
    method: "GET",
    url: `http://${host}/app?a=1&a=%FF&b=x%20y`,
    protocol: "http",
    host,
    path: "/app",
    uri: "/app?a=1&a=%FF&b=x%20y",
    remoteAddress: "127.0.0.1",
  }]);
});

const APP = `
import { Div } from "@bokeh/server/models";
export default (doc) => {
  const { method, url, remoteAddress, headers } = doc.session_context.request;
  const relay = Object.keys(headers).filter((name) => name.includes("relay"));
  doc.add_root(new Div({ name: "request", text: JSON.stringify({ method, url, remoteAddress, relay }) }));
};
`;

Deno.test("request: a session of another process also has the address of the client", async () => {
  const folder = await Deno.makeTempDir({ dir: decodeURIComponent(new URL(".", import.meta.url).pathname) });
  try {
    await Deno.mkdir(join(folder, "templated/templates"), { recursive: true });
    await Deno.writeTextFile(join(folder, "templated/templates/index.html"), "{% extends base %}");
    await Deno.writeTextFile(join(folder, "templated/main.ts"), APP);
    await Deno.writeTextFile(join(folder, "app.ts"), APP);
    await using program = await ServerProcess.serve(
      ...[join(folder, "app.ts"), join(folder, "templated"), "--address", "127.0.0.1", "--port", "0"],
      ...["--num-procs", "2", "--use-xheaders"],
    );
    const { port } = program;
    const headers = { "X-Real-Ip": "203.0.113.7", "X-Scheme": "https", "bokeh-relay": "203.0.113.8" };
    const extra = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join("");
    for (let i = 0; i < 8; i++) {
      const page = await fetch(`http://127.0.0.1:${port}/templated?a=1&bokeh-session-id=session${i}`, { headers });
      await page.body?.cancel();
      for (const path of ["/templated", "/app"]) {
        using client = await WireClient.connect(Number(port), `session${i}`, { path: `${path}/ws`, extra });
        const doc = await client.pull();
        const request = JSON.parse(doc.roots[0].attributes.text);
        const uri = path === "/app" ? "/app" : "/templated?a=1";
        assertEquals([request.method, new URL(request.url).pathname + new URL(request.url).search], ["GET", uri]);
        assertEquals([new URL(request.url).protocol, request.remoteAddress, request.relay], [
          "https:",
          "203.0.113.7",
          [],
        ]);
      }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
