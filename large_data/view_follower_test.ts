import { assertEquals, assertRejects } from "@std/assert";
import type { Document } from "../document/document.ts";
import { type ColumnDataSource, GlyphRenderer, Plot, type Range1d, Scatter } from "../models/gen/classes.ts";
import { figure } from "../plotting/mod.ts";
import { openSession, type TestSession } from "../testing/mod.ts";
import { large_scatter, type LargeScatter, type PointData, type PointsView } from "./mod.ts";

/** Points whose views are loaded when the test says so: a view has the point (start of its x-range, 0). */
class SlowPoints implements PointData {
  /** The requests: starts of the x-ranges. */
  readonly requests: number[] = [];
  readonly #held = new Map<number, PromiseWithResolvers<void>>();

  extents() {
    return { x: { start: 0, end: 100 }, y: { start: 0, end: 1 } };
  }

  /** Makes the views with a start wait, and returns how to end this. */
  hold(start: number): PromiseWithResolvers<void> {
    const held = Promise.withResolvers<void>();
    this.#held.set(start, held);
    return held;
  }

  async viewOf({ start }: { start: number }): Promise<PointsView> {
    this.requests.push(start);
    await this.#held.get(start)?.promise;
    return { points: { x: Float64Array.of(start), y: Float64Array.of(0) } };
  }
}

/** Opens a session with a plot of points. */
async function open(data: PointData): Promise<{ session: TestSession; scatter: LargeScatter }> {
  let scatter: LargeScatter | undefined;
  const session = await openSession(async (doc: Document) => {
    const plot = figure({ width: 600, height: 400, x_range: [0, 100], y_range: [0, 1] });
    scatter = await large_scatter(doc, plot, data);
    doc.add_root(plot);
  });
  return { session, scatter: scatter! };
}

/** Moves the x-range, and waits until its data is requested. */
async function pan({ doc, clock }: TestSession, start: number): Promise<void> {
  (doc.select_one(Plot)!.x_range as Range1d).update({ start, end: start + 100 });
  await clock.tick(15);
}

/** Returns the x-coordinates of the markers. */
function shown({ doc }: TestSession): unknown[] {
  const renderer = doc.select({ type: GlyphRenderer }).find(({ glyph }) => glyph instanceof Scatter)!;
  return [...(renderer.data_source as ColumnDataSource).data["x"]];
}

Deno.test("ViewFollower: sizes that clients report near the assumed one request no data", async () => {
  const data = new SlowPoints();
  const { session } = await open(data);
  await using _ = session;
  const { id } = session.doc.select_one(Plot)!;
  const report = async (attr: string, size: number) => {
    const patch = { events: [{ kind: "ModelChanged" as const, model: { id }, attr, new: size }] };
    await session.transact((doc) => doc.apply_json_patch(patch, undefined, {}));
    await session.clock.tick(15);
    await session.settled();
  };
  await report("inner_width", 530);
  await report("inner_height", 340);
  assertEquals(data.requests.length, 1);
  await report("inner_width", 1200);
  assertEquals(data.requests.length, 2);
});

Deno.test("ViewFollower: does not replace data by data that was requested earlier", async () => {
  const data = new SlowPoints();
  const { session, scatter } = await open(data);
  await using _ = session;
  const slow = data.hold(10);
  await pan(session, 10);
  assertEquals(data.requests, [0, 10]);
  (session.doc.select_one(Plot)!.x_range as Range1d).update({ start: 20, end: 120 });
  await session.settled();
  await scatter.refresh();
  await session.settled();
  assertEquals(shown(session), [20]);
  slow.resolve();
  await session.settled();
  await session.clock.tick(15);
  await session.settled();
  assertEquals(shown(session), [20]);
});

Deno.test("ViewFollower: loads only the latest view after a slow one", async () => {
  const data = new SlowPoints();
  const { session } = await open(data);
  await using _ = session;
  const slow = data.hold(10);
  for (const start of [10, 20, 30, 40]) await pan(session, start);
  assertEquals(data.requests, [0, 10]);
  slow.resolve();
  await session.settled();
  assertEquals([data.requests, shown(session)], [[0, 10, 40], [40]]);
});

Deno.test("ViewFollower: loads a view again after an error", async () => {
  const data = new SlowPoints();
  const { session } = await open(data);
  await using _ = session;
  const failing = data.hold(10);
  await pan(session, 10);
  failing.reject(new Error("The database is locked"));
  const loaded = data.hold(10);
  loaded.resolve();
  await assertRejects(() => session.settled(), Error, "The database is locked");
  assertEquals([shown(session), session.errors.length], [[0], 1]);
  await session.clock.tick(1000);
  await session.settled();
  assertEquals([data.requests, shown(session)], [[0, 10, 10], [10]]);
});
