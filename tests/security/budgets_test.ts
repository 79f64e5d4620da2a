/** Small messages that cause much work or use much memory: other clients are served meanwhile, and memory is limited. */

import { assert, assertEquals } from "@std/assert";
import { servedMeanwhile } from "../kit/served_meanwhile.ts";
import { testAttacks } from "../kit/attack_series.ts";
import type { ServerProcess } from "../kit/server_process.ts";
import { idOf, type Json, message, packedZeros } from "../kit/messages.ts";
import { type WireClient } from "../kit/wire_client.ts";

/** An application with a patch policy. */
const RESTRICTED_APP = decodeURIComponent(
  new URL("../kit/attacked_apps/restricted/app.ts", import.meta.url).pathname,
);

function ndarray(array: unknown, shape: readonly number[], dtype = "uint8"): Json {
  return { type: "ndarray", array, shape, dtype, order: "little" };
}

function bytes(data: string): Json {
  return { type: "bytes", data };
}

function map(entries: readonly unknown[]): Json {
  return { type: "map", entries };
}

/** Sends a patch. Returns the type of the reply, or undefined if the connection is closed. */
async function send(client: WireClient, ...events: unknown[]): Promise<string | undefined> {
  await client.send(...message("PATCH-DOC", { events }));
  for (;;) {
    const reply = await client.next(25);
    if (reply === undefined || reply.header.reqid !== undefined) return reply?.type;
  }
}

/** Asserts that an attack raises the peak of the server's memory by at most `most` MiB. */
async function assertMemory(server: ServerProcess, most: number, attack: () => Promise<unknown>): Promise<void> {
  await server.resetPeakMemory();
  const before = await server.memory();
  await attack();
  const grown = await server.peakMemory() - before;
  assert(grown < most, `Memory grew by ${grown.toFixed(0)} MiB, more than ${most}`);
}

async function modelsOf(client: WireClient): Promise<{ out: Json; source: Json; data: Json }> {
  const doc = await client.pull();
  const source = { id: idOf(doc, "source") };
  return { out: { id: idOf(doc, "out") }, source, data: { model: source, attr: "data" } };
}

testAttacks("Arrays: a shape with a dimension of length 0 causes no work", {}, async (server, attack) => {
  const shapes: [shape: number[], index: unknown[]][] = [
    [[11000, 12000, 0], [0, { start: 0, stop: 11000 }, { start: 0, stop: 12000 }, { start: 0, stop: 0 }]],
    [[0, 11000, 12000], [0, { start: 0, stop: 0 }, { start: 0, stop: 11000 }, { start: 0, stop: 12000 }]],
    [[2 ** 40, 0], [0, { start: 0, stop: 2 ** 40 }, { start: 0, stop: 0 }]],
    [[4000, 4000, 4000, 0], [0, {}, {}, {}, {}]],
  ];
  for (const [shape, index] of shapes) {
    await attack(`[${shape}]`, async () => {
      using client = await server.client();
      using bystander = await server.client();
      const { data } = await modelsOf(client);
      const column = { type: "map", entries: [["g", [ndarray(bytes(packedZeros(0)), shape)]]] };
      const slices = index.map((part) => typeof part === "number" ? part : { type: "slice", ...part as object });
      await assertMemory(server, 60, () =>
        servedMeanwhile(server, bystander, async () => {
          await send(client, { kind: "ColumnDataChanged", ...data, data: column, cols: null });
          assertEquals(
            await send(client, { kind: "ColumnsPatched", ...data, patches: map([["g", [[slices, []]]]]) }),
            "OK",
          );
        }));
    });
  }
});

/** Returns integers whose hashes in V8 have the same 16 lowest bits (V8's `ComputeUnseededHash`). */
function collidingIntegers(count: number): number[] {
  const found: number[] = [];
  for (let key = 0; found.length < count; key++) {
    let hash = ~key + (key << 15) | 0;
    hash ^= hash >>> 12;
    hash = hash + (hash << 2) | 0;
    hash ^= hash >>> 4;
    hash = Math.imul(hash, 2057);
    hash ^= hash >>> 16;
    if ((hash & 0xffff) === 0x1234) found.push(key);
  }
  return found;
}

