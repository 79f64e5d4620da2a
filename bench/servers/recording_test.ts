import { assertEquals, assertNotEquals } from "@std/assert";
import { answerKey, parseRecording, type Recording, stringifyRecording } from "./recording.ts";

Deno.test("parseRecording: restores text and bytes of a serialized recording", () => {
  const recording: Recording = {
    answers: new Map([["/a", { status: 200, headers: [["etag", '"x"']], body: Uint8Array.of(0, 255) }]]),
    sockets: new Map([["/a", { ack: ["{}"], pull: ["{}", Uint8Array.of(1)], patch: [], stream: [] }]]),
  };
  assertEquals(parseRecording(stringifyRecording(recording)), recording);
});

Deno.test("answerKey: differs by compression and revalidation", () => {
  const raw = answerKey("/a", { compressed: false, revalidate: false });
  const compressed = answerKey("/a", { compressed: true, revalidate: false });
  assertNotEquals(raw, compressed);
  assertNotEquals(answerKey("/a", { compressed: true, revalidate: true }), compressed);
});
