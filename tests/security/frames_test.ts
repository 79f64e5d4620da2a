/** Frames that violate RFC 6455. */

import { assert, assertEquals } from "@std/assert";
import { serveBokeh } from "../../server/serve.ts";
import { encodeFrame, OPCODE, type RawFrame, RawWebSocket } from "../kit/raw_websocket.ts";
import { testAttacks } from "../kit/attack_series.ts";
import { message, unsignedToken } from "../kit/messages.ts";
import { WireClient } from "../kit/wire_client.ts";

const { text, binary, continuation, close, ping, pong } = OPCODE;

testAttacks("Frames: invalid frames close the connection", {}, async (server, attack) => {
  await attack("each invalid frame closes it, with a valid code if any", async () => {
    const wrong: [string, RawFrame[]][] = [
      ["a reserved bit", [{ opcode: text, payload: "x", reserved: 4 }]],
      ["a reserved bit of extensions", [{ opcode: text, payload: "x", reserved: 1 }]],
      ["a reserved opcode", [{ opcode: 3, payload: "x" }]],
      ["a reserved control opcode", [{ opcode: 11 }]],
      ["a ping of 126 bytes", [{ opcode: ping, payload: "x".repeat(126) }]],
      ["a ping in parts", [{ opcode: ping, payload: "x", fin: false }]],
      ["a close in parts", [{ opcode: close, fin: false }]],
      ["a continuation of nothing", [{ opcode: continuation, payload: "x" }]],
      ["a text within a text", [{ opcode: text, payload: "x", fin: false }, { opcode: text, payload: "y" }]],
      ["text that is not UTF-8", [{ opcode: text, payload: Uint8Array.of(0xff, 0xfe) }]],
      ["text that ends within a character", [{ opcode: text, payload: Uint8Array.of(0xc3) }]],
      ["a close of one byte", [{ opcode: close, payload: "x" }]],
      ["a close whose reason is not UTF-8", [{ opcode: close, payload: Uint8Array.of(3, 232, 0xff) }]],
    ];
    for (const [name, frames] of wrong) {
      using client = await server.client();
      await client.socket.send(...frames);
      const code = await client.socket.closeCode();
      assert([1000, 1002, 1003, 1005, 1007, undefined].includes(code), `${name}: ${code}`);
    }
  });
  await attack("an invalid close code is not sent back", async () => {
    for (const code of [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535]) {
      using client = await server.client();
      await client.socket.send({ opcode: close, payload: Uint8Array.of(code >> 8, code & 255) });
      const answer = await client.socket.closeCode();
      assert(answer === undefined || [1000, 1002, 1005].includes(answer), `${code}: ${answer}`);
    }
  });
  await attack("announced lengths without data take no memory", async () => {
    await server.resetPeakMemory();
    const before = await server.memory();
    for (
      const length of [[127, 0x7f, 255, 255, 255, 255, 255, 255, 255], [127, 0x80, 0, 0, 0, 0, 0, 0, 0], [
        127,
        0,
        0,
        0,
        1,
        0,
        0,
        0,
        0,
      ]]
    ) {
      using client = await server.client();
      length[0]! |= 0x80;
      await client.socket.socket.send(Uint8Array.of(0x82, ...length, 1, 2, 3, 4, 5, 6));
      const code = await client.socket.closeCode();
      assert([1002, 1009, undefined].includes(code), `${code}`);
    }
    assert(await server.peakMemory() - before < 32);
  });
  await attack("pings are answered, also between the fragments of a message", async () => {
    using client = await server.client();
    const [head, meta, content] = message("SERVER-INFO-REQ");
    await client.socket.send(
      { opcode: text, payload: head!.slice(0, 9), fin: false },
      { opcode: ping, payload: "here" },
      { opcode: pong, payload: "unasked" },
      { opcode: continuation, payload: head!.slice(9), fin: false },
      { opcode: continuation, payload: "" },
      { opcode: text, payload: meta! },
      { opcode: text, payload: content! },
    );
    const frame = await client.socket.next();
    assertEquals([frame?.opcode, new TextDecoder().decode(frame?.payload)], [pong, "here"]);
    assertEquals((await client.next())?.type, "SERVER-INFO-REPLY");
  });
  await attack("200,000 fragments of one byte take little memory", async () => {
    await server.resetPeakMemory();
    const before = await server.memory();
    using client = await server.client();
    const content = `{"x":"${"y".repeat(200_000)}"}`;
    const [head, meta] = message("SERVER-INFO-REQ");
    await client.send(head!, meta!);
    const parts = [...content].map((payload, i) =>
      encodeFrame({ opcode: i === 0 ? text : continuation, payload, fin: i === content.length - 1 })
    );
    const bytes = new Uint8Array(parts.length * 7);
    parts.forEach((part, i) => bytes.set(part, i * 7));
    await client.socket.socket.send(bytes);
    assertEquals((await client.next(20))?.type, "SERVER-INFO-REPLY");
    assert(await server.peakMemory() - before < 32, `${await server.peakMemory() - before} MiB`);
  });
  await attack("the total size of the fragments of a message is limited", async () => {
    using client = await server.client();
    const payload = new Uint8Array(1024 * 1024);
    for (let i = 0; i < 24; i++) {
      if (!await client.socket.send({ opcode: i === 0 ? binary : continuation, payload, fin: i === 23 })) break;
    }
    const code = await client.socket.closeCode();
    assert([1003, 1009, undefined].includes(code), `${code}`);
  });
});

Deno.test("Frames: frames of length 0 count against the limits for waiting data", async (t) => {
  const opened = Promise.withResolvers<void>();
  const apps = { "/slow": () => opened.promise, "/app": () => {} };
  await using server = await serveBokeh(apps, { port: 0, limits: { retainedBytes: 1024 * 1024 } });
  await t.step("while a session is created", async () => {
    const token = unsignedToken("slow");
    using bystander = await WireClient.connect(server.port, "bystander");
    using socket = await RawWebSocket.open(server.port, { path: "/slow/ws", token });
    const frames = Array.from({ length: 5000 }, () => "");
    const sending = socket.sendAll(frames);
    assertEquals(await socket.closeCode(), 1008);
    await sending;
    assertEquals((await bystander.ask("SERVER-INFO-REQ"))?.type, "SERVER-INFO-REPLY");
  });
  await t.step("in an incomplete message", async () => {
    using client = await WireClient.connect(server.port, "incomplete");
    const buffers = Array.from({ length: 4000 }, (_, id) => [`{"id":"${id}"}`, new Uint8Array(0)]).flat();
    const sending = client.send(...message("PATCH-DOC", { events: [] }, { num_buffers: 4001 }), ...buffers);
    assertEquals(await client.socket.closeCode(), 1008);
    await sending;
  });
  opened.resolve();
});
