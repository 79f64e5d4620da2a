/**
 * Private keys of TLS that a password protects: Deno takes none.
 *
 * @module
 */

import { errorMessage } from "../common/error_message.ts";
import { Buffer } from "node:buffer";
import { createDecipheriv, createPrivateKey, type KeyObject, pbkdf2Sync } from "node:crypto";
import { CommandError } from "./exit.ts";

/** Triple DES, as identifiers and lengths in bytes: what `openssl req` of OpenSSL 3.0 protects keys by, and the runtime does not read. */
const TRIPLE_DES = { identifier: "2a864886f70d0307", name: "des-ede3-cbc", keyBytes: 24 } as const;

/** Hashes by the identifiers of the functions that derive keys from passwords. */
const HASHES: Readonly<Record<string, string>> = {
  "2a864886f70d0207": "sha1",
  "2a864886f70d0209": "sha256",
  "2a864886f70d020a": "sha384",
  "2a864886f70d020b": "sha512",
};

/**
 * A private key in PEM, without its password.
 *
 * @throws {CommandError} the password is wrong, or the cipher is none that is known
 */
export function decryptPrivateKey(pem: string, passphrase: string): string {
  try {
    return readKey(pem, passphrase).export({ type: "pkcs8", format: "pem" }).toString();
  } catch (error) {
    throw new CommandError(
      `Cannot read the private key: ${errorMessage(error)}. The password may be wrong, or the key's cipher old: ` +
        "openssl pkcs8 -topk8 -v2 aes-256-cbc writes it anew",
    );
  }
}

function readKey(pem: string, passphrase: string): KeyObject {
  const key = readTripleDes(pem, passphrase);
  return createPrivateKey(key === undefined ? { key: pem, passphrase } : { key, format: "der", type: "pkcs8" });
}

/** The key in a PEM of PKCS #8 that triple DES protects; undefined for any other. */
function readTripleDes(pem: string, passphrase: string) {
  const [, body] = /-----BEGIN ENCRYPTED PRIVATE KEY-----([^-]+)-----END/.exec(pem) ?? [];
  if (body === undefined) return undefined;
  // EncryptedPrivateKeyInfo of RFC 5958, protected by PBES2 with PBKDF2 of RFC 8018
  const [algorithm, data] = list(readDer(Uint8Array.fromBase64(body))[0]);
  const [derivation, encryption] = list(list(algorithm)[1]);
  const [cipher, iv] = list(encryption);
  if (bytes(cipher).toHex() !== TRIPLE_DES.identifier) return undefined;
  const [salt, rounds, ...options] = list(list(derivation)[1]);
  const [hash] = list(options.find(Array.isArray) ?? [Uint8Array.fromHex("2a864886f70d0207")]);
  const digest = HASHES[bytes(hash).toHex()];
  if (digest === undefined) return undefined;
  const key = pbkdf2Sync(passphrase, bytes(salt), number(rounds), TRIPLE_DES.keyBytes, digest);
  const decipher = createDecipheriv(TRIPLE_DES.name, key, bytes(iv));
  return Buffer.concat([decipher.update(bytes(data)), decipher.final()]);
}

/** A value in DER: a sequence of others, or its bytes. */
type Der = readonly Der[] | Uint8Array;

const SEQUENCE = 0x30;

/** The values that stand one behind the other. */
function readDer(data: Uint8Array): Der[] {
  const values: Der[] = [];
  for (let at = 0; at < data.length;) {
    const [tag, first = 0] = data.subarray(at, at + 2);
    // from 0x80 on it is the number of the bytes that hold the length
    const lengthBytes = first < 0x80 ? 0 : first - 0x80;
    const start = at + 2 + lengthBytes;
    const end = start + (first < 0x80 ? first : number(data.subarray(at + 2, start)));
    if (end > data.length) throw new SyntaxError("Cannot read DER: it ends too soon");
    const content = data.subarray(start, end);
    values.push(tag === SEQUENCE ? readDer(content) : content);
    at = end;
  }
  return values;
}

function list(value: Der | undefined): readonly Der[] {
  if (!Array.isArray(value)) throw new TypeError("Cannot read DER: a sequence is missing");
  return value;
}

function bytes(value: Der | undefined): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new TypeError("Cannot read DER: a value is missing");
  return value;
}

function number(value: Der | undefined): number {
  return bytes(value).reduce((sum, byte) => sum * 256 + byte, 0);
}
