import { assertEquals } from "@std/assert";
import { getRequest, headerOf, HttpConnection } from "./http_connection.ts";

Deno.test("HttpConnection: sends several requests over one connection", async () => {
  const clients = new Set<number>();
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request, info) => {
    clients.add(info.remoteAddr.port);
    const { pathname } = new URL(request.url);
    if (pathname === "/unchanged") return new Response(null, { status: 304, headers: { etag: '"a"' } });
    if (pathname === "/chunked") return new Response(ReadableStream.from([new Uint8Array(3), new Uint8Array(70_000)]));
    return new Response(`you asked for ${pathname} as ${request.headers.get("accept")}`);
  });
  const { port } = server.addr;
  using connection = await HttpConnection.open(port);

  const page = await connection.request(getRequest(port, "/page", { Accept: "text/html" }), true);
  assertEquals([page.status, new TextDecoder().decode(page.body)], [200, "you asked for /page as text/html"]);
  assertEquals(headerOf(page.head, "Content-Type"), "text/plain;charset=UTF-8");

  const unchanged = await connection.request(getRequest(port, "/unchanged"));
  assertEquals([unchanged.status, unchanged.length, headerOf(unchanged.head, "etag")], [304, 0, '"a"']);
  assertEquals((await connection.request(getRequest(port, "/chunked"))).length, 70_003);
  assertEquals((await connection.request(getRequest(port, "/last"))).body.length, 0);
  assertEquals(clients.size, 1);
});
