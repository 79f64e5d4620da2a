import { assert, assertEquals } from "@std/assert";
import { getHeapSpaceStatistics } from "node:v8";
import { MemoryRelease } from "./memory_release.ts";

const MEBIBYTE = 1024 * 1024;

/** Returns the size and the used part of the young generation, in bytes. */
function young(): { size: number; used: number } {
  const { space_size: size, space_used_size: used } = getHeapSpaceStatistics().find(({ space_name: name }) =>
    name === "new_space"
  )!;
  return { size, used };
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
  const { used } = young();
  let kept: object[];
  do kept = fillYoungGeneration(); while (Math.abs(young().used - used) < 2 * MEBIBYTE); // by chance
  const large = young().size;
  assert(large >= 16 * MEBIBYTE, `${large}`);
  memory.releaseIdle(); // much was allocated since the last call
  assertEquals(young().size, large);
  memory.releaseIdle();
  assert(young().size < large / 2, `${young().size} of ${large}`);
  assertEquals(kept.length, 300_000);
});
