/** Encodes websocket frames of a client (RFC 6455). */

/** Opcodes of frames. */
export const Opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A fragment of a Bokeh message: the payload of a text or binary frame. */
export type Fragment = string | Uint8Array;

const encoder = new TextEncoder();

/** Encodes a final frame. Masks it, as RFC 6455 requires of clients. */
export function encodeFrame(
  opcode: number,
  payload: Uint8Array,
  mask: Uint8Array = crypto.getRandomValues(new Uint8Array(4)),
): Uint8Array<ArrayBuffer> {
  const { length } = payload;
  const head = length < 126 ? 2 : length < 65536 ? 4 : 10;
  const frame = new Uint8Array(head + 4 + length);
  const view = new DataView(frame.buffer);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (head === 2 ? length : head === 4 ? 126 : 127);
  if (head === 4) view.setUint16(2, length);
  if (head === 10) view.setBigUint64(2, BigInt(length));
  frame.set(mask, head);
  for (let i = 0; i < length; i++) frame[head + 4 + i] = payload[i]! ^ mask[i & 3]!;
  return frame;
}

/** Encodes a message with one frame for each fragment, so that one write sends it. */
export function encodeFragments(fragments: readonly Fragment[]): Uint8Array<ArrayBuffer> {
  const frames = fragments.map((fragment) =>
    typeof fragment === "string"
      ? encodeFrame(Opcode.text, encoder.encode(fragment))
      : encodeFrame(Opcode.binary, fragment)
  );
  const bytes = new Uint8Array(frames.reduce((sum, frame) => sum + frame.length, 0));
  let offset = 0;
  for (const frame of frames) {
    bytes.set(frame, offset);
    offset += frame.length;
  }
  return bytes;
}
