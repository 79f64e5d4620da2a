import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { curdoc } from "../document/curdoc.ts";
import { Div } from "../models/mod.ts";
import { serveApp } from "../testing/serve_app.ts";
import { cached } from "./cached.ts";
import { cacheStatistics } from "./cache_registry.ts";

Deno.test("cached() runs the function once for a hundred sessions that open at once", async () => {
  let queries = 0;
  const gate = Promise.withResolvers<void>();
  const documents: unknown[] = [];
  const query = cached(async (table: string) => {
    queries++;
    documents.push(curdoc().session_context);
    await gate.promise;
    return `rows of ${table}`;
  });
  await using app = await serveApp(async (doc) => {
    doc.add_root(new Div({ text: await query("sales") }));
  });
  const opening = Promise.all(Array.from({ length: 100 }, () => app.open()));
  while (query.statistics.hits < 99) await new Promise((resolve) => setImmediate(resolve));
  gate.resolve();
  const sessions = await opening;
  assertEquals([queries, documents], [1, [null]]);
  assertEquals(new Set(sessions.map(({ doc }) => doc.select_one(Div).text)), new Set(["rows of sales"]));
});

Deno.test("cached() keeps results for a time, and no more than its limits", async () => {
  const calls: number[] = [];
  const twice = cached((n: number) => {
    calls.push(n);
    return Promise.resolve(new Float64Array(n));
  }, { maxEntries: 2, maxBytes: 10_000 });
  for (const n of [1, 2, 1, 3, 1, 2]) await twice(n); // 3 drops 2
  assertEquals(calls, [1, 2, 3, 2]);
  assertEquals((await twice(100_000)).length, 100_000);
  assert(twice.statistics.bytes < 10_000);
  twice.clear();
  assertEquals([twice.statistics.entries, twice.statistics.bytes], [0, 0]);

  const brief = cached((n: number) => Promise.resolve(calls.push(n)), { ttl: 1 });
  await brief(7);
  const end = performance.now() + 5;
  while (performance.now() < end);
  await brief(7);
  assertEquals(calls.slice(-2), [7, 7]);
});

Deno.test("cached() does not keep errors, and keeps undefined", async () => {
  let calls = 0;
  const failing = cached(() => {
    calls++;
    throw new Error("No connection");
  });
  await assertRejects(() => Promise.all([failing(), failing()]), Error, "No connection");
  await assertRejects(() => failing(), Error, "No connection");
  assertEquals(calls, 2);
  const nothing = cached(() => void calls++);
  assertEquals([await nothing(), await nothing(), calls], [undefined, undefined, 3]);
  nothing.delete();
  await nothing();
  assertEquals(calls, 4);
});

Deno.test("cached() takes a key, refuses wrong limits, and reports its statistics", async () => {
  const first = cached((user: { id: number }) => Promise.resolve(user), { key: ({ id }) => String(id), name: "users" });
  const user = { id: 1 };
  assert(await first(user) === await first({ id: 1 }));
  assertThrows(() => cached(() => 1, { ttl: 0 }), RangeError, "ttl is 0");
  const { hits, misses, entries } = cacheStatistics().find(({ name }) => name === "users")!;
  assertEquals([hits, misses, entries], [1, 1, 1]);
});
