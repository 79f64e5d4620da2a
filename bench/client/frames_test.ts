import { assertEquals, assertThrows } from "@std/assert";
import { encodeFragments, encodeFrame, Opcode } from "./frames.ts";
import { FrameParser } from "./frame_parser.ts";

/** Encodes a frame of a server, which has no mask. */
function serverFrame(opcode: number, payload: Uint8Array, last = true): Uint8Array {
  const masked = encodeFrame(opcode, payload, new Uint8Array(4));
  const head = masked.length - payload.length - 4;
  const frame = new Uint8Array([...masked.slice(0, head), ...payload]);
  frame[0] = (last ? 0x80 : 0) | opcode;
  frame[1]! &= 0x7f;
  return frame;
}

/** Parses bytes in chunks of `size`. Returns the opcode, payload and `last` of each frame. */
function parse(bytes: Uint8Array, size: number): [number, number[], boolean][] {
  const frames: [number, number[], boolean][] = [];
  const parser = new FrameParser((opcode, payload, last) => frames.push([opcode, [...payload], last]));
  for (let i = 0; i < bytes.length; i += size) parser.push(bytes.slice(i, i + size));
  return frames;
}

Deno.test("encodeFrame: masks the example of RFC 6455", () => {
  const frame = encodeFrame(Opcode.text, new TextEncoder().encode("Hello"), Uint8Array.of(0x37, 0xfa, 0x21, 0x3d));
  assertEquals([...frame], [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58]);
});

Deno.test("encodeFrame: writes the length in one, two or eight bytes", () => {
  const heads = [125, 126, 65535, 65536].map((length) =>
    encodeFrame(Opcode.binary, new Uint8Array(length)).slice(1, 10)
  );
  assertEquals(heads[0]![0], 0x80 | 125);
  assertEquals([...heads[1]!.slice(0, 3)], [0x80 | 126, 0, 126]);
  assertEquals([...heads[2]!.slice(0, 3)], [0x80 | 126, 255, 255]);
  assertEquals([...heads[3]!], [0x80 | 127, 0, 0, 0, 0, 0, 1, 0, 0]);
});

Deno.test("encodeFragments: encodes texts as text frames and bytes as binary frames", () => {
  const bytes = encodeFragments(["ab", Uint8Array.of(7)]);
  assertEquals(bytes.length, 2 + 4 + 2 + 2 + 4 + 1);
  assertEquals([bytes[0], bytes[8]], [0x81, 0x82]);
});

Deno.test("FrameParser: finds the same frames with any chunk size", () => {
  const lengths = [0, 1, 125, 126, 300, 65536];
  const frames = lengths.map((length) => Uint8Array.from({ length }, (_, i) => i * 7 % 251));
  const bytes = new Uint8Array(frames.flatMap((payload) => [...serverFrame(Opcode.binary, payload)]));
  const expected = frames.map((payload): [number, number[], boolean] => [Opcode.binary, [...payload], true]);
  for (const size of [1, 2, 3, 127, 1000, bytes.length]) {
    assertEquals(parse(bytes, size), expected, `chunks of ${size}`);
  }
});

Deno.test("FrameParser: reports which frame is the last of a message", () => {
  const parts = [serverFrame(Opcode.text, Uint8Array.of(1), false), serverFrame(Opcode.continuation, Uint8Array.of(2))];
  assertEquals(parse(new Uint8Array(parts.flatMap((part) => [...part])), 100), [
    [Opcode.text, [1], false],
    [Opcode.continuation, [2], true],
  ]);
});

Deno.test("FrameParser: throws TypeError for a masked frame", () => {
  assertThrows(() => parse(encodeFrame(Opcode.text, Uint8Array.of(1)), 100), TypeError, "must not be masked");
});
