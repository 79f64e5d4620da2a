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
/** The characters of a token, which is sent as a websocket subprotocol. */
const TOKEN = /^[\w.-]+$/;
const encoder = new TextEncoder();

/** The user that a token is for, with the key that encrypts its payload. */
export interface TokenUser {
  /** Text that identifies the user. */
  readonly userKey: string;
  /** Key that encrypts the payload. */
  readonly payloadKey: SecretKey;
}

/** Options of {@linkcode generateToken}. */
interface GenerateTokenOptions extends SigningOptions {
  /**
   * Further contents of the token. Must not have the keys that tokens use themselves, such as
   * `session_id`.
   */
  payload?: TokenPayload | undefined;
  /**
   * Time for which the token can create its session, in seconds.
   *
   * @default {300}
   */
  expirationSeconds?: number | undefined;
  /**
   * Whether the token's client may only read: it joins a live session, and creates none. Such a
   * token contains the session id without its signature, so that a client that has it cannot open a
   * page of the session, and must name an `application`. Without signing it has no effect, because
   * every client can create tokens.
   *
   * @default {false}
   */
  readOnly?: boolean | undefined;
  /**
   * Path of the only application that accepts the token. By default all applications with the same
   * key accept it.
   */
  application?: string | undefined;
  /**
   * User that the token is for. Its payload is encrypted, because pages can read tokens and the
   * payload can contain cookies.
   */
  user?: TokenUser | undefined;
  /**
   * The current time in milliseconds since 1970.
   *
   * @default {Date.now()}
   */
  now?: number | undefined;
}

/** Options of {@linkcode checkToken}. */
interface CheckTokenOptions extends SigningOptions {
  /**
   * Returns whether the payload is needed. Unpacking it takes longer than the rest of the check,
   * and only a session that has to be created needs it.
   *
   * @default {() => true}
   */
  needsPayload?: ((sessionId: string) => boolean) | undefined;
  /** Path of the application that receives the token. */
  application?: string | undefined;
  /** User who presents the token; undefined without a login. */
  user?: TokenUser | undefined;
  /**
   * The current time in milliseconds since 1970.
   *
   * @default {Date.now()}
   */
  now?: number | undefined;
}

/**
 * Result of {@linkcode checkToken}. A genuine but expired token still identifies its session: it
 * cannot create the session, but its client can return to it while it is live.
 */
export type TokenCheck =
  | { ok: true; sessionId: string; expiresAt: number; readOnly: boolean; payload: TokenPayload }
  | { ok: false; reason: "expired"; sessionId: string; readOnly: boolean }
  | { ok: false; reason: "malformed" | "signature" | "application" | "user" };

/**
 * Creates the token with which the websocket of a page opens its session.
 *
 * @throws {TypeError} If `signed` is set and `secretKey` is absent or empty, or if the payload has
 * a key of the token itself.
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
  const named = options.readOnly && options.signed ? splitSignature(sessionId)?.text ?? sessionId : sessionId;
  // The spaces are those that Python writes, so that equal tokens have equal bytes.
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
 * Checks a token: its signature, then its form, the signature of the session id in it, its
 * application, its age and its user. Unpacks the payload only after all other checks have passed.
 * Without signing, a token is accepted as it is, as in Bokeh: every client is trusted then.
 *
 * @throws {TypeError} If `signed` is set and `secretKey` is absent or empty.
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
  // Fails closed: any value except `false` makes the token read-only.
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
  // Every client can write an unsigned payload: from a user's token, only a payload that this
  // server encrypted is trusted.
  const isTrusted = options.signed || options.user === undefined;
  let payload: TokenPayload = isTrusted ? rest : {};
  const isRead = encrypted !== undefined || isTrusted && packed !== undefined;
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

/** Returns the text that binds an encrypted payload to its session, application and user. */
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

/**
 * Decrypts a packed payload. Returns undefined if it was encrypted for another user, session or
 * application, or with another key.
 */
async function decryptPayload(
  encrypted: Uint8Array<ArrayBuffer>,
  user: TokenUser | undefined,
  context: string,
): Promise<Uint8Array | undefined> {
  return user && await decrypt(encrypted, user.payloadKey, "token payload", context);
}

/**
 * Returns whether an application accepts a token. A signed read-only token must name its
 * application.
 */
function isFor(application: string | undefined, named: unknown, mustName: boolean | undefined): boolean {
  return application === undefined || named === application || named === undefined && !mustName;
}

function refuseOwnKeys(payload: object): void {
  for (const key of OWN_KEYS) {
    if (Object.hasOwn(payload, key)) throw new TypeError(`Cannot use payload: it names ${key}`);
  }
}