testAttacks("Hash tables: keys with equal hashes cause limited work", {}, async (server, attack) => {
  const count = 30_000;
  const integers = collidingIntegers(count);
  const indices = Array.from({ length: count }, (_, i) => String(i * 65536));
  const pairs = (keys: readonly unknown[]) => keys.map((key) => [key, 0]);
  const models = (ids: readonly string[]) => ids.map((id) => ({ type: "object", name: "Selection", id }));
  const values: [name: string, value: unknown, answer?: string][] = [
    ["a set of integers", { type: "set", entries: integers }, "ERROR"],
    ["a set of integers written as numbers", {
      type: "set",
      entries: integers.map((value) => ({ type: "number", value })),
    }, "ERROR"],
    ["a map of integers", map(pairs(integers)), "ERROR"],
    ["a map of integers and one text", map([["x", 0], ...pairs(integers)]), "ERROR"],
    ["a set of negative integers", { type: "set", entries: integers.map((key) => -key - 1) }],
    ["a set of array indices", { type: "set", entries: indices }],
    ["a map of array indices and one number", map([[1, 0], ...pairs(indices)])],
    ["a record of array indices", Object.fromEntries(pairs(indices))],
    ["a list of array indices", indices],
    ["models with array indices as ids", models(indices)],
    [
      "models with array indices as names",
      models(indices).map((model, i) => ({ ...model, id: `n${i}`, attributes: { name: indices[i] } })),
    ],
    ["columns with array indices as names", map(pairs(indices))],
  ];
  for (const [name, value, expected] of values) {
    await attack(name, async () => {
      using client = await server.client();
      using bystander = await server.client();
      const { out } = await modelsOf(client);
      const change = { kind: "ModelChanged", model: out, attr: "tags", new: [value] };
      const before = await server.processorTime();
      const answer = await send(client, change);
      const milliseconds = await server.processorTime() - before;
      if (expected !== undefined) assertEquals(answer, expected);
      assert(milliseconds < 1500, `${milliseconds} ms of processor time`);
      assertEquals((await bystander.ask("SERVER-INFO-REQ"))?.type, "SERVER-INFO-REPLY");
    });
  }
  await attack("large sets of ordinary integers are accepted", async () => {
    using client = await server.client();
    const { out } = await modelsOf(client);
    const entries = Array.from({ length: 200_000 }, (_, i) => i * 1024);
    const before = await server.processorTime();
    const set = { type: "set", entries };
    assertEquals(await send(client, { kind: "ModelChanged", model: out, attr: "tags", new: [set] }), "OK");
    assert(await server.processorTime() - before < 1500);
  });
});

testAttacks(
  "Log: refused messages with long fields do not flood it",
  { apps: [RESTRICTED_APP] },
  async (server, attack) => {
    const long = "x".repeat(3_000_000);
    const model = { id: "nope" };
    const events: [string, unknown][] = [
      ["type of a message", { kind: "MessageSent", msg_type: long }],
      ["attribute", { kind: "ModelChanged", model, attr: long, new: 1 }],
      ["kind", { kind: long }],
      ["kind of an event with an attribute", { kind: long, model, attr: long }],
      ["title", { kind: "TitleChanged", title: long }],
      ["id", { kind: "ModelChanged", model: { id: long }, attr: "text", new: 1 }],
      ["type of a message that is not a string", { kind: "MessageSent", msg_type: { toString: 1, valueOf: 1, long } }],
      ["event without a model", { kind: "ModelChanged", attr: long }],
      ["event with a model that is not a reference", { kind: "ModelChanged", model: long, attr: long, new: 1 }],
      ["name of an event", {
        kind: "MessageSent",
        msg_type: "bokeh_event",
        msg_data: { type: "event", name: long, values: {} },
      }],
    ];
    for (const [name, event] of events) {
      await attack(name, async () => {
        using client = await server.client();
        const before = server.log.length;
        for (let i = 0; i < 3; i++) assertEquals(await send(client, event), "ERROR");
        await client.ask("SERVER-INFO-REQ");
        assert(server.log.length - before < 3000, `${server.log.length - before} characters of log`);
      });
    }
    await attack("many refused messages are throttled", async () => {
      using client = await server.client();
      const before = server.log.length;
      for (let i = 0; i < 1000; i++) {
        await client.send(...message("PATCH-DOC", { events: [{ kind: "ModelChanged", model, attr: "x", new: 1 }] }));
      }
      await client.ask("SERVER-INFO-REQ");
      assert(server.log.length - before < 60_000, `${server.log.length - before} characters of log`);
    });
  },
);

