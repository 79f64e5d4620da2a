import type { Application } from "../../application/application.ts";
import type { DocumentValidation, SharingPolicy } from "../../application/application_options.ts";
import { Document, type DocumentOptions } from "../../document/document.ts";
import type { PatchPolicy } from "../../document/patches/patch_policy.ts";
import type { ServerContext, SessionRequest } from "../../document/session_context.ts";
import { ProtocolError, type ProtocolErrorCode } from "../../protocol/error.ts";
import { IdMap } from "../../protocol/hash_flooding.ts";
import { type Clock, systemClock } from "../../common/clock.ts";
import { settlesWithin } from "../../common/settles_within.ts";
import { FileTable } from "../file_table.ts";
import { LogThrottle } from "../limits/log_throttle.ts";
import type { SessionObserver } from "../observability/observer.ts";
import { Session } from "../session.ts";
import { type SessionLogFields, sessionLogger } from "../observability/session_log.ts";
import { type OpeningToken, TokenDigests } from "./token_digests.ts";
import { noTrace, type Trace } from "../observability/trace.ts";
import { type SlowCallbackOptions, SlowCallbacks } from "../observability/slow_callbacks.ts";
import type { SessionQuota } from "../limits/session_quota.ts";
import type { SessionWorkLimits } from "../limits/session_work.ts";

/** Options of {@linkcode SessionRegistry}. */
export interface SessionRegistryOptions {
  /**
   * How long a session may be without a connection before it ends.
   *
   * @default {15_000}
   */
  unusedSessionLifetimeMilliseconds?: number | undefined;
  /** Path of the application, which the log states. */
  applicationPath?: string | undefined;
  /** What followed `--args`. */
  argv?: readonly string[] | undefined;
  /** Where a visitor logs out who sees the server below a prefix. */
  logoutUrl?: ((prefix: string) => string | null) | undefined;
  /** Path below which files of sessions are, with a slash at its end, for a visitor who sees the server below a prefix. @default {"files/"} */
  filesUrl?: ((prefix: string) => string) | undefined;
  /** Collects what sessions do as spans. @default {noTrace} */
  trace?: Trace | undefined;
  /** @default {systemClock} */
  clock?: Clock | undefined;
  observer?: SessionObserver | undefined;
  /**
   * How long a message may be on its way to a client, for the sake of changes that cross it.
   *
   * @default {30_000}
   */
  convergenceWindowMilliseconds?: number | undefined;
  /** Counts sessions and refuses those that are too many: of this registry, or of several together. */
  quota?: SessionQuota | undefined;
  /** What clients may change where the application does not say it. */
  acceptPatch?: PatchPolicy | undefined;
  /** Which users may join sessions of others, for applications that do not say it. @default {false} */
  shareSessions?: SharingPolicy | undefined;
  /** What becomes of likely mistakes in documents. @default {"log"} */
  documentValidation?: DocumentValidation | undefined;
  /** How much a patch may ask for. */
  patchLimits?: DocumentOptions["limits"];
  /** Version of the BokehJS that the server serves. That of this package's BokehJS by default. */
  bokehVersion?: string | undefined;
  /** How much work the clients of a session may cause. */
  workLimits?: SessionWorkLimits | undefined;
  /** Limits on what clients make documents keep. */
  retention?: DocumentOptions["retention"];
  /**
   * How long the callbacks and the hook of a session's end may take each, in milliseconds. Then the registry waits no longer.
   *
   * @default {10_000}
   */
  endMilliseconds?: number | undefined;
  /** See {@linkcode SlowCallbackOptions}. */
  slowCallbacks?: SlowCallbackOptions | undefined;
}

/** The client that opens or joins a session. */
export interface SessionClient {
  /** Its user; undefined without a login. */
  user?: unknown;
  /** Text that tells users apart; undefined without a login. */
  userKey?: string | undefined;
  /** Whether it may read only. It joins living sessions, of every user, and creates none. @default {false} */
  readOnly?: boolean | undefined;
}

/** What is known of the one who opens a session. */
export interface SessionInfo extends SessionClient {
  /** What the token told. */
  payload?: Readonly<Record<string, unknown>> | undefined;
  /** The request, or what makes it where the application asks for it. */
  request?: SessionRequest | (() => SessionRequest) | null | undefined;
  /** The token that a websocket comes with; a session that has ended is not made again by it. */
  token?: OpeningToken | undefined;
  /** Where it is opened from. */
  address?: string | undefined;
  /** What stands before all of the server's paths in the visitor's browser. @default {""} */
  prefix?: string | undefined;
}

