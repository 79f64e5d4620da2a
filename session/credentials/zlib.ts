/**
 * The form in which tokens carry their payloads: zlib's (RFC 1950).
 *
 * @module
 */

import { nodeBuiltin } from "../../common/node_builtin.ts";

/** Size of zlib's pieces; most payloads fit into one, and the default of 16 KiB costs more than packing does. */
const CHUNK_BYTES = 1024;
const MAX_STORED_BYTES = 0xffff;
const encoder = new TextEncoder();

let isFirst = true;

/**
 * Packs a text. The first one of a process is not made smaller: zlib takes longer to load than all else that is left to do
 * for a first page.
 */
export function deflate(text: string): { readonly bytes: Uint8Array; readonly isSmall: boolean } {
  if (isFirst) {
    isFirst = false;
    const bytes = encoder.encode(text);
    if (bytes.length <= MAX_STORED_BYTES) return { bytes: stored(bytes), isSmall: false };
  }
  const bytes = nodeBuiltin("node:zlib").deflateSync(text, { level: 9, chunkSize: CHUNK_BYTES });
  return { bytes, isSmall: true };
}

/** Unpacks what may not become bigger than a limit; throws whatever is wrong with it. */
export function inflate(packed: Uint8Array, limit: number): Uint8Array {
  const { buffer, byteOffset, length } = nodeBuiltin("node:zlib")
    .inflateSync(packed, { maxOutputLength: limit, chunkSize: CHUNK_BYTES });
  return new Uint8Array(buffer, byteOffset, length);
}

/** Bytes as they are in zlib's form: header, one stored block (RFC 1951, 3.2.4), Adler-32. */
export function stored(bytes: Uint8Array): Uint8Array {
  const packed = new Uint8Array(bytes.length + 11);
  const view = new DataView(packed.buffer);
  view.setUint16(0, 0x7801);
  view.setUint8(2, 1);
  view.setUint16(3, bytes.length, true);
  view.setUint16(5, ~bytes.length, true);
  packed.set(bytes, 7);
  view.setUint32(bytes.length + 7, adler32(bytes));
  return packed;
}

function adler32(bytes: Uint8Array): number {
  let a = 1, b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
}
