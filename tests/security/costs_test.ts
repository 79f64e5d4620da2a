/** Short patches that request much work: other clients are served meanwhile, and log and memory are limited. */

import { assert, assertEquals } from "@std/assert";
import { rawRequest } from "../kit/raw_socket.ts";
import { handshakeText } from "../kit/raw_websocket.ts";
import { testAttacks } from "../kit/attack_series.ts";
import type { ServerProcess } from "../kit/server_process.ts";
import { idOf, type Json, message, unsignedToken } from "../kit/messages.ts";
import { type WireClient } from "../kit/wire_client.ts";

const ROWS = 1_000_000;
/** Maximum processor time of a request in milliseconds, including garbage collection on other threads. */
const MAX_MILLISECONDS = 2500;

function times<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

function map(entries: readonly unknown[]): Json {
  return { type: "map", entries };
}

/** A server, an attacking client, and another client. */
interface Attackers {
  readonly server: ServerProcess;
  readonly client: WireClient;
  readonly other: WireClient;
}

/** Sends a patch and returns its reply. Asserts that it takes little processor time and that another client is answered. */
async function patchAgainst({ server, client, other }: Attackers, events: readonly unknown[]): Promise<Json> {
  const frames = message("PATCH-DOC", { events });
  const { msgid } = JSON.parse(frames[0]!);
  const before = await server.processorTime();
  await client.send(...frames);
  await other.send(...message("SERVER-INFO-REQ"));
  assertEquals((await other.next(20))?.type, "SERVER-INFO-REPLY");
  for (;;) {
    const reply = await client.next(20);
    if (reply !== undefined && reply.header.reqid !== msgid) continue;
    const milliseconds = await server.processorTime() - before;
    assert(milliseconds < MAX_MILLISECONDS, `${milliseconds} ms for ${JSON.stringify(events[0]).slice(0, 100)}`);
    return reply;
  }
}

