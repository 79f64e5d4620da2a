/** Forged, truncated, expired and unusual tokens and session ids. */

import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { deflateSync } from "node:zlib";
import { generateSessionId } from "../../session/credentials/session_id.ts";
import { generateToken } from "../../session/credentials/token.ts";
import { tokenOf } from "../../handlers/handler_test_support.ts";
import { rawRequest } from "../kit/raw_socket.ts";
import { handshakeText, OPCODE, RawWebSocket } from "../kit/raw_websocket.ts";
import { testAttacks } from "../kit/attack_series.ts";
import { ATTACKED_APP, ServerProcess } from "../kit/server_process.ts";
import { base64url, encodeToken, unsignedToken } from "../kit/messages.ts";
import { WireClient } from "../kit/wire_client.ts";

/** Returns how the server answers a token: the status of the handshake, or `close` and the code. */
async function answerTo(server: ServerProcess, token: string): Promise<string> {
  const response = await rawRequest(server.port, handshakeText(server.port, { token }));
  if (response?.status !== 101) return `${response?.status}`;
  using socket = await RawWebSocket.open(server.port, { token });
  return `close ${await socket.closeCode()}`;
}

async function get(server: ServerProcess, path: string, headers = ""): Promise<number | undefined> {
  const request = `GET ${path} HTTP/1.1\r\nHost: localhost:${server.port}\r\n${headers}\r\n`;
  return (await rawRequest(server.port, request))?.status;
}

function packed(text: string | Uint8Array): string {
  return base64url(deflateSync(text));
}

function inAnHour(): number {
  return Math.floor(Date.now() / 1000) + 3600;
}

function utf16(text: string): Uint8Array {
  return Uint8Array.from([...text].flatMap((char) => [char.charCodeAt(0), 0]));
}

