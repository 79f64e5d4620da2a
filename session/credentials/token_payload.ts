import { isRecord } from "../../common/is_record.ts";
import { nullPrototypeObject } from "../../common/null_prototype_object.ts";
import { deflate, inflate } from "./zlib.ts";

/**
 * Contents of a token for the application: parts of the page's request, and what `processRequest`
 * returned.
 */
export interface TokenPayload {
  /** Headers of the request. */
  headers?: Record<string, string>;
  /** Cookies of the request. */
  cookies?: Record<string, string>;
  /** Query arguments of the request; the object has no prototype. */
  arguments?: Record<string, Uint8Array[]>;
  [key: string]: unknown;
}

/** Maximum size of an unpacked payload, in bytes. */
const MAX_PAYLOAD_BYTES = 1024 * 1024;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const BASE64URL = { alphabet: "base64url", omitPadding: true } as const;

/** Encodes bytes as base64url without padding. */
export function encodeBase64Url(data: Uint8Array): string {
  return data.toBase64(BASE64URL);
}

/**
 * Decodes base64url without padding.
 *
 * @throws {SyntaxError} If the text has other characters or a wrong length.
 */
export function decodeBase64Url(text: string): Uint8Array<ArrayBuffer> {
  // Uint8Array.fromBase64 ignores white space.
  if (/[^\w-]/.test(text)) throw new SyntaxError("Cannot decode base64url: character not of its alphabet");
  return Uint8Array.fromBase64(text, BASE64URL);
}

/** Decodes the body of a token. Returns undefined if the text is not the body of a token. */
export function tokenFields(body: string): Record<string, unknown> | undefined {
  try {
    const fields = parseJson(decodeBase64Url(body));
    return isRecord(fields) ? fields : undefined;
  } catch {
    return undefined; // not a token
  }
}

/**
 * Parses JSON in UTF-8.
 *
 * @throws {SyntaxError} If the text is not JSON.
 * @throws {TypeError} If the bytes are not UTF-8.
 */
export function parseJson(data: Uint8Array): unknown {
  return JSON.parse(decoder.decode(data));
}

/**
 * Cache of packed payloads by their JSON text. Compression is the most expensive part of creating a
 * page, and browsers of the same make and language send the same headers.
 */
const packedTexts = new Map<string, string>();
const MAX_PACKED_TEXTS = 256;
const MAX_CACHED_LENGTH = 4096;

/**
 * Encodes a payload for a token: JSON with bytes as `{"bytes": …}`, compressed with zlib, in
 * base64url.
 */
export function packPayload(payload: TokenPayload): string {
  const text = JSON.stringify(payload, mayHoldBytes(payload) ? replaceBytes : undefined);
  const known = packedTexts.get(text);
  if (known !== undefined) return known;
  const { bytes, isCompressed } = deflate(text);
  const packed = encodeBase64Url(bytes);
  if (isCompressed && text.length <= MAX_CACHED_LENGTH) {
    if (packedTexts.size >= MAX_PACKED_TEXTS) packedTexts.clear();
    packedTexts.set(text, packed);
  }
  return packed;
}

/**
 * Returns whether a payload may contain bytes. Without, `JSON.stringify` needs no replacer and is
 * several times faster.
 */
function mayHoldBytes({ headers: _headers, cookies: _cookies, ...others }: TokenPayload): boolean {
  return Object.values(others).some((value) =>
    value instanceof Uint8Array || typeof value === "object" && value !== null && Object.keys(value).length > 0
  );
}

function replaceBytes(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? { bytes: encodeBase64Url(value) } : value;
}

/**
 * Decodes compressed JSON to a payload.
 *
 * @throws {Error} If the bytes are not valid, or the payload is larger than 1 MiB.
 */
export function unpackPayload(packed: Uint8Array): TokenPayload {
  const data = inflate(packed, MAX_PAYLOAD_BYTES);
  const payload: unknown = JSON.parse(decoder.decode(data), reviveBytes);
  if (!isRecord(payload)) throw new TypeError("Cannot use payload: not an object");
  checkRequestPart(payload, "headers", isString);
  checkRequestPart(payload, "cookies", isString);
  checkRequestPart(payload, "arguments", isListOfBytes);
  // The client chooses the names of arguments, for example `__proto__`.
  if (payload.arguments) payload.arguments = Object.assign(nullPrototypeObject(), payload.arguments);
  return payload;
}

function checkRequestPart(payload: Record<string, unknown>, name: string, isValue: (value: unknown) => boolean): void {
  const part = payload[name];
  if (part === undefined) return;
  if (!isRecord(part) || !Object.values(part).every(isValue)) {
    throw new TypeError(`Cannot use payload: its ${name} are malformed`);
  }
}

function reviveBytes(_key: string, value: unknown): unknown {
  if (!isRecord(value) || typeof value.bytes !== "string" || Object.keys(value).length !== 1) return value;
  try {
    return decodeBase64Url(value.bytes);
  } catch {
    return value; // an object of the application that has the same form
  }
}

function isString(value: unknown): boolean {
  return typeof value === "string";
}

function isListOfBytes(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => item instanceof Uint8Array);
}
