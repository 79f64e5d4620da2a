/**
 * Parses JSON texts of clients within limits.
 *
 * @module
 */

import { isRecord } from "../common/is_record.ts";
import { ProtocolError } from "./error.ts";
import { IndexStrings } from "./hash_flooding.ts";

/**
 * Maximum nesting of arrays and objects. Recursive functions over a document cannot exhaust the
 * stack within it.
 */
export const MAX_DEPTH = 1000;

/**
 * Parses a text frame that must hold a JSON object.
 *
 * @param text The text.
 * @param what What the text is, such as `"header"`, for errors.
 * @param maxValues Maximum number of arrays and objects: `[]` takes about a hundred times the
 * memory of its two characters.
 * @throws {ProtocolError} If the text is not a JSON object, is nested too deeply, holds too many
 * values, or holds too many strings with the same hash.
 */
export function parseObject(text: string, what: string, maxValues = Infinity): Record<string, unknown> {
  if (text === "{}") return {};
  // A short text cannot exceed the nesting limit: the scan is skipped.
  if (text.length > 2 * MAX_DEPTH) checkStructure(text, what, maxValues);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ProtocolError(`Cannot parse ${what}: not JSON`, "malformed", { cause });
  }
  if (!isRecord(value)) throw new ProtocolError(`Cannot use ${what}: not an object`, "malformed");
  return value;
}

const QUOTE = 0x22, BACKSLASH = 0x5c, BRACKET = 0x5b, BRACE = 0x7b, CLOSE_BRACKET = 0x5d, CLOSE_BRACE = 0x7d;

function checkStructure(text: string, what: string, maxValues: number): void {
  const indices = new IndexStrings();
  let depth = 0;
  let values = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === QUOTE) {
      const start = i + 1;
      i = endOfString(text, start);
      indices.add(text, start, i);
    } else if (char === BRACKET || char === BRACE) {
      if (++depth > MAX_DEPTH) throw new ProtocolError(`Cannot parse ${what}: nested too deeply`, "malformed");
      if (++values > maxValues) {
        throw new ProtocolError(`Cannot parse ${what}: more than ${maxValues} arrays and objects`, "too_big");
      }
    } else if (char === CLOSE_BRACKET || char === CLOSE_BRACE) {
      depth--;
    }
  }
  if (indices.collide) throw new ProtocolError(`Cannot parse ${what}: too many strings have the same hash`, "too_big");
}

/**
 * Returns the position of the closing quote. `indexOf` is much faster than a loop over the
 * characters.
 */
function endOfString(text: string, from: number): number {
  for (;;) {
    const end = text.indexOf('"', from);
    if (end < 0) return text.length;
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return end;
    from = end + 1;
  }
}

/**
 * Returns the length of a text in UTF-8 bytes. Exact only near `limit`: a text that is
 * certainly shorter or longer is not counted character by character.
 */
export function byteLength(text: string, limit: number): number {
  if (text.length * 3 <= limit || text.length > limit) return text.length;
  let bytes = text.length;
  for (let i = 0; i < text.length && bytes <= limit; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    // A surrogate pair takes 4 bytes for 2 code units; any other code unit above U+07FF takes 3
    // bytes.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return bytes;
}
