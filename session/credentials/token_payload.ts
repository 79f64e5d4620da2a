import { isRecord } from "../../common/is_record.ts";
import { nullPrototypeObject } from "../../common/null_prototype_object.ts";
import { deflate, inflate } from "./zlib.ts";

/** What a token tells an application: of its page's request, and what the application itself put there. */
export interface TokenPayload {
  /** Headers of the request. */
  headers?: Record<string, string>;
  /** Cookies of the request. */
  cookies?: Record<string, string>;
  /** Query arguments of the request; the object has no prototype. */
  arguments?: Record<string, Uint8Array[]>;
  [key: string]: unknown;
}

/** Most bytes that a payload may unpack to. */
const MAX_PAYLOAD_BYTES = 1024 * 1024;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const BASE64URL = { alphabet: "base64url", omitPadding: true } as const;

/** Text of base64url without padding. */
export function encodeBase64Url(data: Uint8Array): string {
  return data.toBase64(BASE64URL);
}

/** Bytes of base64url without padding; throws `SyntaxError` where it holds anything else. */
export function decodeBase64Url(text: string): Uint8Array<ArrayBuffer> {
  // fromBase64 skips white space
  if (/[^\w-]/.test(text)) throw new SyntaxError("Cannot decode base64url: character not of its alphabet");
  return Uint8Array.fromBase64(text, BASE64URL);
}

/** Returns the fields of a token's body; undefined if the text is not one. */
export function tokenFields(body: string): Record<string, unknown> | undefined {
  try {
    const fields = parseJson(decodeBase64Url(body));
    return isRecord(fields) ? fields : undefined;
  } catch {
    return undefined; // what cannot be decoded is not a token
  }
}

/** Value of a JSON text in UTF-8; throws `SyntaxError` or `TypeError` where it is none. */
export function parseJson(data: Uint8Array): unknown {
  return JSON.parse(decoder.decode(data));
}

/**
 * The payloads that were packed last, by their text. Packing is the dearest part of a page, and the browsers of one make
 * that speak one language send the same headers.
 */
const packedTexts = new Map<string, string>();
const MAX_PACKED_TEXTS = 256;
const MAX_REMEMBERED_LENGTH = 4096;

/** Returns a payload as tokens carry it: JSON with bytes as `{"bytes": …}`, by zlib, in base64url. */
export function packPayload(payload: TokenPayload): string {
  const text = JSON.stringify(payload, mayHoldBytes(payload) ? replaceBytes : undefined);
  const known = packedTexts.get(text);
  if (known !== undefined) return known;
  const { bytes, isSmall } = deflate(text);
  const packed = encodeBase64Url(bytes);
  if (isSmall && text.length <= MAX_REMEMBERED_LENGTH) {
    if (packedTexts.size >= MAX_PACKED_TEXTS) packedTexts.clear();
    packedTexts.set(text, packed);
  }
  return packed;
}

/** Headers and cookies are texts: a payload that has nothing else is written several times faster. */
function mayHoldBytes({ headers: _headers, cookies: _cookies, ...others }: TokenPayload): boolean {
  return Object.values(others).some((value) =>
    value instanceof Uint8Array || typeof value === "object" && value !== null && Object.keys(value).length > 0
  );
}

function replaceBytes(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? { bytes: encodeBase64Url(value) } : value;
}

/**
 * Returns the payload of its packed bytes.
 *
 * @throws Whatever is wrong with it, also if it is larger than a payload may be.
 */
export function unpackPayload(packed: Uint8Array): TokenPayload {
  const data = inflate(packed, MAX_PAYLOAD_BYTES);
  const payload: unknown = JSON.parse(decoder.decode(data), reviveBytes);
  if (!isRecord(payload)) throw new TypeError("Cannot use payload: not an object");
  checkRequestPart(payload, "headers", isString);
  checkRequestPart(payload, "cookies", isString);
  checkRequestPart(payload, "arguments", isListOfBytes);
  // names of arguments are a visitor's: none of them may reach a prototype
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
    return value; // an application's own object that looks alike
  }
}

function isString(value: unknown): boolean {
  return typeof value === "string";
}

function isListOfBytes(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => item instanceof Uint8Array);
}
