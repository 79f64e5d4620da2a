import { assertEquals } from "@std/assert";
import { DEFAULT_LIMITS } from "../../common/limits.ts";
import { ColumnDataSource } from "../../models/gen/classes.ts";
import type { Frame } from "../../protocol/message.ts";
import { InProcessClient, makeRegistry } from "../session_test_support.ts";

/** Returns the numbers of frames of a pull, and of patches with a short and a long array. */
async function frameCounts(inlineArrayBytes: number): Promise<number[]> {
  const source = new ColumnDataSource({ data: { short: new Float64Array(2), long: new Float64Array(100) } });
  const { registry } = makeRegistry((doc) => doc.add_root(source), {
    limits: { ...DEFAULT_LIMITS, inlineArrayBytes },
  });
  const session = await registry.getOrCreate("s");
  const client = new InProcessClient(session);
  const { frames } = client.port;
  const added = async (action: () => void | Promise<void>): Promise<Frame[]> => {
    const before = frames.length;
    await action();
    return frames.slice(before);
  };
  const sent = [
    await added(() => void client.pull()),
    await added(() => session.transact({}, () => source.replaceColumn("short", new Float64Array(3)))),
    await added(() => session.transact({}, () => source.replaceColumn("long", new Float64Array(101)))),
  ];
  return sent.map(({ length }) => length);
}

Deno.test("Session sends arrays below inlineArrayBytes within the JSON, others in two frames each", async () => {
  assertEquals(await frameCounts(100), [5, 3, 5]);
  assertEquals(await frameCounts(65_536), [3, 3, 3]);
});

Deno.test("Session sends all arrays in frames of their own if inlineArrayBytes is 0", async () => {
  assertEquals(await frameCounts(0), [7, 5, 5]);
});
