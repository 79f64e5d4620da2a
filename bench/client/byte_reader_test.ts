import { assertEquals, assertRejects } from "@std/assert";
import { ByteReader, type ByteSource } from "./byte_reader.ts";

/** Returns a source that delivers a text in chunks of `size` bytes. */
function source(text: string, size: number): ByteSource {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return {
    read(buffer) {
      if (at === bytes.length) return Promise.resolve(null);
      const piece = bytes.subarray(at, at + Math.min(size, buffer.length));
      buffer.set(piece);
      at += piece.length;
      return Promise.resolve(piece.length);
    },
  };
}

Deno.test("ByteReader: reads heads, lines and bodies with any sizes of chunks and buffer", async () => {
  for (const size of [1, 3, 5, 100]) {
    for (const bufferSize of [4, 8, 64]) {
      const reader = new ByteReader(source("HTTP/1.1 200 OK\r\nA: b\r\n\r\n5\r\nhello\r\n\rxrest", size), bufferSize);
      assertEquals(await reader.readHead(), "HTTP/1.1 200 OK\r\nA: b\r\n\r\n");
      assertEquals(await reader.readLine(), "5");
      assertEquals(new TextDecoder().decode(await reader.take(5)), "hello");
      await reader.skip(2);
      assertEquals(new TextDecoder().decode(await reader.take(6)), "\rxrest");
    }
  }
});

Deno.test("ByteReader: rest returns the bytes behind the head", async () => {
  const reader = new ByteReader(source("head\r\n\r\nframes", 100));
  await reader.readHead();
  assertEquals(new TextDecoder().decode(reader.rest()), "frames");
  assertEquals(reader.rest().length, 0);
});

Deno.test("ByteReader: rejects when the connection is closed before the end of the head", async () => {
  await assertRejects(() => new ByteReader(source("half", 2)).readHead(), Error, "is closed");
});
