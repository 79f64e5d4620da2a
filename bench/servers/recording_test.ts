import { assertEquals, assertNotEquals } from "@std/assert";
import { answerKey, parseRecording, type Recording, stringifyRecording } from "./recording.ts";

Deno.test("parseRecording gives back what stringifyRecording wrote, bytes and text", () => {
  const recording: Recording = {
    answers: new Map([["/a", { status: 200, headers: [["etag", '"x"']], body: Uint8Array.of(0, 255) }]]),
    sockets: new Map([["/a", { ack: ["{}"], pull: ["{}", Uint8Array.of(1)], patch: [], stream: [] }]]),
  };
  assertEquals(parseRecording(stringifyRecording(recording)), recording);
});

Deno.test("answerKey tells ways of asking apart", () => {
  const raw = answerKey("/a", { compressed: false, revalidate: false });
  const compressed = answerKey("/a", { compressed: true, revalidate: false });
  assertNotEquals(raw, compressed);
  assertNotEquals(answerKey("/a", { compressed: true, revalidate: true }), compressed);
});
