/** Handshakes of websockets, and origins of pages. */

import { assert, assertEquals } from "@std/assert";
import { latin1, rawRequest, RawSocket, withDeadline } from "../kit/raw_socket.ts";
import { type Handshake, handshakeText, OPCODE, RawWebSocket } from "../kit/raw_websocket.ts";
import { testAttacks } from "../kit/attack_series.ts";
import type { ServerProcess } from "../kit/server_process.ts";
import { message, unsignedToken } from "../kit/messages.ts";
import { WireClient } from "../kit/wire_client.ts";
import { encodeFrame } from "../kit/raw_websocket.ts";

async function statusOf(server: ServerProcess, handshake: Handshake): Promise<number | undefined> {
  const token = handshake.token ?? unsignedToken();
  return (await rawRequest(server.port, handshakeText(server.port, { ...handshake, token })))?.status;
}

testAttacks(
  "Origins: only listed origins can open a websocket",
  { args: ["--allow-websocket-origin", "good.test:*"] },
  async (server, attack) => {
    await attack("listed origins are accepted", async () => {
      for (const origin of ["http://good.test", "https://good.test:8443", "http://GOOD.test:1"]) {
        assertEquals(await statusOf(server, { origin }), 101, origin);
      }
    });
    await attack("similar origins are refused with 403", async () => {
      const origins = [
        "http://good.test.evil.test",
        "http://evil-good.test",
        "http://evil.test/good.test",
        "http://good.test@evil.test",
        "http://evil.test#good.test",
        "http://good.test.",
        "http://[::1].good.test",
        "null",
        "",
        "http://",
        "good.test",
        "http://good.test, http://evil.test",
        "http://evil.test:good.test",
        "http://good.test:80:80",
        "javascript://good.test",
        "http://good.test\\evil.test",
        "http://good.test:",
        "http://good.test/",
        "http://xn--good.test",
        "file://",
      ];
      for (const origin of origins) {
        const status = await statusOf(server, { origin });
        // No page has such a scheme. Only the host is checked, as by Bokeh.
        assertEquals(status, origin.startsWith("javascript") ? 101 : 403, JSON.stringify(origin));
      }
    });
    await attack("two Origin headers are refused", async () => {
      const extra = "Origin: http://evil.test\r\n";
      assertEquals(await statusOf(server, { origin: "http://good.test", extra }), 403);
      assertEquals(await statusOf(server, { origin: "http://evil.test", extra: "Origin: http://good.test\r\n" }), 403);
    });
    await attack("an origin that equals an arbitrary Host is refused (DNS rebinding)", async () => {
      const host = `evil.test:${server.port}`;
      assertEquals(await statusOf(server, { host, origin: `http://${host}` }), 403);
      const local = `127.0.0.1:${server.port}`;
      assertEquals(await statusOf(server, { host: local, origin: `http://${local}` }), 101);
    });
    await attack("without Origin, Sec-Fetch-Site is checked", async () => {
      assertEquals(await statusOf(server, {}), 101);
      for (const site of ["cross-site", "same-site", "Cross-Site"]) {
        assertEquals(await statusOf(server, { extra: `Sec-Fetch-Site: ${site}\r\n` }), 403, site);
      }
      assertEquals(await statusOf(server, { extra: "Sec-Fetch-Site: same-origin\r\n" }), 101);
    });
  },
);

testAttacks("Handshake: invalid ones are refused before the upgrade", {}, async (server, attack) => {
  await attack("subprotocols other than bokeh and a token are refused with 400", async () => {
    const token = unsignedToken();
    const wrong = [
      null,
      "",
      "bokeh",
      token,
      `${token}, bokeh`,
      `other, ${token}`,
      `bokeh, ${token}, more`,
      `BOKEH, ${token}`,
      "bokeh, ",
      ", ,",
    ];
    for (const protocol of wrong) {
      const response = await rawRequest(server.port, handshakeText(server.port, { protocol }));
      assertEquals(response?.status, 400, JSON.stringify(protocol));
      assertEquals(response?.headers.get("sec-websocket-protocol"), null);
      assert(!response?.body.includes(token));
    }
  });
  await attack("the token is never sent back", async () => {
    const token = unsignedToken();
    const response = await rawRequest(server.port, handshakeText(server.port, { token }));
    assertEquals(response?.headers.get("sec-websocket-protocol"), "bokeh");
    assert(![...response!.headers.values()].some((value) => value.includes(token)));
  });
  await attack("invalid handshakes get a status according to RFC 6455", async () => {
    const cases: [Handshake, number][] = [
      [{ version: "8" }, 426],
      [{ version: "99999999999999999999" }, 426],
      [{ version: null }, 426],
      [{ key: null }, 400],
      [{ upgrade: null }, 400],
      [{ upgrade: "h2c" }, 400],
      [{ connection: null }, 400],
      [{ connection: "close" }, 400],
      [{ method: "POST" }, 405],
    ];
    for (const [handshake, expected] of cases) {
      const token = unsignedToken();
      const response = await rawRequest(server.port, handshakeText(server.port, { ...handshake, token }));
      assertEquals(response?.status, expected, JSON.stringify(handshake));
      if (expected === 426) assertEquals(response?.headers.get("sec-websocket-version"), "13");
    }
  });
  await attack("headers that are long, many or not UTF-8 are refused or served at once", async () => {
    const token = unsignedToken();
    const cases: Handshake[] = [
      { protocol: "bokeh, t\u00f6k\u00ebn\u00ff" },
      { protocol: Array.from({ length: 4000 }, (_, i) => `p${i}`).join(", ") },
      { protocol: `bokeh,${" ".repeat(30_000)}${token}` },
      { extra: Array.from({ length: 2000 }, (_, i) => `X-${i}: y\r\n`).join("") },
      { extra: `Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99; ${"a;".repeat(2000)}\r\n` },
      { extra: 'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits="\r\n' },
      { key: "short" },
    ];
    for (const handshake of cases) {
      const started = performance.now();
      await rawRequest(server.port, latin1(handshakeText(server.port, { token, ...handshake })));
      assert(performance.now() - started < 3000);
    }
  });
  await attack("a message sent with the request is answered after ACK", async () => {
    using socket = await RawSocket.connect(server.port);
    const handshake = new TextEncoder().encode(handshakeText(server.port, { token: unsignedToken() }));
    const frames = message("SERVER-INFO-REQ").map((payload) => encodeFrame({ opcode: OPCODE.text, payload }));
    await socket.send(Uint8Array.from([...handshake, ...frames.flatMap((frame) => [...frame])]));
    assertEquals((await withDeadline(socket.readResponse()))?.status, 101);
    const client = new WireClient(new RawWebSocket(socket));
    assertEquals((await client.next())?.type, "ACK");
    assertEquals((await client.next())?.type, "SERVER-INFO-REPLY");
  });
  await attack("a handshake for an unknown application gets 404", async () => {
    assertEquals(await statusOf(server, { path: "/other/ws", token: unsignedToken("x") }), 404);
  });
});
