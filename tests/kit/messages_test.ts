import { assertEquals, assertThrows } from "@std/assert";
import { idOf, packedZeros } from "./messages.ts";

Deno.test("idOf: finds a nested model by name", () => {
  const slider = { type: "object", name: "Slider", id: "p7", attributes: { name: "freq" } };
  const doc = { roots: [{ type: "object", name: "Row", id: "p1", attributes: { children: [slider] } }] };
  assertEquals(idOf(doc, "freq"), "p7");
  assertThrows(() => idOf({}, "freq"), Error, "the model freq");
});

Deno.test("packedZeros: decompresses to zeros", async () => {
  const packed = new Blob([Uint8Array.fromBase64(packedZeros(1000))]);
  const bytes = await new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).bytes();
  assertEquals([bytes.length, Math.max(...bytes)], [1000, 0]);
});
