import { assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import { Document } from "../document/document.ts";
import { openSession, serveApp } from "../testing/mod.ts";
import { type AxisView, PointArrays } from "./mod.ts";

const COUNT = 300_000;
const x = Float64Array.from({ length: COUNT }, (_, i) => i);
const view: AxisView = { start: 0, end: COUNT, pixels: 10, isLog: false };

Deno.test("PointArrays finds the extents once, without NaN", () => {
  const data = new PointArrays([3, NaN, -2], Int32Array.of(5, 6, 7));
  assertEquals(data.extents(), { x: { start: -2, end: 3 }, y: { start: 5, end: 7 } });
  assertStrictEquals(data.extents(), data.extents());
  assertEquals(new PointArrays([NaN], [1]).extents().x, { start: NaN, end: NaN });
  assertThrows(() => new PointArrays([1], [1, 2]), RangeError, "1 x-coordinates and 2");
});

Deno.test("PointArrays counts the points of all blocks that a view shows", async () => {
  const y = x.map((value, i) => i % 10_000 < 5000 ? NaN : value % 100);
  const data = new PointArrays(x, y);
  await using session = await openSession(() => {});
  for (const [start, end] of [[0, COUNT], [4095, 4097], [6000, 40_000], [COUNT - 1, COUNT + 5], [-9, 0]] as const) {
    const found = await data.viewOf({ ...view, start, end }, { ...view, start: 10, end: 60 }, 0, session.serverDoc);
    const expected = x.filter((at, i) => at >= start && at < end && y[i]! >= 10 && y[i]! < 60).length;
    assertEquals("counts" in found ? found.total : found.points.x.length, expected, `${start} to ${end}`);
  }
});

Deno.test("PointArrays counts the points of a view once for all sessions", async () => {
  const data = new PointArrays(x, x);
  await using served = await serveApp(() => {});
  const sessions = [await served.open(), await served.open()];
  const views = await Promise.all(sessions.map(({ serverDoc }) => data.viewOf(view, view, 10, serverDoc)));
  assertStrictEquals(views[0], views[1]);
  const [ada, bob] = sessions.map(({ serverDoc }) => data.viewOf({ ...view, pixels: 20 }, view, 10, serverDoc));
  ada!.catch(() => {});
  await sessions[0]!.end();
  const found = await bob!;
  assertEquals("counts" in found && found.counts.length, 200);
  assertStrictEquals(await data.viewOf({ ...view, pixels: 20 }, view, 10, sessions[1]!.serverDoc), found);
});

Deno.test("PointArrays counts the points of a view again after an error", async () => {
  const data = new PointArrays(x, x);
  await using session = await openSession(() => {});
  const failing = data.viewOf(view, view, 10, new Document());
  const found = data.viewOf(view, view, 10, session.serverDoc);
  await assertRejects(() => failing, Error, "no session serves the document");
  assertEquals("counts" in await found, true);
});