testAttacks("Log: warnings about values of clients do not flood it", {}, async (server, attack) => {
  await attack("columns of different lengths with long names", async () => {
    using client = await server.client();
    const { data } = await modelsOf(client);
    const before = server.log.length;
    for (let i = 0; i < 500; i++) {
      const columns = map([["x".repeat(i < 3 ? 3_000_000 : 3), [1, i]], ["y", [1]]]);
      assertEquals(await send(client, { kind: "ModelChanged", ...data, new: columns }), "OK");
    }
    await client.ask("SERVER-INFO-REQ");
    assert(server.log.length - before < 60_000, `${server.log.length - before} characters of log`);
  });
  await attack("models without a required attribute", async () => {
    using client = await server.client();
    const { out } = await modelsOf(client);
    const tags = Array.from({ length: 2000 }, () => ({ type: "object", name: "GlyphRenderer" }));
    const before = server.log.length;
    assertEquals(await send(client, { kind: "ModelChanged", model: out, attr: "tags", new: tags }), "OK");
    await client.pull();
    await client.ask("SERVER-INFO-REQ");
    assert(server.log.length - before < 60_000, `${server.log.length - before} characters of log`);
  });
});

/** Maximum growth of memory in MiB. It includes errors of the estimate and the spare capacity of V8's arrays. */
const MAX_MEBIBYTES = 500;

testAttacks("Retained memory: values of clients are limited", { args: ["--metrics"] }, async (server, attack) => {
  const div = (id: string, tags: unknown) => ({
    kind: "RootAdded",
    model: { type: "object", name: "Div", id, attributes: { tags } },
  });
  const packed = (count: number) => ndarray(bytes(packedZeros(count)), [count]);
  const attacks: [name: string, count: number, event: (i: number) => unknown][] = [
    ["lists of packed zeros", 60, (i) => div(`big${i}`, packed(13_000_000))],
    ["short lists of packed zeros", 60, (i) => div(`short${i}`, packed(500_000))],
    ["packed arrays that stay arrays", 60, (i) => div(`array${i}`, [packed(13_000_000)])],
    ["packed bytes", 60, (i) => div(`bytes${i}`, [bytes(packedZeros(13_000_000))])],
    ["packed columns", 60, (i) => ({
      kind: "RootAdded",
      model: {
        type: "object",
        name: "ColumnDataSource",
        id: `source${i}`,
        attributes: { data: map([["x", packed(13_000_000)]]) },
      },
    })],
    [
      "plots, whose parts are not in the message",
      400,
      (i) => div(`plots${i}`, Array.from({ length: 2000 }, () => ({ type: "object", name: "Plot" }))),
    ],
    ["empty lists", 100, (i) => div(`lists${i}`, Array.from({ length: 20_000 }, () => []))],
  ];
  for (const [name, count, event] of attacks) {
    await attack(name, async () => {
      using client = await server.client();
      using bystander = await server.client();
      const one = event(0);
      await assertMemory(server, MAX_MEBIBYTES, () =>
        servedMeanwhile(server, bystander, async () => {
          for (let i = 0; i < count; i++) {
            const answer = await send(client, i === 0 ? one : event(i));
            if (answer === undefined) break;
          }
        }));
    });
  }
  await attack("values that are replaced repeatedly, as by widgets", async () => {
    using client = await server.client();
    const { out } = await modelsOf(client);
    for (let i = 0; i < 50; i++) {
      assertEquals(
        await send(client, { kind: "ModelChanged", model: out, attr: "tags", new: ["x".repeat(3_000_000) + i] }),
        "OK",
      );
    }
  });
  await attack("roots that are added and removed repeatedly", async () => {
    using client = await server.client();
    for (let i = 0; i < 50; i++) {
      assertEquals(await send(client, div(`r${i}`, ["x".repeat(3_000_000)])), "OK");
      assertEquals(await send(client, { kind: "RootRemoved", model: { id: `r${i}` } }), "OK");
    }
  });
  await attack("a document that is pushed repeatedly", async () => {
    using client = await server.client();
    for (let i = 0; i < 50; i++) {
      const roots = [div(`d${i}`, ["x".repeat(3_000_000)]).model];
      assertEquals((await client.ask("PUSH-DOC", { doc: { title: "Mine", roots } }))?.type, "OK");
    }
  });
});