/** Options of {@linkcode SessionRegistry.drain}. */
export interface DrainOptions {
  /**
   * How long the ends of sessions may take, in milliseconds.
   *
   * @default {10_000}
   */
  deadline?: number | undefined;
  /** Ends the waiting. */
  signal?: AbortSignal | undefined;
}

interface SessionRecord {
  /** Settles when the application has filled the document. */
  readonly ready: Promise<Session>;
  session: Session | undefined;
  /** What opened it: remembered when it ends. */
  tokens: TokenDigests | undefined;
  /** Gives its place in the quota back. */
  readonly release: () => void;
  /** The user that it belongs to; undefined without a login. */
  readonly userKey: string | undefined;
  /** Users that have joined it to read only. */
  readers: Set<string> | undefined;
}

/** Tokens that are remembered of one session, and of all that have ended: some 200 bytes each. */
const MAX_SESSION_TOKENS = 1000;
const MAX_ENDED_TOKENS = 100_000;

/** Work that one turn of the event loop may do in a sweep. */
const SLICE_MILLISECONDS = 4;

/** The sessions of one application. */
export class SessionRegistry {
  readonly application: Application;
  /** What the application sees of all its sessions. */
  readonly serverContext: ServerContext;
  /** Files that visitors send and get. */
  readonly files: FileTable;
  readonly #options: SessionRegistryOptions;
  readonly #clock: Clock;
  /**
   * Receives what happens in the sessions.
   *
   * @internal
   */
  readonly observer: SessionObserver;
  readonly #records = new IdMap<SessionRecord>();
  readonly #warnings: LogThrottle;
  readonly #slowCallbacks: SlowCallbacks;
  readonly #ended = new TokenDigests(MAX_ENDED_TOKENS);
  readonly #ending = new Set<Promise<void>>();
  /** Aborted when sessions have no more time for transactions that still run. */
  readonly #givenUp = new AbortController();
  #draining = false;

