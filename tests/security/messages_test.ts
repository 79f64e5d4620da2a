/** Messages that violate the protocol: the connection is closed with a valid code, and later messages are ignored. */

import { assert, assertEquals } from "@std/assert";
import { testAttacks } from "../kit/attack_series.ts";
import type { ServerProcess } from "../kit/server_process.ts";
import { idOf, message } from "../kit/messages.ts";
import { WireClient } from "../kit/wire_client.ts";

type Part = string | Uint8Array;

/** Sends frames. Returns the close code or the type of the reply. */
async function outcome(server: ServerProcess, parts: readonly Part[]): Promise<number | string | undefined> {
  using client = await server.client();
  await client.send(...parts);
  return await client.socket.closeCode();
}

function header(fields: Record<string, unknown>): string {
  return JSON.stringify({ msgid: "1", msgtype: "PATCH-DOC", ...fields });
}

testAttacks("Messages: violations of the protocol close the connection", {}, async (server, attack) => {
  await attack("each violation has a valid close code", async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const info = message("SERVER-INFO-REQ");
    const breaches: [string, readonly Part[], number][] = [
      ["binary for a header", [bytes], 1003],
      ["binary for metadata", [info[0]!, bytes], 1003],
      ["binary for content", [info[0]!, "{}", bytes], 1003],
      ["no JSON", ["{"], 1002],
      ["empty", [""], 1002],
      ["JSON that is no object", ["[]"], 1002],
      ["null", ["null"], 1002],
      ["100,000 brackets", ["[".repeat(100_000)], 1002],
      ["100,000 objects", ['{"a":'.repeat(100_000)], 1002],
      ["no msgtype", ['{"msgid": "1"}'], 1002],
      ["no msgid", ['{"msgtype": "PATCH-DOC"}'], 1002],
      ["msgtype is null", [header({ msgtype: null })], 1002],
      ["an unknown msgtype", [header({ msgtype: "NOPE" })], 1002],
      ["msgtype __proto__", [header({ msgtype: "__proto__" })], 1002],
      ["msgtype constructor", [header({ msgtype: "constructor" })], 1002],
      ["a reply from a client", message("OK"), 1002],
      ["ACK from a client", message("ACK"), 1002],
      ["a reply with a document", message("PULL-DOC-REPLY", { doc: { roots: [], title: "x" } }), 1002],
      ["metadata is null", [info[0]!, "null", "{}"], 1002],
      ["metadata is a list", [info[0]!, "[]", "{}"], 1002],
      ["content is null", [info[0]!, "{}", "null"], 1002],
      ["content is a text", [info[0]!, "{}", '"x"'], 1002],
      ["num_buffers is negative", [header({ num_buffers: -1 })], 1002],
      ["num_buffers is a fraction", [header({ num_buffers: 1.5 })], 1002],
      ["num_buffers is a text", [header({ num_buffers: "1" })], 1002],
      ["num_buffers is null", [header({ num_buffers: null })], 1002],
      ["num_buffers is a list", [header({ num_buffers: [1] })], 1002],
      ["num_buffers is true", [header({ num_buffers: true })], 1002],
      ["num_buffers is huge", [header({ num_buffers: 1e9 })], 1009],
      ["num_buffers is past all integers", [header({ num_buffers: 1e300 })], 1002],
      ["a buffer's header is binary", [header({ num_buffers: 1 }), "{}", '{"events":[]}', bytes], 1003],
      ["a buffer is text", [header({ num_buffers: 1 }), "{}", '{"events":[]}', '{"id":"a"}', "text"], 1003],
      ["a buffer's header has no id", [header({ num_buffers: 1 }), "{}", '{"events":[]}', "{}"], 1002],
      ["a buffer's id is a number", [header({ num_buffers: 1 }), "{}", '{"events":[]}', '{"id":1}'], 1002],
      [
        "an id comes twice",
        [header({ num_buffers: 2 }), "{}", '{"events":[]}', '{"id":"a"}', bytes, '{"id":"a"}'],
        1002,
      ],
    ];
    for (const [name, parts, code] of breaches) assertEquals(await outcome(server, parts), code, name);
  });
  await attack("messages after a violation are ignored", async () => {
    const id = "after-a-breach";
    using client = await server.client(id);
    const patch = message("PATCH-DOC", { events: [{ kind: "TitleChanged", title: "too late" }] });
    await client.send("{", ...patch, ...patch);
    const ending = await client.socket.closeFrame();
    assertEquals(ending?.code, 1002);
    assert(new TextEncoder().encode(ending!.reason).length <= 123);
    using again = await server.client(id);
    assertEquals((await again.pull()).title, "Attacked");
  });
  await attack("a message can be as long as the limit, and not one byte longer", async () => {
    const limit = 20 * 1024 * 1024;
    const [head, meta] = message("SERVER-INFO-REQ");
    const content = (length: number) => `{"x":"${"x".repeat(length - 8)}"}`;
    using client = await server.client();
    await client.send(head!, meta!, content(limit));
    assertEquals((await client.next())?.type, "SERVER-INFO-REPLY");
    assertEquals(await outcome(server, [head!, meta!, content(limit + 1)]), 1009);
    const wide = `{"x":"${"é".repeat((limit - 8) / 2)}"}`;
    assertEquals(await outcome(server, [head!, meta!, wide + " "]), 1009);
  });
  await attack("the total size of the buffers of an incomplete message is limited", async () => {
    await server.resetPeakMemory();
    const before = await server.memory();
    using client = await server.client();
    await client.send(header({ num_buffers: 9000 }), "{}", '{"events":[]}');
    const buffer = new Uint8Array(4 * 1024 * 1024);
    for (let i = 0; i < 40; i++) {
      if (!await client.send(JSON.stringify({ id: `b${i}` }), buffer)) break;
    }
    assertEquals([1009, undefined].includes(await client.socket.closeCode()), true);
    assert(await server.peakMemory() - before < 100, `${await server.peakMemory() - before} MiB`);
  });
  await attack("replies have the id of their request, in order, also for repeated ids", async () => {
    using client = await server.client();
    const ids = ["__proto__", "", "\u0000", "\u202e", "x".repeat(10_000), "same", "same", '"', "\\", "\ud800", 7, [[]]];
    for (const msgid of ids) await client.send(...message("SERVER-INFO-REQ", {}, { msgid }));
    for (const msgid of ids) {
      const reply = await client.next();
      assertEquals(reply?.header.reqid, msgid === "\ud800" ? reply?.header.reqid : msgid);
    }
  });
  await attack("invalid content is answered with ERROR and does not close the connection", async () => {
    using client = await server.client();
    for (
      const content of [{}, { events: null }, { events: 1 }, { events: [1] }, { events: [null] }, { events: [[]] }]
    ) {
      assertEquals((await client.ask("PATCH-DOC", content))?.type, "ERROR", JSON.stringify(content));
    }
    for (const content of [{}, { doc: null }, { doc: {} }, { doc: { roots: 1 } }, { doc: [] }]) {
      assertEquals((await client.ask("PUSH-DOC", content))?.type, "ERROR", JSON.stringify(content));
    }
    assertEquals((await client.pull()).title, "Attacked");
  });
  await attack("ERROR contains no stack, no path and no text of the error", async () => {
    using client = await server.client();
    const doc = await client.pull();
    const changed = { kind: "ModelChanged", model: { id: idOf(doc, "action") }, attr: "value", new: "throw" };
    const reply = await client.ask("PATCH-DOC", { events: [changed] });
    assertEquals(reply?.type, "ERROR");
    assertEquals(reply!.content.traceback, null);
    assert(!/secret|\.ts|\/|at /.test(reply!.content.text), reply!.content.text);
  });
  await attack("10,000 messages at once are all answered in order", async () => {
    await server.resetPeakMemory();
    const before = await server.memory();
    using client = await server.client();
    const all = Array.from({ length: 10_000 }, (_, i) => message("SERVER-INFO-REQ", {}, { msgid: `m${i}` })).flat();
    const sending = client.send(...all);
    for (let i = 0; i < 10_000; i++) assertEquals((await client.next())?.header.reqid, `m${i}`);
    await sending;
    assert(await server.peakMemory() - before < 64);
  });
  await attack("patches that wait for a callback that does not settle take limited memory", async () => {
    using client = await server.client();
    const doc = await client.pull();
    await client.send(...message("PATCH-DOC", {
      events: [{ kind: "ModelChanged", model: { id: idOf(doc, "action") }, attr: "value", new: "hang" }],
    }));
    const before = await server.memory();
    const big = message("SERVER-INFO-REQ", { x: "x".repeat(4 * 1024 * 1024) });
    for (let i = 0; i < 80; i++) {
      if (!await client.send(...big)) break;
    }
    assert(await server.memory() - before < 200, `${await server.memory() - before} MiB`);
  });
});

testAttacks(
  "Message limits: options are applied",
  { args: ["--websocket-max-message-size", "100000"] },
  async (server, attack) => {
    await attack("a frame that is one byte longer is refused", async () => {
      const [head, meta] = message("SERVER-INFO-REQ");
      using client = await server.client();
      await client.send(head!, meta!, `{"x":"${"x".repeat(100_000 - 8)}"}`);
      assertEquals((await client.next())?.type, "SERVER-INFO-REPLY");
      assertEquals(await outcome(server, [head!, meta!, `{"x":"${"x".repeat(100_001 - 8)}"}`]), 1009);
    });
    await attack("buffers with one byte more in total are refused", async () => {
      const [a, b] = [new Uint8Array(50_000), new Uint8Array(50_001)];
      const start = [header({ num_buffers: 2 }), "{}", '{"events":[]}', '{"id":"a"}', a, '{"id":"b"}'];
      assertEquals(await outcome(server, [...start, b]), 1009);
      using client: WireClient = await server.client();
      await client.send(...start, a);
      assertEquals((await client.next())?.type, "OK");
    });
  },
);
