import { checkSessionIdSignature } from "./session_id.ts";
import { decrypt, encrypt, type SecretKey, sign, type SigningOptions, splitSignature, verify } from "./signature.ts";
import {
  decodeBase64Url,
  encodeBase64Url,
  packPayload,
  tokenFields,
  type TokenPayload,
  unpackPayload,
} from "./token_payload.ts";

const PACKED_PAYLOAD = "__bk__zlib_";
const ENCRYPTED_PAYLOAD = "__bk__aes_";
const READ_ONLY = "read_only";
const APPLICATION = "app";
const OWN_KEYS = ["session_id", "session_expiry", READ_ONLY, APPLICATION, PACKED_PAYLOAD, ENCRYPTED_PAYLOAD];
/** What a token consists of: it is sent as a subprotocol of a websocket, which cannot have any character. */
const TOKEN = /^[\w.-]+$/;
const encoder = new TextEncoder();

/** The user of a token, with the key that hides its payload. */
export interface TokenUser {
  /** Text that tells users apart. */
  readonly userKey: string;
  /** Key of the encryption. */
  readonly payloadKey: SecretKey;
}

/** Options of {@linkcode generateToken}. */
export interface GenerateTokenOptions extends SigningOptions {
  /** What the token tells beside the session's id; may not hold `session_id` or `session_expiry`. */
  payload?: TokenPayload | undefined;
  /**
   * How long the token may make a session.
   *
   * @default {300}
   */
  expirationSeconds?: number | undefined;
  /**
   * Whether the token lets its client read only: it joins a living session, and creates none. Such a token names its session without the
   * signature of the id, so that nobody can get a page of the session with it, and must name an `application`. Without signing it restricts
   * nobody, because every client can make tokens of its own.
   *
   * @default {false}
   */
  readOnly?: boolean | undefined;
  /** Path of the only application that it is for; without one it is for all of those that have the key. */
  application?: string | undefined;
  /** User that it is for. Its payload is encrypted, because pages can read tokens and the payload may hold the user's cookies. */
  user?: TokenUser | undefined;
  /**
   * Time in milliseconds since 1970.
   *
   * @default {Date.now()}
   */
  now?: number | undefined;
}

/** Options of {@linkcode checkToken}. */
export interface CheckTokenOptions extends SigningOptions {
  /**
   * Whether the payload is asked for, which takes longer to read than all else: a session that lives needs none.
   *
   * @default {() => true}
   */
  needsPayload?: ((sessionId: string) => boolean) | undefined;
  /** Path of the application that it comes to. */
  application?: string | undefined;
  /** User who comes with it; undefined without a login. */
  user?: TokenUser | undefined;
  /**
   * Time in milliseconds since 1970.
   *
   * @default {Date.now()}
   */
  now?: number | undefined;
}

/**
 * What a token is good for. An expired but genuine one still names its session: it makes none, but may return to one
 * that lives.
 */
export type TokenCheck =
  | { ok: true; sessionId: string; expiresAt: number; readOnly: boolean; payload: TokenPayload }
  | { ok: false; reason: "expired"; sessionId: string; readOnly: boolean }
  | { ok: false; reason: "malformed" | "signature" | "application" | "user" };

/**
 * Makes the token that a page gives to its websocket.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { generateSessionId } from "./session_id.ts";
 * import { checkToken, generateToken } from "./token.ts";
 *
 * const signing = { secretKey: "secret", signed: true };
 * const id = await generateSessionId(signing);
 * const check = await checkToken(await generateToken(id, signing), signing);
 * assertEquals(check.ok && check.sessionId, id);
 * ```
 */
export async function generateToken(sessionId: string, options: GenerateTokenOptions = {}): Promise<string> {
  const { payload, expirationSeconds = 300, now = Date.now() } = options;
  const expiry = Math.floor(now / 1000) + expirationSeconds;
  // with the spaces that Python writes
  const named = options.readOnly && options.signed ? splitSignature(sessionId)?.text ?? sessionId : sessionId;
  let json = `{"session_id": ${JSON.stringify(named)}, "session_expiry": ${expiry}`;
  if (options.application !== undefined) json += `, "${APPLICATION}": ${JSON.stringify(options.application)}`;
  if (options.readOnly) json += `, "${READ_ONLY}": true`;
  if (payload && Object.keys(payload).length > 0) {
    refuseOwnKeys(payload);
    json += options.user === undefined
      ? `, "${PACKED_PAYLOAD}": "${packPayload(payload)}"`
      : `, "${ENCRYPTED_PAYLOAD}": "${await encryptPayload(payload, options.user, contextOf(named, options))}"`;
  }
  const body = encodeBase64Url(encoder.encode(json + "}"));
  return options.signed ? `${body}.${await sign(body, options.secretKey)}` : body;
}

