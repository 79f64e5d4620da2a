import { assertEquals } from "@std/assert";
import { PeerListener } from "./peer_listener.ts";

/** Sends a request as it is, and returns the first line of the response. */
async function firstLine(port: number, request: string): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new TextEncoder().encode(request));
  const bytes = new Uint8Array(1024);
  const count = await connection.read(bytes) ?? 0;
  return new TextDecoder().decode(bytes.subarray(0, count)).split("\r\n")[0]!;
}

Deno.test("PeerListener refuses requests that are not signed, however malformed they are", async () => {
  const answered: string[] = [];
  const listener = new PeerListener({ hostname: "127.0.0.1", port: 0 }, {
    key: () => Promise.resolve("a secret"),
    answer: (request) => {
      answered.push(request.url);
      return Promise.resolve(new Response());
    },
    owns: (key) => Promise.resolve(answered.push(key) > 0),
  });
  const headers = [
    "a",
    "a b",
    "[::",
    "a:99999999",
    "a\r\nbokeh-relay: a.b",
    `a\r\nbokeh-relay: ${"a".repeat(60_000)}.${"b".repeat(43)}`,
  ];
  const lines = headers.map((host) => `GET /x HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  for (const request of [...lines, "GET /x HTTP/1.0\r\n\r\n", "GET http://[bad/x HTTP/1.1\r\nHost: a\r\n\r\n"]) {
    assertEquals(
      await firstLine(listener.port!, request).then((line) => line.split(" ")[1]),
      "403",
      request.slice(0, 80),
    );
  }
  assertEquals(answered, []);
  await listener.shutdown();
});
