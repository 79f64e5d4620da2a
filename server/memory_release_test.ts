import { assert, assertEquals } from "@std/assert";
import { getHeapSpaceStatistics } from "node:v8";
import { MemoryRelease } from "./memory_release.ts";

function youngBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === "new_space")!.space_size;
}

/** Allocates until the young generation is large, and returns the objects that are alive. */
function fillYoungGeneration(): object[] {
  const kept: object[] = [];
  for (let i = 0; i < 3_000_000; i++) {
    const object = { i };
    if (i % 10 === 0) kept.push(object);
  }
  return kept;
}

Deno.test("MemoryRelease empties the young generation when the process is idle, and not before", () => {
  const memory = new MemoryRelease();
  memory.releaseIdle();
  const kept = fillYoungGeneration();
  const large = youngBytes();
  assert(large >= 16 * 1024 * 1024, `${large}`);
  memory.releaseIdle(); // much was allocated since the last call
  assertEquals(youngBytes(), large);
  memory.releaseIdle();
  assert(youngBytes() < large / 2, `${youngBytes()} of ${large}`);
  assertEquals(kept.length, 300_000);
});