testAttacks("Tokens: invalid ones are refused", {}, async (server, attack) => {
  await attack("an expired token creates no session, and the page receives the reason", async () => {
    assertEquals(await answerTo(server, unsignedToken("old", { session_expiry: 1 })), "close 1008");
  });
  await attack("malformed tokens are refused with 403", async () => {
    const good = unsignedToken();
    const tokens: Record<string, string> = {
      garbage: "garbage",
      cut: good.slice(0, -7),
      padded: `${good}==`,
      "no expiry": encodeToken({ session_id: "a" }),
      "expiry is a text": unsignedToken("a", { session_expiry: "9999999999" }),
      "expiry is null": unsignedToken("a", { session_expiry: null }),
      "expiry is a fraction": unsignedToken("a", { session_expiry: inAnHour() + 0.5 }),
      "expiry is huge": unsignedToken("a", { session_expiry: 1e300 }),
      "expiry is true": unsignedToken("a", { session_expiry: true }),
      "expiry is NaN": base64url(new TextEncoder().encode('{"session_id": "a", "session_expiry": NaN}')),
      "expiry is Infinity": base64url(new TextEncoder().encode('{"session_id": "a", "session_expiry": Infinity}')),
      "UTF-16": base64url(utf16(JSON.stringify({ session_id: "a", session_expiry: inAnHour() }))),
      "id is null": unsignedToken(null),
      "id is a number": unsignedToken(7),
      "id is a list": unsignedToken(["a"]),
      "id is empty": unsignedToken(""),
      "a list": encodeToken([]),
      "a text": encodeToken("token"),
      null: encodeToken(null),
      "payload is not a string": unsignedToken("a", { __bk__zlib_: 7 }),
      "payload is not zlib": unsignedToken("a", { __bk__zlib_: base64url(new Uint8Array(64).fill(7)) }),
      "payload is truncated": unsignedToken("a", { __bk__zlib_: packed('{"headers": {}}').slice(0, -8) }),
      "payload is a list": unsignedToken("a", { __bk__zlib_: packed("[]") }),
      "payload names the expiry": unsignedToken("a", { __bk__zlib_: packed(`{"session_expiry": ${inAnHour()}}`) }),
      "payload names the id": unsignedToken("a", { __bk__zlib_: packed('{"session_id": "b"}') }),
      "headers are a list": unsignedToken("a", { __bk__zlib_: packed('{"headers": []}') }),
      "cookies are a number": unsignedToken("a", { __bk__zlib_: packed('{"cookies": 3}') }),
      "arguments are a text": unsignedToken("a", { __bk__zlib_: packed('{"arguments": "x"}') }),
      "arguments are not bytes": unsignedToken("a", { __bk__zlib_: packed('{"arguments": {"a": [1]}}') }),
      "nested deeply": base64url(new TextEncoder().encode("[".repeat(20_000))),
    };
    for (const [name, token] of Object.entries(tokens)) assertEquals(await answerTo(server, token), "403", name);
  });
  await attack("a decompression bomb is refused and not decompressed", async () => {
    const token = unsignedToken("bomb", { __bk__zlib_: packed(new Uint8Array(33 * 1024 * 1024).fill(0x20)) });
    await server.resetPeakMemory();
    const before = await server.memory();
    for (let i = 0; i < 5; i++) assertEquals(await answerTo(server, token), "403");
    assert(await server.peakMemory() - before < 24);
  });
  await attack("invalid tokens and ids in requests of pages are refused with 4xx", async () => {
    const [token, id] = [unsignedToken("a"), "bokeh-session-id=a"];
    for (const query of ["bokeh-token=garbage", "bokeh-token=", "bokeh-session-id=", "bokeh-session-id=%ff%fe"]) {
      assertEquals(await get(server, `/app/metadata?${query}`), 403, query);
      assertEquals(await get(server, `/app?${query}`), 403, query);
      assertEquals(await get(server, `/app/autoload.js?bokeh-autoload-element=e&${query}`), 403, query);
    }
    assertEquals(await get(server, `/app?${id}&bokeh-token=${token}`), 403);
    assertEquals(await get(server, `/app?${id}`, "Bokeh-Session-Id: a\r\n"), 403);
    assertEquals(await get(server, `/app?bokeh-token=${token}`, "Bokeh-Session-Id: a\r\n"), 403);
  });
  await attack("any text can be a session id", async () => {
    const ids = [
      "__proto__",
      "constructor",
      "toString",
      "a\r\nb",
      "nul\0",
      "\u202egnitset",
      "x".repeat(20_000),
      "../../etc",
    ];
    for (const id of ids) {
      using client = await server.client(id);
      assertEquals(await client.patch({ kind: "TitleChanged", title: id }), "OK");
      using again = await server.client(id);
      assertEquals((await again.pull()).title, id);
    }
  });
});

const SECOND = ATTACKED_APP.replace("app.ts", "second.ts");
const KEY = "k".repeat(32);
const signedEnvironment = { BOKEH_SECRET_KEY: KEY, BOKEH_SIGN_SESSIONS: "yes" };
const ours = { secretKey: KEY, signed: true };