testAttacks("Names: array indices as names take no memory for lower indices", {}, async (server, attack) => {
  const count = 60_000;
  const values: [name: string, value: unknown][] = [
    ["records", Array.from({ length: count }, () => ({ 1000: 0 }))],
    ["maps", Array.from({ length: count }, () => map([["1000", 0]]))],
    ["maps whose first name is not an index", Array.from({ length: count }, () => map([["a", 0], ["1000", 0]]))],
  ];
  for (const [name, value] of values) {
    await attack(name, async () => {
      using client = await server.client();
      const { out } = await modelsOf(client);
      await assertMemory(
        server,
        250,
        () => send(client, { kind: "ModelChanged", model: out, attr: "tags", new: value }),
      );
    });
  }
  const models: [name: string, attributes: unknown, type: string][] = [
    ["columns", { data: map([["1000", []]]) }, "ColumnDataSource"],
    ["styles", { styles: map([["1000", "x"]]) }, "Div"],
  ];
  for (const [name, attributes, type] of models) {
    await attack(name, async () => {
      using client = await server.client();
      const { out } = await modelsOf(client);
      const models = Array.from({ length: 30_000 }, () => ({ type: "object", name: type, attributes }));
      await assertMemory(
        server,
        250,
        () => send(client, { kind: "ModelChanged", model: out, attr: "tags", new: models }),
      );
    });
  }
});

testAttacks(
  "Retained memory: no sequence of changes avoids the limit",
  {},
  async (server, attack) => {
    const packed = (count: number, shape: readonly number[] = [count]) => ndarray(bytes(packedZeros(count)), shape);
    const source = (id: string, columns: readonly unknown[]) => ({
      kind: "RootAdded",
      model: { type: "object", name: "ColumnDataSource", id, attributes: { data: map(columns) } },
    });
    const data = (id: string) => ({ model: { id }, attr: "data" });
    const many = <T>(count: number, item: T) => Array.from({ length: count }, () => item);
    const large = packed(9_000_000);
    const column = packed(5_000_000);
    const grid = packed(5_000_000, [5, 1_000_000]);
    const div = (id: string) => ({
      kind: "RootAdded",
      model: { type: "object", name: "Div", id, attributes: { tags: [large] } },
    });
    const title = (text: string) => ({ kind: "TitleChanged", title: text });
    const patched = (id: string, patches: unknown[]) => ({
      kind: "ColumnsPatched",
      ...data(id),
      patches: map([["x", patches]]),
    });
    const streamed = (id: string, rows: unknown[]) => ({
      kind: "ColumnsStreamed",
      ...data(id),
      data: map([["x", rows]]),
      rollover: null,
    });

    const attacks: [name: string, count: number, prepare: unknown[], events: (i: number) => unknown[]][] = [
      [
        "one attribute replaced repeatedly in a patch",
        80,
        [title("x".repeat(200_000))],
        (i) => [...many(30, title("")), title("x".repeat(200_000)), div(`big${i}`)],
      ],
      [
        "one row of a column patched repeatedly",
        150,
        [source("rows", [["x", many(200, null)]])],
        (i) => [patched("rows", [...many(30, [0, null]), [0, large], [i + 1, large]])],
      ],
      [
        "integers patched with a fraction",
        40,
        [],
        (i) => [source(`fraction${i}`, [["x", column]]), patched(`fraction${i}`, [[0, 0.5]])],
      ],
      [
        "integers patched with null",
        40,
        [],
        (i) => [source(`null${i}`, [["x", column]]), patched(`null${i}`, [[0, null]])],
      ],
      [
        "integers in a row patched with a fraction",
        40,
        [],
        (i) => [source(`grid${i}`, [["x", [grid]]]), patched(`grid${i}`, [[[0, 0, 0], 0.5]])],
      ],
      [
        "a fraction streamed to integers",
        25,
        [],
        (i) => [source(`stream${i}`, [["x", column]]), streamed(`stream${i}`, [0.5])],
      ],
      [
        "a text streamed to integers",
        40,
        [],
        (i) => [source(`text${i}`, [["x", column]]), streamed(`text${i}`, ["a"])],
      ],
    ];
    for (const [name, count, prepare, events] of attacks) {
      await attack(name, async () => {
        using client = await server.client();
        await assertMemory(server, MAX_MEBIBYTES, async () => {
          if (prepare.length > 0) assertEquals(await send(client, ...prepare), "OK");
          for (let i = 0; i < count; i++) if (await send(client, ...events(i)) === undefined) break;
        });
      });
    }
  },
);