testAttacks("Patches: work is limited by their size", {}, async (server, attack) => {
  const about = async (client: WireClient) => {
    const doc = await client.pull();
    const [out, source] = [idOf(doc, "out"), idOf(doc, "source")];
    const columns = { model: { id: source }, attr: "data" };
    return {
      tags: (value: unknown) => ({ kind: "ModelChanged", model: { id: out }, attr: "tags", new: value }),
      replace: (data: unknown, cols: unknown = null) => ({ kind: "ColumnDataChanged", ...columns, data, cols }),
      stream: (data: unknown, rollover: unknown) => ({ kind: "ColumnsStreamed", ...columns, data, rollover }),
      places: (patches: unknown) => ({ kind: "ColumnsPatched", ...columns, patches }),
      set: (attr: string) => ({ kind: "ModelChanged", model: { id: out }, attr, new: 1 }),
    };
  };
  await attack("many changes of a long list take linear time, or are answered with ERROR", async () => {
    using client = await server.client();
    using other = await server.client();
    const { replace, stream, places } = await about(client);
    assertEquals(await client.patch(replace(map([["x", times(ROWS, (i) => i)]]))), "OK");
    const attacks: [unknown[], string][] = [
      [times(5000, (i) => places({ x: [[i, 1]] })), "OK"],
      [times(5000, (i) => stream({ x: [i] }, null)), "OK"],
      [times(5000, (i) => stream({ x: [i] }, ROWS)), "ERROR"],
      [times(5000, () => replace({}, [])), "ERROR"],
    ];
    for (const [events, answer] of attacks) {
      assertEquals((await patchAgainst({ server, client, other }, events)).type, answer);
    }
  });
  await attack("a large document that is changed and pulled repeatedly takes a quarter of the time", async () => {
    using client = await server.client();
    using other = await server.client();
    const { replace, tags } = await about(client);
    assertEquals(await client.patch(replace(map([["x", times(ROWS, (i) => i)]]))), "OK");
    const pulls = 5;
    const answers = times(pulls + 1, () => 0);
    let pulled = 0;
    const start = performance.now();
    const pull = async () => {
      const requests = times(pulls, (i) => [message("PATCH-DOC", { events: [tags([i])] }), message("PULL-DOC-REQ")]);
      await client.send(...requests.flat(2));
      while (pulled < pulls) {
        const reply = await client.next(20);
        if (reply === undefined) throw new Error(`The connection ended after ${pulled} documents`);
        if (reply.type === "PULL-DOC-REPLY") pulled++;
      }
    };
    const standBy = async () => {
      while (pulled < pulls) {
        await other.ask("SERVER-INFO-REQ");
        answers[pulled]!++;
      }
    };
    await Promise.all([pull(), standBy()]);
    // about seven million characters, at 100,000 per millisecond
    const rests = (pulls - 1) * 3 * 65;
    assert(performance.now() - start > rests, `all after ${performance.now() - start} ms`);
    assert(answers.slice(1, pulls).every((count) => count > 0), `others were answered ${answers} times`);
  });
  await attack("many roots are added and removed", async () => {
    using client = await server.client();
    using other = await server.client();
    const models = times(50_000, (i) => ({ type: "object", name: "Selection", id: `r${i}` }));
    const added = models.map((model) => ({ kind: "RootAdded", model }));
    const removed = models.map(({ id }) => ({ kind: "RootRemoved", model: { id } }));
    assertEquals((await patchAgainst({ server, client, other }, added)).type, "OK");
    assertEquals((await patchAgainst({ server, client, other }, removed)).type, "OK");
  });
  await attack("a message with too many values or events is refused before it is parsed", async () => {
    await server.resetPeakMemory();
    const before = [await server.memory(), await server.processorTime()] as const;
    for (const value of ["{}", "[]", '{"type":"map"}']) {
      using client = await server.client();
      const [head, meta] = message("PATCH-DOC");
      await client.send(head!, meta!, `{"events":[${Array(1_100_000).fill(value).join(",")}]}`);
      assertEquals(await client.socket.closeCode(20), 1009, value);
    }
    assert(await server.processorTime() - before[1] < MAX_MILLISECONDS);
    assert(await server.peakMemory() - before[0] < 100, `${await server.peakMemory() - before[0]} MiB`);
    using client = await server.client();
    using other = await server.client();
    const events = times(200_001, () => ({ kind: "MessageSent", msg_type: "x", msg_data: 1 }));
    assertEquals((await patchAgainst({ server, client, other }, events)).type, "ERROR");
  });
  await attack("log and reply do not grow with the patch", async () => {
    using client = await server.client();
    using other = await server.client();
    const { tags, places, stream, set } = await about(client);
    const before = server.log.length;
    const attributes = Object.fromEntries(times(100_000, (i): [string, number] => [`a${i}`, 1]));
    const names = Object.fromEntries(times(50_000, (i): [string, number[]] => [`c${i}`, [1]]));
    const attacks = [
      [tags([{ type: "object", name: "Div", id: "many", attributes }])],
      times(100_000, (i) => set(`b${i}`)),
      [set("x".repeat(5_000_000))],
      [places({ ["x".repeat(5_000_000)]: [[0, 1]] })],
      [stream(names, null)],
      [{ kind: "x".repeat(5_000_000) }],
    ];
    for (const events of attacks) {
      const { content } = await patchAgainst({ server, client, other }, events);
      assert((content.text ?? "").length < 600, `${content.text?.length} characters`);
    }
    assert(server.log.length - before < 60_000, `${server.log.length - before} characters`);
  });
});

