import { assertEquals } from "@std/assert";
import { deflate, inflate, stored } from "./zlib.ts";

Deno.test("stored() writes bytes of any length that zlib decompresses", () => {
  for (const length of [0, 1, 300, 0xffff]) {
    const bytes = Uint8Array.from({ length }, (_, i) => i * 7);
    assertEquals(inflate(stored(bytes), length + 1), bytes);
  }
});

Deno.test("deflate() compresses all texts except the first of a process", () => {
  const text = "a".repeat(1000);
  const [first, second] = [deflate(text), deflate(text)];
  const unpacked = new TextEncoder().encode(text);
  assertEquals([inflate(first.bytes, 2000), inflate(second.bytes, 2000)], [unpacked, unpacked]);
  assertEquals(second.isCompressed && second.bytes.length < 100, true);
});