/**
 * Checks a token: first its signature, then its form, the signature of the id inside, and its age. Only what passed all
 * that is unpacked. Without signing a token is believed as it is, as by Bokeh: there every client is trusted.
 */
export async function checkToken(token: string, options: CheckTokenOptions = {}): Promise<TokenCheck> {
  if (!TOKEN.test(token)) return { ok: false, reason: options.signed ? "signature" : "malformed" };
  const parts = splitSignature(token);
  if (options.signed && !(parts && await verify(parts.signature, parts.text, options.secretKey))) {
    return { ok: false, reason: "signature" };
  }
  try {
    return await readToken(parts?.text ?? token, options);
  } catch {
    return { ok: false, reason: "malformed" };
  }
}

async function readToken(body: string, options: CheckTokenOptions): Promise<TokenCheck> {
  const fields = tokenFields(body);
  if (fields === undefined) return { ok: false, reason: "malformed" };
  const {
    session_id: named,
    session_expiry,
    [READ_ONLY]: read_only,
    [APPLICATION]: app,
    [PACKED_PAYLOAD]: packed,
    [ENCRYPTED_PAYLOAD]: encrypted,
    ...rest
  } = fields;
  if (typeof named !== "string" || named === "") return { ok: false, reason: "malformed" };
  // what is there and not false binds: a claim that is not understood must not open more
  const readOnly = read_only !== undefined && read_only !== false;
  const session_id = readOnly && options.signed ? `${named}.${await sign(named, options.secretKey)}` : named;
  if (!Number.isSafeInteger(session_expiry)) return { ok: false, reason: "malformed" };
  if (!await checkSessionIdSignature(session_id, options)) return { ok: false, reason: "signature" };
  if (!isFor(options.application, app, readOnly && options.signed)) return { ok: false, reason: "application" };
  const expiresAt = Number(session_expiry) * 1000;
  if ((options.now ?? Date.now()) >= expiresAt) {
    return { ok: false, reason: "expired", sessionId: session_id, readOnly };
  }
  const text = encrypted ?? packed;
  if (text !== undefined && typeof text !== "string") return { ok: false, reason: "malformed" };
  // every client can write an unsigned payload: of a user's token only what this server has encrypted counts
  const isBelieved = options.signed || options.user === undefined;
  let payload: TokenPayload = isBelieved ? rest : {};
  const isRead = encrypted !== undefined || isBelieved && packed !== undefined;
  if (typeof text === "string" && isRead && (options.needsPayload?.(session_id) ?? true)) {
    const bytes = decodeBase64Url(text);
    const plain = encrypted === undefined
      ? bytes
      : await decryptPayload(bytes, options.user, contextOf(named, options));
    if (plain === undefined) return { ok: false, reason: "user" };
    payload = { ...payload, ...unpackPayload(plain) };
  }
  refuseOwnKeys(payload);
  return { ok: true, sessionId: session_id, expiresAt, readOnly, payload: { session_expiry, ...payload } };
}

/** What the encrypted payload of a token is bound to. */
function contextOf(
  sessionId: string,
  { application, user }: Pick<GenerateTokenOptions, "application" | "user">,
): string {
  return JSON.stringify([sessionId, application, user?.userKey]);
}

async function encryptPayload(payload: TokenPayload, { payloadKey }: TokenUser, context: string): Promise<string> {
  const packed = decodeBase64Url(packPayload(payload));
  return encodeBase64Url(await encrypt(packed, payloadKey, "token payload", context));
}

/** Returns a packed payload; undefined if it was encrypted for another user, session or application, or with another key. */
async function decryptPayload(
  encrypted: Uint8Array<ArrayBuffer>,
  user: TokenUser | undefined,
  context: string,
): Promise<Uint8Array | undefined> {
  return user && await decrypt(encrypted, user.payloadKey, "token payload", context);
}

/** Returns whether a token is for an application. One that may only read must name it. */
function isFor(application: string | undefined, named: unknown, mustName: boolean | undefined): boolean {
  return application === undefined || named === application || named === undefined && !mustName;
}

function refuseOwnKeys(payload: object): void {
  for (const key of OWN_KEYS) {
    if (Object.hasOwn(payload, key)) throw new TypeError(`Cannot use payload: it names ${key}`);
  }
}
