/**
 * Signatures (HMAC-SHA256) of session ids, tokens, cookies and relayed requests, and encryption
 * (AES-GCM) of what clients and stores keep but must not read.
 *
 * @module
 */

/** Options of the functions that create and check session ids and tokens. */
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

/** A secret key, as text or bytes. */
export type SecretKey = string | Uint8Array;

/**
 * Purpose of a signature (domain separation): a signature for one label is invalid for all others.
 * Session ids and tokens have no label, so that they are the same as those of Bokeh in Python.
 */
type SignatureLabel = "cookie" | "xsrf" | "relay";

/** Purpose of an encryption. Each has its own key, as each {@linkcode SignatureLabel} has. */
type EncryptionLabel = "token payload" | "session header" | "refresh token" | "ended login";

const encoder = new TextEncoder();
const HMAC = { name: "HMAC", hash: "SHA-256" } as const;
const AES = { name: "AES-GCM", length: 256 } as const;
/** The nonce of AES-GCM: 96 random bits before the encrypted bytes. */
const NONCE_BYTES = 12;
const BASE64URL = { alphabet: "base64url", omitPadding: true } as const;
/**
 * Maximum number of imported keys. A server has few; the limit is for programs that use many
 * different secrets.
 */
const MAX_KEYS = 64;

/** Imported keys by label and secret. Importing a key takes longer than a signature. */
const imported = new Map<string, Promise<CryptoKey>>();

/**
 * Returns the signature of `text`: its HMAC-SHA256 in base64url without padding.
 *
 * @param label Purpose of the signature. Without a label, the result is the same as that of
 * Python's `bokeh.util.token`.
 * @throws {TypeError} If `secretKey` is undefined or empty.
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
 * Returns whether `signature` is the signature of `text` for this key and label. Compares in
 * constant time.
 *
 * @throws {TypeError} If `secretKey` is undefined or empty.
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
 * Encrypts bytes with AES-GCM. Returns the nonce followed by the encrypted bytes.
 *
 * @param context Text that is authenticated with the bytes, such as the user they are for.
 * {@linkcode decrypt} must be given the same text.
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

/**
 * Decrypts the result of {@linkcode encrypt}. Returns undefined if the key, label or context
 * differ, or the bytes were changed.
 */
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
    // The bytes are not authentic, or too short.
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

/** Splits a signed text at its first dot. Returns undefined if it has none. */
export function splitSignature(signed: string): { text: string; signature: string } | undefined {
  const dot = signed.indexOf(".");
  return dot < 0 ? undefined : { text: signed.slice(0, dot), signature: signed.slice(dot + 1) };
}

/** Decodes a signature. Returns undefined if {@linkcode sign} cannot have returned the text. */
function signatureBytes(signature: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]{43}$/.test(signature)) return undefined;
  // The last of the 43 characters encodes four bits. Its two unused bits must be zero.
  const bytes = Uint8Array.fromBase64(signature, BASE64URL);
  return bytes.toBase64(BASE64URL) === signature ? bytes : undefined;
}

function hmacKey(secretKey: SecretKey | undefined, label: SignatureLabel | undefined): Promise<CryptoKey> {
  if (secretKey === undefined || secretKey.length === 0) throw new TypeError("Cannot sign: no secret key is given");
  return cachedKey(
    `hmac ${label ?? ""}`,
    secretKey,
    () =>
      label === undefined
        ? crypto.subtle.importKey("raw", bytesOf(secretKey), HMAC, false, ["sign", "verify"])
        : deriveKey(secretKey, label, { ...HMAC, length: 256 }, ["sign", "verify"]),
  );
}

function aesKey(secretKey: SecretKey, label: EncryptionLabel): Promise<CryptoKey> {
  return cachedKey(`aes ${label}`, secretKey, () => deriveKey(secretKey, label, AES, ["encrypt", "decrypt"]));
}

/**
 * Derives the key of a label with HKDF (RFC 5869). Thus no signature without a label is valid for a
 * label, whatever text was signed.
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

function cachedKey(purpose: string, secretKey: SecretKey, make: () => Promise<CryptoKey>): Promise<CryptoKey> {
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