testAttacks("Log: refused requests write short lines", {}, async (server, attack) => {
  await attack("paths and origins of 60,000 characters", async () => {
    const before = server.log.length;
    const [long, token] = ["x".repeat(60_000), unsignedToken()];
    for (let count = 0; count < 10; count++) {
      await rawRequest(server.port, `GET /${long} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      await rawRequest(server.port, handshakeText(server.port, { token, origin: `http://${long}.example` }));
    }
    assert(server.log.length - before < 40_000, `${server.log.length - before} characters`);
  });
});

testAttacks("Log: text of clients cannot add lines", {}, async (server, attack) => {
  await attack("names with line breaks and control characters", async () => {
    using client = await server.client();
    const out = idOf(await client.pull(), "out");
    const name = "x\n2026-01-01 00:00:00,000 All is well\x1b[2J\u202e\u2028";
    const set = (id: string, attr: string, value: unknown) => ({
      kind: "ModelChanged",
      model: { id },
      attr,
      new: value,
    });
    await client.patch(set(out, name, 1));
    await client.patch(set(name, "text", 1));
    await client.patch(set(out, "tags", [{ type: "object", name, id: "a" }]));
    await client.patch(set(out, "tags", [{ type: "object", name: "Div", id: name, attributes: { [name]: 1 } }]));
    await client.patch({ kind: name });
    await client.patch({ kind: "MessageSent", msg_type: "bokeh_event", msg_data: { type: "event", name, values: {} } });
    await client.send(...message("SERVER-INFO-REQ", {}, { msgtype: name }));
    await client.socket.closeCode();
    const lines = server.log.trimEnd().split("\n");
    assertEquals(lines.filter((line) => !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} /.test(line)), []);
    assertEquals(lines.filter((line) => / \d{3} All is well|,000 All is well/.test(line.slice(0, 40))), []);
    // deno-lint-ignore no-control-regex -- escape sequences of terminals
    assertEquals(/[\x1b\u202e\u2028]/.exec(server.log), null);
  });
});

testAttacks(
  "Searches: texts of clients are searched in linear time",
  { args: ["--use-xheaders"] },
  async (server, attack) => {
    /** Asserts that the work takes little processor time and that another client is answered meanwhile. */
    const assertLittleTime = async (work: () => Promise<unknown>): Promise<void> => {
      using other = await server.client();
      const before = await server.processorTime();
      const [, reply] = await Promise.all([work(), other.ask("SERVER-INFO-REQ")]);
      assertEquals(reply?.type, "SERVER-INFO-REPLY");
      const milliseconds = await server.processorTime() - before;
      assert(milliseconds < MAX_MILLISECONDS, `${milliseconds} ms`);
    };
    const get = async (path: string, headers: Record<string, string> = {}): Promise<void> => {
      const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join("");
      await rawRequest(server.port, `GET ${path} HTTP/1.1\r\nHost: localhost:${server.port}\r\n${fields}\r\n`);
    };
    await attack("unclosed delimiters of TeX in a page", async () => {
      using client = await server.client("delimiters");
      const out = idOf(await client.pull(), "out");
      for (const delimiter of ["\\[", "\\(", "$"]) {
        const text = delimiter === "$" ? "$$" : delimiter.repeat(150_000);
        assertEquals(await client.patch({ kind: "ModelChanged", model: { id: out }, attr: "text", new: text }), "OK");
        await assertLittleTime(() => get("/app?bokeh-session-id=delimiters"));
      }
    });
    await attack("colors and sizes with long numbers", async () => {
      using client = await server.client();
      const out = idOf(await client.pull(), "out");
      const digits = "1".repeat(400);
      const label = (attributes: Json) => ({ type: "object", name: "Label", id: crypto.randomUUID(), attributes });
      const attacks = [
        { text_color: `rgb(${digits},${digits},${digits}x` },
        { text_color: `hsla(${digits} ${digits} ${digits} / ${digits}x` },
        { text_color: `rgb(${"1".repeat(200_000)}` },
        { text_font_size: "1".repeat(200_000) },
        { border_line_dash: "1 ".repeat(100_000) + "x" },
      ];
      for (const attributes of attacks) {
        const event = { kind: "ModelChanged", model: { id: out }, attr: "tags", new: [label(attributes)] };
        await assertLittleTime(async () => assertEquals(await client.patch(event), "ERROR"));
      }
    });
    await attack("paths and headers that repeat the searched text", async () => {
      await assertLittleTime(async () => {
        for (let count = 0; count < 8; count++) await get("/static".repeat(9000));
      });
      await assertLittleTime(async () => {
        for (let count = 0; count < 8; count++) await get("/".repeat(60_000));
      });
      await assertLittleTime(() => get("/app", { "x-forwarded-prefix": `${"/".repeat(100_000)}x` }));
      await assertLittleTime(() => get("/app", { forwarded: `host="${'"'.repeat(100_000)}` }));
      await assertLittleTime(() => get("/app", { cookie: `a="${'\\"'.repeat(50_000)}` }));
    });
  },
);