Deno.test("Signed sessions: only signed tokens and ids are accepted", async (t) => {
  await using server = await ServerProcess.start({ apps: [ATTACKED_APP, SECOND], env: signedEnvironment });
  const id = await generateSessionId(ours);
  const good = await generateToken(id, ours);
  const step = (name: string, fn: () => Promise<void>) =>
    t.step({ name, fn, sanitizeOps: false, sanitizeResources: false });

  await step("the genuine token opens a session", async () => {
    using client = await WireClient.connect(server.port, "", { token: good });
    assertEquals((await client.pull()).title, "Attacked");
  });
  await step("forgeries are refused with 403", async () => {
    const [body = "", signature = ""] = good.split(".");
    const other = { secretKey: "o".repeat(32), signed: true };
    const [unsigned, foreign] = [
      await generateToken("plain"),
      await generateToken(id, { ...other, expirationSeconds: 1000 }),
    ];
    const bare = id.split(".")[0]!;
    const forgeries = [
      body,
      `${body}.`,
      `.${signature}`,
      "",
      ".",
      `${body}.${signature.slice(0, -1)}`,
      `${body}.${signature}A`,
      `${body}.${signature.toUpperCase()}`,
      `${body}A.${signature}`,
      `${body.slice(0, -1)}.${signature}`,
      `${body}.${signature}.${signature}`,
      `${body}..${signature}`,
      `${body}.${signature}=`,
      `${body} .${signature}`,
      unsigned,
      `${unsigned}.${signature}`,
      foreign,
      `${foreign.split(".")[0]}.${signature}`,
      await generateToken("plain", ours),
      await generateToken(bare, ours),
      await generateToken(`${bare}.`, ours),
      await generateToken(`${bare}.${"A".repeat(43)}`, ours),
      await generateToken(await generateSessionId(other), ours),
      encodeToken({ alg: "none" }) + "." + body + ".",
      `${encodeToken({ session_id: id, session_expiry: 1e10 })}.`,
    ];
    for (const token of forgeries) {
      const status = await answerTo(server, token);
      assert(["400", "403"].includes(status), `${status} for ${token}`);
    }
  });
  await step("a page's token is for its application only", async () => {
    const page = await rawRequest(server.port, `GET /app HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    const token = tokenOf(page!.body);
    const open = async (path: string) =>
      (await rawRequest(server.port, handshakeText(server.port, { path, token })))?.status;
    assertEquals([await open("/second/ws"), await open("/app/ws")], [403, 101]);
    assertEquals(await get(server, `/second?bokeh-token=${token}`), 403);
  });
  await step("session fixation: an id that an attacker has chosen is refused", async () => {
    for (const chosen of ["chosen", `${id.split(".")[0]}.x`, id.slice(0, -1)]) {
      assertEquals(await get(server, `/app?bokeh-session-id=${chosen}`), 403);
      assertEquals(await get(server, "/app", `Bokeh-Session-Id: ${chosen}\r\n`), 403);
    }
    assertEquals(await get(server, `/app?bokeh-session-id=${id}`), 200);
  });
  await step("the signature is checked before the payload is decompressed", async () => {
    const bomb = unsignedToken(id, { __bk__zlib_: packed(new Uint8Array(30 * 1024 * 1024)) });
    await server.resetPeakMemory();
    const before = await server.memory();
    assertEquals(await answerTo(server, `${bomb}.${"A".repeat(43)}`), "403");
    assert(await server.peakMemory() - before < 16);
  });
  await step("neither tokens nor ids are in the log", () => {
    for (const secret of [good, id, KEY]) assert(!server.log.includes(secret));
    return Promise.resolve();
  });
});

Deno.test("Session ids: the same id in two applications is two sessions", async () => {
  await using server = await ServerProcess.start({ apps: [ATTACKED_APP, SECOND] });
  using a = await WireClient.connect(server.port, "same");
  using b = await WireClient.connect(server.port, "same", { path: "/second/ws" });
  assertEquals(await a.patch({ kind: "TitleChanged", title: "A" }), "OK");
  assertNotEquals((await b.pull()).title, "A");
});

Deno.test(
  "Tokens: a session keeps little of the tokens with which it is opened",
  { ignore: Deno.build.os !== "linux" },
  async () => {
    await using server = await ServerProcess.start();
    using unrelated = await server.client("kept");
    const connect = async (count: number) => {
      for (let sent = 0; sent < count; sent += 10) {
        await Promise.all(Array.from({ length: 10 }, async (_, i) => {
          const token = unsignedToken("kept", { number: sent + i, padding: "x".repeat(41_000) });
          using client = await WireClient.connect(server.port, "kept", { token });
          await client.socket.send({ opcode: OPCODE.close });
          await client.socket.closeCode();
        }));
      }
    };
    // The first connections also grow the heap of the runtime.
    await connect(1500);
    const before = await server.memory();
    await connect(3000);
    const grown = await server.memory() - before;
    assert(grown < 60, `${grown} MiB`);
    assertEquals((await unrelated.pull()).title, "Attacked");
  },
);
