import { assertEquals } from "@std/assert";
import { Opcode } from "./frames.ts";
import { type BokehMessage, MessageReader } from "./message_reader.ts";

const encoder = new TextEncoder();
const patch = [
  encoder.encode('{"msgid": "p1", "msgtype": "PATCH-DOC", "num_buffers": 1}'),
  encoder.encode("{}"),
  encoder.encode('{"events":[]}'),
  encoder.encode('{"id": "p2"}'),
  Uint8Array.of(1, 2, 3),
];
const ok = ['{"msgtype":"OK","reqid":"a"}', "{}", "{}"].map((text) => encoder.encode(text));

/** Returns the messages in some frames. */
function read(frames: Uint8Array[], keep = false): BokehMessage[] {
  const messages: BokehMessage[] = [];
  const reader = new MessageReader((message) => messages.push(message), keep);
  for (const frame of frames) reader.frame(frame[0]! < 32 ? Opcode.binary : Opcode.text, frame, true);
  return messages;
}

Deno.test("MessageReader: includes buffers in the size of a message", () => {
  const bytes = (frames: Uint8Array[]) => frames.reduce((sum, frame) => sum + frame.length, 0);
  assertEquals(read([...patch, ...ok]), [
    { type: "PATCH-DOC", bytes: bytes(patch), fragments: [] },
    { type: "OK", bytes: bytes(ok), fragments: [] },
  ]);
});

Deno.test("MessageReader: keeps the fragments if `keep` is set", () => {
  assertEquals(read(patch, true)[0]?.fragments, [
    '{"msgid": "p1", "msgtype": "PATCH-DOC", "num_buffers": 1}',
    "{}",
    '{"events":[]}',
    '{"id": "p2"}',
    Uint8Array.of(1, 2, 3),
  ]);
});

Deno.test("MessageReader: joins the frames of a fragment", () => {
  const messages: BokehMessage[] = [];
  const reader = new MessageReader((message) => messages.push(message), true);
  reader.frame(Opcode.text, ok[0]!.subarray(0, 10), false);
  reader.frame(Opcode.continuation, ok[0]!.subarray(10, 12), false);
  reader.frame(Opcode.continuation, ok[0]!.subarray(12), true);
  for (const frame of ok.slice(1)) reader.frame(Opcode.text, frame, true);
  assertEquals(messages[0]?.fragments[0], '{"msgtype":"OK","reqid":"a"}');
});
