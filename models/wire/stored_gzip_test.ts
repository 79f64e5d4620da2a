import { assertEquals } from "@std/assert";
import { gunzipSync, gzipSync } from "node:zlib";
import { MAX_STORED_BYTES, readStoredGzip, writeStoredGzip } from "./stored_gzip.ts";

function bytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => i * 31 + (i >> 8));
}

Deno.test("writeStoredGzip: writes what gunzip reads, of any length", () => {
  for (const length of [0, 1, 2, 3, 80, 1600, 300, MAX_STORED_BYTES]) {
    const packed = Uint8Array.fromBase64(writeStoredGzip(bytes(length)));
    assertEquals(new Uint8Array(gunzipSync(packed)), bytes(length));
    assertEquals(readStoredGzip(packed), bytes(length));
  }
});

Deno.test("writeStoredGzip: accepts shared memory", () => {
  const shared = new Uint8Array(new SharedArrayBuffer(3));
  shared.set([1, 2, 3]);
  assertEquals(readStoredGzip(Uint8Array.fromBase64(writeStoredGzip(shared))), Uint8Array.of(1, 2, 3));
});

Deno.test("readStoredGzip: reads neither compressed nor damaged data", () => {
  assertEquals(readStoredGzip(gzipSync(new Uint8Array(100))), undefined);
  assertEquals(readStoredGzip(gzipSync(bytes(100_000), { level: 0 })), undefined);
  const intact = Uint8Array.fromBase64(writeStoredGzip(bytes(20)));
  for (let i = 0; i < intact.length; i++) {
    const ignored = i >= 4 && i < 10; // time, flags of the compressor, operating system
    const damaged = intact.with(i, intact[i]! ^ 1);
    assertEquals(readStoredGzip(damaged) === undefined, !ignored, `byte ${i}`);
    assertEquals(readStoredGzip(intact.subarray(0, i)), undefined);
  }
});