testAttacks("Broadcast: a patch is not copied for each client", {}, async (server, attack) => {
  await attack("a long text for 60 clients that do not read", async () => {
    using client = await server.client("crowded");
    const others = await Promise.all(Array.from({ length: 60 }, () => server.client("crowded")));
    const { out } = await modelsOf(client);
    const change = { kind: "ModelChanged", model: out, attr: "text", new: "x".repeat(15_000_000) };
    await assertMemory(server, MAX_MEBIBYTES, () => send(client, change));
    for (const other of others) other[Symbol.dispose]();
  });
  await attack("a long document pulled by 40 clients that do not read", async () => {
    using client = await server.client("pulled");
    const doc = await client.pull();
    for (const name of ["out", "slider", "action", "source"]) {
      const change = {
        kind: "ModelChanged",
        model: { id: idOf(doc, name) },
        attr: "tags",
        new: ["x".repeat(9_000_000)],
      };
      assertEquals(await send(client, change), "OK");
    }
    const others = await Promise.all(Array.from({ length: 40 }, () => server.client("pulled")));
    await assertMemory(server, MAX_MEBIBYTES, async () => {
      for (const other of others) await other.send(...message("PULL-DOC-REQ"));
      using bystander = await server.client();
      await bystander.ask("SERVER-INFO-REQ");
    });
    for (const other of others) other[Symbol.dispose]();
  });
});

testAttacks("Waiting messages: take no more memory than their bytes", {}, async (server, attack) => {
  const content = `{"events":[{"kind":"none","value":[${Array.from({ length: 400_000 }, () => "[{}]").join(",")}]}]}`;
  await attack("messages that wait for the lock", async () => {
    using other = await server.client("hanging");
    using client = await server.client("hanging");
    const doc = await client.pull();
    const hang = { kind: "ModelChanged", model: { id: idOf(doc, "action") }, attr: "value", new: "hang" };
    await other.send(...message("PATCH-DOC", { events: [hang] }));
    // 50 MB of text wait. The peak includes garbage of their frames. Parsed messages would take 1,268 MiB.
    await assertMemory(server, 800, async () => {
      for (let i = 0; i < 25; i++) {
        const [header, metadata] = message("PATCH-DOC");
        await client.send(header!, metadata!, content);
      }
      using bystander = await server.client();
      await bystander.ask("SERVER-INFO-REQ");
    });
  });
  await attack("messages without their last buffer", async () => {
    const clients = await Promise.all(Array.from({ length: 10 }, () => server.client()));
    await assertMemory(server, 200, async () => {
      for (const client of clients) {
        const [header, metadata] = message("PATCH-DOC", {}, { num_buffers: 1 });
        await client.send(header!, metadata!, content);
      }
      using bystander = await server.client();
      await bystander.ask("SERVER-INFO-REQ");
    });
    for (const client of clients) client[Symbol.dispose]();
  });
  await attack("long headers and metadata", async () => {
    const long = "x".repeat(600_000);
    for (
      const frames of [[JSON.stringify({ msgid: long, msgtype: "PATCH-DOC" })], [
        message("PATCH-DOC")[0]!,
        JSON.stringify({ long }),
      ]]
    ) {
      using client = await server.client();
      await client.send(...frames);
      assertEquals(await client.next(), undefined);
    }
  });
});
