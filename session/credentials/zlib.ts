/**
 * Compression of token payloads in the zlib format (RFC 1950).
 *
 * @module
 */

import { nodeBuiltin } from "../../common/node_builtin.ts";

/**
 * Size of zlib's output chunks. Most payloads fit into one; allocating the default of 16 KiB takes
 * longer than the compression.
 */
const CHUNK_BYTES = 1024;
const MAX_STORED_BYTES = 0xffff;
const encoder = new TextEncoder();

let isFirst = true;

/**
 * Compresses a text. The first text of a process is stored uncompressed, because loading
 * `node:zlib` would delay the first page.
 *
 * @returns The bytes in zlib format, and whether they are compressed.
 */
export function deflate(text: string): { readonly bytes: Uint8Array; readonly isCompressed: boolean } {
  if (isFirst) {
    isFirst = false;
    const bytes = encoder.encode(text);
    if (bytes.length <= MAX_STORED_BYTES) return { bytes: stored(bytes), isCompressed: false };
  }
  const bytes = nodeBuiltin("node:zlib").deflateSync(text, { level: 9, chunkSize: CHUNK_BYTES });
  return { bytes, isCompressed: true };
}

/**
 * Decompresses bytes in zlib format.
 *
 * @param limit Maximum size of the result, in bytes.
 * @throws {Error} If the bytes are not valid, or the result is larger than the limit.
 */
export function inflate(packed: Uint8Array, limit: number): Uint8Array {
  const { buffer, byteOffset, length } = nodeBuiltin("node:zlib")
    .inflateSync(packed, { maxOutputLength: limit, chunkSize: CHUNK_BYTES });
  return new Uint8Array(buffer, byteOffset, length);
}

/**
 * Returns bytes in zlib format without compression: header, one stored block (RFC 1951, 3.2.4),
 * Adler-32 checksum. At most 65,535 bytes.
 */
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
