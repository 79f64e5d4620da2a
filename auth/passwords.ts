/**
 * Hashes of passwords.
 *
 * @module
 */

import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { Buffer } from "node:buffer";

/**
 * Parameters of scrypt, which OWASP recommends: 32 MiB of memory and about 0.5 s for each hash. The
 * hash contains them, so that later versions can change them.
 */
const DEFAULTS = { log2N: 15, r: 8, p: 3 };
const HASH_BYTES = 32;
/** Hashes that are computed at the same time. Each takes 32 MiB. */
const CONCURRENT = 2;
/** Attempts that wait. More are refused. */
const MAX_WAITING = 32;
/** In the form of the Password Hashing Competition. */
const PHC = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w+/]{8,88})\$([\w+/]{32,88})$/;

/** The parameters and the value of a hash. */
interface ParsedHash {
  readonly log2N: number;
  readonly r: number;
  readonly p: number;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/**
 * Returns the hash of a password, with a random salt, for the option `users` of `basic`.
 *
 * @param password The password. It is normalized by NFKC, because keyboards write some characters in
 * different ways.
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, { ...DEFAULTS, salt, hash: Buffer.alloc(HASH_BYTES) });
  return `$scrypt$ln=${DEFAULTS.log2N},r=${DEFAULTS.r},p=${DEFAULTS.p}$${encode(salt)}$${encode(hash)}`;
}

/**
 * Returns the parts of a hash.
 *
 * @throws {TypeError} If the text is not a hash of `hashPassword`, or its parameters are too large.
 */
export function parseHash(text: string): ParsedHash {
  const [, log2N = 0, r = 0, p = 0, salt = "", hash = ""] = PHC.exec(text) ?? [];
  const parsed = { log2N: Number(log2N), r: Number(r), p: Number(p), salt: decode(salt), hash: decode(hash) };
  if (parsed.log2N < 10 || parsed.log2N > 20 || parsed.r < 1 || parsed.r > 16 || parsed.p < 1 || parsed.p > 16) {
    throw new TypeError("Cannot read the hash of a password: create it with the command password");
  }
  return parsed;
}

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Returns whether a password belongs to a hash. Takes the same time for all passwords. Undefined if
 * too many attempts wait.
 */
export async function checkPassword(password: string, text: string): Promise<boolean | undefined> {
  const parsed = parseHash(text);
  if (running >= CONCURRENT) {
    if (waiting.length >= MAX_WAITING) return undefined;
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running++;
  try {
    return timingSafeEqual(await derive(password, parsed), parsed.hash);
  } finally {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  }
}

function derive(password: string, { log2N, r, p, salt, hash }: ParsedHash): Promise<Buffer> {
  const N = 2 ** log2N;
  const options = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, hash.length, options, (error, key) => {
      if (error) reject(error);
      else resolve(key as Buffer);
    });
  });
}

function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64").replaceAll("=", "");
}

function decode(text: string): Buffer {
  return Buffer.from(text, "base64");
}