  /** Starts without sessions. */
  constructor(application: Application, options: SessionRegistryOptions = {}) {
    this.application = application;
    this.files = new FileTable();
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#warnings = new LogThrottle(this.#clock, (message) => {
      sessionLogger({ application: options.applicationPath }).warn("{message}", { message });
    });
    this.observer = options.observer ?? (() => {});
    this.#slowCallbacks = new SlowCallbacks(this.#clock, options.slowCallbacks);
    const contexts = () => this.all().map((session) => session.context);
    this.serverContext = {
      argv: options.argv ?? [],
      get sessions() {
        return contexts();
      },
    };
  }

  /** How many sessions live or are being made. */
  get size(): number {
    return this.#records.size;
  }

  /** The living session of an id. */
  get(id: string): Session | undefined {
    return this.#records.get(id)?.session;
  }

  /** All living sessions. */
  all(): Session[] {
    return [...this.#records.values()].map((record) => record.session).filter((session) => session !== undefined);
  }

  /** Whether a token opened a session that has ended. */
  isEnded(token: string): boolean {
    return this.#ended.has(token);
  }

  /**
   * The session of an id; where there is none the application makes it. Those who ask at the same time get the same one,
   * and the same error if it cannot be made; the next one to ask tries anew.
   *
   * @throws {ProtocolError} `session_gone` where the token belongs to a session that has ended, or may not create one; `session_owner_mismatch`
   * if it belongs to another user; `going_away` while the server stops; otherwise whatever the application has thrown.
   */
  async getOrCreate(id: string, info: SessionInfo = {}): Promise<Session> {
    const record = this.#records.get(id);
    if (record !== undefined) return await this.#join(id, record, info) ?? await this.getOrCreate(id, info);
    if (this.#draining) throw new ProtocolError("Cannot open session: server is going away", "going_away");
    if (info.readOnly || info.token && this.#ended.has(info.token.text)) {
      throw new ProtocolError("Cannot open session: the one of this token has ended", "session_gone");
    }
    const created = this.#create(id, info);
    remember(created, info);
    return await created.ready;
  }

  /**
   * Returns the living session of an id for a user who may join it; undefined if there is none.
   *
   * @throws {ProtocolError} `session_owner_mismatch` if it belongs to another user.
   */
  async join(id: string, info: SessionInfo): Promise<Session | undefined> {
    const record = this.#records.get(id);
    return record && await this.#join(id, record, info);
  }

  /** Returns whether a user may join the session of an id. Every user may open one that is not there. */
  async mayJoin(id: string, client: SessionClient): Promise<boolean> {
    const record = this.#records.get(id);
    return record === undefined || await this.#mayJoin(record, client);
  }

  /** Returns whether a user may read what belongs to a session: those who may join it, and those who have joined it to read only. */
  async mayRead(id: string, client: SessionClient): Promise<boolean> {
    const { userKey } = client;
    return userKey !== undefined && this.#records.get(id)?.readers?.has(userKey) || await this.mayJoin(id, client);
  }

  async #join(id: string, record: SessionRecord, info: SessionInfo): Promise<Session | undefined> {
    const answer = this.#mayJoin(record, info);
    const joins = answer instanceof Promise ? await answer : answer;
    if (!joins) {
      sessionLogger(this.#logFields(info)).warn(
        "Refused a user who wants to join the session of another; see shareSessions, and userId of the auth provider",
      );
      throw new ProtocolError("Cannot join session: it belongs to another user", "session_owner_mismatch");
    }
    if (this.#records.get(id) !== record) return undefined;
    remember(record, info);
    return await record.ready;
  }

  #mayJoin(record: SessionRecord, { userKey, user, readOnly }: SessionClient): boolean | Promise<boolean> {
    if (readOnly || record.userKey === userKey) return true;
    const policy = this.application.shareSessions ?? this.#options.shareSessions ?? false;
    if (typeof policy === "boolean") return policy;
    // a function that returns anything else but true says no
    return record.ready.then(async ({ context }) => await policy(user, context) === true);
  }

  /**
   * Opens a session for no client and ends it again.
   *
   * @throws what the application throws while it fills the document.
   */
  async probe(info: SessionInfo): Promise<void> {
    const id = crypto.randomUUID();
    const session = await this.getOrCreate(id, info);
    const record = this.#records.get(id);
    if (record !== undefined) await this.#end(id, record, session);
  }

  /**
   * Ends the sessions that nobody has used for their lifetime. A turn of the event loop ends only few of them, so that
   * nobody has to wait for it. The hooks of their ends run at the same time, each with a deadline.
   *
   * @returns how many were ended
   */
  async sweep(): Promise<number> {
    this.#ended.sweep(this.#clock.wallTime());
    const expired = [...this.#records.entries()].filter(([, { session }]) => session && this.#isExpired(session));
    const ends: Promise<void>[] = [];
    let sliceEnd = performance.now() + SLICE_MILLISECONDS;
    for (const [id, record] of expired) {
      if (performance.now() > sliceEnd) {
        await new Promise<void>((resolve) => this.#clock.setTimeout(resolve, 0));
        sliceEnd = performance.now() + SLICE_MILLISECONDS;
      }
      // somebody may have come meanwhile
      if (this.#records.get(id) !== record || !record.session || !this.#isExpired(record.session)) continue;
      ends.push(this.#end(id, record, record.session));
    }
    await Promise.all(ends);
    return ends.length;
  }

  /**
   * Ends all sessions: no new one is made, connections are closed with 1001, transactions end, and then the hooks of the
   * sessions' ends run. At the deadline the hooks run although a transaction has not ended, and nothing is waited for any more.
   */
  async drain(options: DrainOptions = {}): Promise<void> {
    this.#draining = true;
    const { deadline = 10_000, signal } = options;
    const done = this.#endAll();
    const given = Promise.withResolvers<void>();
    const timer = this.#clock.setTimeout(given.resolve, deadline);
    signal?.addEventListener("abort", () => given.resolve());
    if (signal?.aborted) given.resolve();
    const ended = await Promise.race([done.then(() => true), given.promise.then(() => false)]);
    this.#clock.clearTimeout(timer);
    if (ended) return;
    this.#givenUp.abort();
    await new Promise((resolve) => setImmediate(resolve)); // in this turn the hooks start
  }

  async #endAll(): Promise<void> {
    this.#endLiving();
    // those that are being made end as soon as they live
    await Promise.allSettled([...this.#records.values()].map((record) => record.ready));
    this.#endLiving();
    await Promise.allSettled(this.#ending);
  }

  #endLiving(): void {
    for (const [id, record] of [...this.#records]) {
      if (record.session) void this.#end(id, record, record.session);
    }
  }

  #isExpired(session: Session): boolean {
    return session.isExpired(this.#options.unusedSessionLifetimeMilliseconds ?? 15_000);
  }

  #traced(id: string, info: SessionInfo): Promise<Session> {
    return (this.#options.trace ?? noTrace)("bokeh session", {}, () => this.#build(id, info));
  }

  #create(id: string, info: SessionInfo): SessionRecord {
    const release = this.#takePlace(info);
    const record: SessionRecord = {
      ready: this.#traced(id, info),
      session: undefined,
      tokens: undefined,
      release,
      userKey: info.userKey,
      readers: undefined,
    };
    this.#records.set(id, record);
    record.ready.then((session) => record.session = session, (error) => {
      this.#records.delete(id);
      this.files.drop(id);
      release();
      this.observer({ type: "sessionFailed", error });
    });
    return record;
  }

  #takePlace(info: SessionInfo): () => void {
    try {
      return this.#options.quota?.take(info.address) ?? (() => {});
    } catch (error) {
      const { message: reason } = ProtocolError.from(error);
      sessionLogger(this.#logFields(info)).warn("Refused a session: {reason}", { reason });
      this.observer({ type: "sessionRefused", reason });
      throw error;
    }
  }

  #logFields({ user, address }: SessionInfo): SessionLogFields {
    return { application: this.#options.applicationPath, user, address };
  }

  async #build(id: string, info: SessionInfo): Promise<Session> {
    const { payload = {}, request = null, prefix = "" } = info;
    const { logoutUrl, filesUrl } = this.#options;
    const start = performance.now();
    const document = new Document({
      warn: (message) => this.#warnings.warn(message, () => session.log.warn("{message}", { message })),
      limits: this.#options.patchLimits,
      retention: this.#options.retention,
      bokehVersion: this.#options.bokehVersion,
    });
    const session = new Session({
      id,
      document,
      request,
      tokenPayload: payload,
      serverContext: this.serverContext,
      logoutUrl: logoutUrl?.(prefix) ?? null,
      files: (sessionId, run) => this.files.of(sessionId, run, filesUrl?.(prefix)),
      uploadIds: () => this.files.uploadsOf(id),
      clock: this.#clock,
      observer: this.observer,
      convergenceWindowMilliseconds: this.#options.convergenceWindowMilliseconds,
      slowCallbacks: this.#slowCallbacks,
      trace: this.#options.trace,
      acceptPatch: this.application.acceptPatch ?? this.#options.acceptPatch,
      workLimits: this.#options.workLimits,
      logFields: this.#logFields(info),
      endOverworked: () => this.#endOverworked(id),
    });
    document.session_context = session.context;
    await runHook(session, () => this.application.hooks.onSessionCreated?.(session.context));
    await this.application.fill(document, this.#options.documentValidation);
    session.start();
    this.observer({ type: "sessionCreated", milliseconds: performance.now() - start });
    return session;
  }

  #endOverworked(id: string): void {
    const record = this.#records.get(id);
    if (record?.session !== undefined) void this.#end(id, record, record.session, "too_much_work");
  }

  // from here on the id is free: a visitor who comes meanwhile gets a new session
  #end(
    id: string,
    record: SessionRecord,
    session: Session,
    reason: ProtocolErrorCode = "session_gone",
  ): Promise<void> {
    this.#records.delete(id);
    this.files.drop(id);
    record.release();
    if (record.tokens !== undefined) this.#ended.addAll(record.tokens, this.#clock.wallTime());
    const ending = this.#runEnd(session, reason).finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
    return ending;
  }

  async #runEnd(session: Session, reason: ProtocolErrorCode): Promise<void> {
    await session.close(this.#draining ? "going_away" : reason, this.#givenUp.signal);
    await this.#inTime(session, "on_session_destroyed", session.destroyDocument());
    await this.#inTime(
      session,
      "onSessionDestroyed",
      runHook(session, () => this.application.hooks.onSessionDestroyed?.(session.context)),
    );
  }

  /** Waits for work that does not reject, until its deadline. */
  async #inTime(session: Session, name: string, work: Promise<void>): Promise<void> {
    const { endMilliseconds = 10_000 } = this.#options;
    if (await settlesWithin(work, endMilliseconds, this.#clock)) return;
    session.reportError(new Error(`${name} has not ended after ${endMilliseconds} ms: the server waits no longer`));
  }
}

/** Notes who has joined a session and with what, before the session is ready: it may have ended by then. */
function remember(record: SessionRecord, { token, userKey, readOnly }: SessionInfo): void {
  if (token) (record.tokens ??= new TokenDigests(MAX_SESSION_TOKENS)).add(token);
  if (readOnly && userKey !== undefined) (record.readers ??= new Set()).add(userKey);
}

/** A hook that fails is told of, and no session fails for it. */
async function runHook(session: Session, hook: () => void | Promise<void>): Promise<void> {
  try {
    await hook();
  } catch (error) {
    session.reportError(error);
  }
}
