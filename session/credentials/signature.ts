/**
 * Every HMAC of the server: of session ids and tokens, and of all else that it signs. And the encryption of what pages
 * carry but must not read.
 *
 * @module
 */

/** Options of functions that make or check session ids and tokens. */
export interface SigningOptions {
  /** Key of the signatures, as text or bytes. Required if `signed` is set. */
  secretKey?: string | Uint8Array | undefined;
  /**
   * Whether ids and tokens carry a signature.
   *
   * @default {false}
   */
  signed?: boolean | undefined;
}

/** A secret, as text or bytes. */
export type SecretKey = string | Uint8Array;

/**
 * Purpose of a signature (domain separation): a signature for one label is wrong for all others. Session ids and tokens
 * have no label, because their bytes are Python's.
 */
export type SignatureLabel = "cookie" | "xsrf" | "relay";

/** Purpose of an encryption: each has a key of its own, as each {@linkcode SignatureLabel} has. */
export type EncryptionLabel = "token payload";

const encoder = new TextEncoder();
const HMAC = { name: "HMAC", hash: "SHA-256" } as const;
const AES = { name: "AES-GCM", length: 256 } as const;
/** The nonce of AES-GCM: 96 random bits before the encrypted bytes. */
const NONCE_BYTES = 12;
const BASE64URL = { alphabet: "base64url", omitPadding: true } as const;
/** The keys of a server are few; the limit is for programs that connect with ever new ones. */
const MAX_KEYS = 64;

/** Imported keys by label and secret: importing one takes longer than a signature. */
const imported = new Map<string, Promise<CryptoKey>>();

/**
 * Returns the signature of `text`: its HMAC-SHA256 in base64url without padding.
 *
 * @param label Purpose of the signature. Without one the bytes are those of Python's `bokeh.util.token`.
 * @throws {TypeError} If `secretKey` is undefined.
 */
export async function sign(
  text: string,
  secretKey: SecretKey | undefined,
  label?: SignatureLabel,
): Promise<string> {
  const bytes = await crypto.subtle.sign("HMAC", await hmacKey(secretKey, label), encoder.encode(text));
  return new Uint8Array(bytes).toBase64(BASE64URL);
}

/**
 * Returns whether `signature` is the signature of `text` for this key and label. Compares in constant time.
 *
 * @throws {TypeError} If `secretKey` is undefined.
 */
export async function verify(
  signature: string,
  text: string,
  secretKey: SecretKey | undefined,
  label?: SignatureLabel,
): Promise<boolean> {
  const key = await hmacKey(secretKey, label);
  const bytes = signatureBytes(signature);
  return bytes !== undefined && await crypto.subtle.verify("HMAC", key, bytes, encoder.encode(text));
}

/**
 * Returns bytes encrypted with AES-GCM.
 *
 * @param context Text that must be the same for {@linkcode decrypt}, such as whom the bytes are for.
 */
export async function encrypt(
  bytes: Uint8Array<ArrayBuffer>,
  secretKey: SecretKey,
  label: EncryptionLabel,
  context: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const parameters = { name: "AES-GCM", iv, additionalData: encoder.encode(context) };
  const encrypted = await crypto.subtle.encrypt(parameters, await aesKey(secretKey, label), bytes);
  const result = new Uint8Array(NONCE_BYTES + encrypted.byteLength);
  result.set(iv);
  result.set(new Uint8Array(encrypted), NONCE_BYTES);
  return result;
}

/** Returns what {@linkcode encrypt} was given; undefined if key, label or context differ, or the bytes were changed. */
export async function decrypt(
  bytes: Uint8Array<ArrayBuffer>,
  secretKey: SecretKey,
  label: EncryptionLabel,
  context: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const iv = bytes.subarray(0, NONCE_BYTES);
  const parameters = { name: "AES-GCM", iv, additionalData: encoder.encode(context) };
  try {
    const key = await aesKey(secretKey, label);
    return new Uint8Array(await crypto.subtle.decrypt(parameters, key, bytes.subarray(NONCE_BYTES)));
  } catch (error) {
    // bytes that are not authentic, or too few to be any
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

/** Splits a signed text at its first dot; undefined if it has none. */
export function splitSignature(signed: string): { text: string; signature: string } | undefined {
  const dot = signed.indexOf(".");
  return dot < 0 ? undefined : { text: signed.slice(0, dot), signature: signed.slice(dot + 1) };
}

/** Returns the bytes of a signature; undefined if the text is not one that {@linkcode sign} can return. */
function signatureBytes(signature: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]{43}$/.test(signature)) return undefined;
  // the last of 43 characters holds four bits: others may not stand in its unused ones
  const bytes = Uint8Array.fromBase64(signature, BASE64URL);
  return bytes.toBase64(BASE64URL) === signature ? bytes : undefined;
}

function hmacKey(secretKey: SecretKey | undefined, label: SignatureLabel | undefined): Promise<CryptoKey> {
  if (secretKey === undefined || secretKey.length === 0) throw new TypeError("Cannot sign: no secret key is given");
  return remember(
    `hmac ${label ?? ""}`,
    secretKey,
    () =>
      label === undefined
        ? crypto.subtle.importKey("raw", bytesOf(secretKey), HMAC, false, ["sign", "verify"])
        : deriveKey(secretKey, label, { ...HMAC, length: 256 }, ["sign", "verify"]),
  );
}

function aesKey(secretKey: SecretKey, label: EncryptionLabel): Promise<CryptoKey> {
  return remember(`aes ${label}`, secretKey, () => deriveKey(secretKey, label, AES, ["encrypt", "decrypt"]));
}

/**
 * Derives the key of a label with HKDF (RFC 5869), so that no signature without a label, whatever text it is of, can
 * stand for one with a label.
 */
async function deriveKey(
  secretKey: SecretKey,
  label: SignatureLabel | EncryptionLabel,
  algorithm: HmacKeyGenParams | AesKeyGenParams,
  usages: KeyUsage[],
): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey("raw", bytesOf(secretKey), "HKDF", false, ["deriveKey"]);
  const derivation = {
    name: "HKDF",
    hash: "SHA-256",
    salt: new Uint8Array(),
    info: encoder.encode(`bokeh server: ${label}`),
  };
  return await crypto.subtle.deriveKey(derivation, secret, algorithm, false, usages);
}

function remember(purpose: string, secretKey: SecretKey, make: () => Promise<CryptoKey>): Promise<CryptoKey> {
  const name = typeof secretKey === "string" ? `${purpose}\0${secretKey}` : `${purpose}\0\0${secretKey.toHex()}`;
  let key = imported.get(name);
  if (key === undefined) {
    if (imported.size >= MAX_KEYS) imported.clear();
    key = make();
    imported.set(name, key);
  }
  return key;
}

function bytesOf(secretKey: SecretKey): Uint8Array<ArrayBuffer> {
  return typeof secretKey === "string" ? encoder.encode(secretKey) : new Uint8Array(secretKey);
}
