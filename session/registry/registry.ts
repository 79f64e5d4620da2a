import type { Application } from "../../application/application.ts";
import type { SharingPolicy } from "../../application/application_options.ts";
import { type Clock, systemClock } from "../../common/clock.ts";
import { settlesWithin } from "../../common/settles_within.ts";
import type { ServerContext } from "../../document/document.ts";
import { ProtocolError, type ProtocolErrorCode } from "../../protocol/error.ts";
import { IdMap } from "../../protocol/hash_flooding.ts";
import { FileTable } from "../file_table.ts";
import type { SessionQuota } from "../limits/session_quota.ts";
import type { SessionObserver } from "../observability/observer.ts";
import { sessionLogger } from "../observability/session_log.ts";
import type { Session } from "../session.ts";
import type { OwnedSession } from "../persistence/session_persistence.ts";
import type { SessionKey, StoreNotice } from "../persistence/session_store.ts";
import { destroySession, type DestroySessionOptions } from "./destroy_session.ts";
import { releaseSession } from "./release_session.ts";
import { SessionFactory, type SessionFactoryOptions } from "./session_factory.ts";
import type { SessionClient, SessionInfo } from "./session_info.ts";
import { TokenDigests } from "./token_digests.ts";

/** Options of {@linkcode SessionRegistry}. */
export interface SessionRegistryOptions extends SessionFactoryOptions {
  /** Time that a session without connections may live, in milliseconds. */
  unusedSessionLifetimeMilliseconds: number;
  /** The application's command-line arguments, which followed `--args`. @default {[]} */
  argv?: readonly string[] | undefined;
  /** Clock of the sessions' timers and durations. @default {systemClock} */
  clock?: Clock | undefined;
  /** Receives what happens in the sessions. */
  observer?: SessionObserver | undefined;
  /**
   * Limits the number of sessions, of this registry or of several together. No limit by default.
   */
  quota?: SessionQuota | undefined;
  /**
   * Which users may join the sessions of others, for applications without a policy of their own.
   *
   * @default {false}
   */
  shareSessions?: SharingPolicy | undefined;
  /**
   * Timeout of a session's `on_session_destroyed` callbacks, of the `onSessionDestroyed` hook, and
   * of {@linkcode SessionRegistry.drain}, in milliseconds.
   */
  drainMilliseconds: number;
}

/** A session of the registry, from the start of its creation to its destruction. */
interface SessionRecord {
  /** Settles when the application has filled the document. */
  readonly ready: Promise<Session>;
  /** The session; undefined until it is ready. */
  session: Session | undefined;
  /** The tokens that opened it. They are remembered when it is destroyed. */
  tokens: TokenDigests | undefined;
  /** Releases its place in the quota. */
  readonly release: () => void;
  /** The user that it belongs to; undefined without a login. */
  readonly userKey: string | undefined;
  /** The session in the store; undefined without a store. */
  readonly owned: OwnedSession | undefined;
  /** Users who have joined it as read-only clients. */
  readers: Set<string> | undefined;
  /** Whether it was opened without a client, so that no client can come back to it. */
  isProbe?: boolean;
}

/**
 * Limits of the tokens that are remembered: of one session, and of all destroyed sessions. Each
 * takes about 200 bytes.
 */
const MAX_SESSION_TOKENS = 1000;
const MAX_DESTROYED_TOKENS = 100_000;

/** Time that a sweep may block the event loop before it yields, in milliseconds. */
const SLICE_MILLISECONDS = 4;

/**
 * The live sessions of one application: creates, finds and destroys them, and decides who may join
 * them.
 */
export class SessionRegistry {
  readonly application: Application;
  /** The application's view of the server. */
  readonly serverContext: ServerContext;
  /** Upload and download URLs of the sessions. */
  readonly files: FileTable;
  /**
   * Receives what happens in the sessions.
   *
   * @internal
   */
  readonly observer: SessionObserver;
  readonly #options: SessionRegistryOptions;
  readonly #clock: Clock;
  readonly #factory: SessionFactory;
  readonly #records = new IdMap<SessionRecord>();
  /** Sessions that are being opened in the store. */
  readonly #opening = new IdMap<Promise<SessionRecord | undefined>>();
  /** Sessions in the store that are being given back or ended. */
  readonly #leaving = new IdMap<Promise<void>>();
  /** Tokens that opened sessions which were destroyed. They cannot create a session again. */
  readonly #destroyedTokens = new TokenDigests(MAX_DESTROYED_TOKENS);
  readonly #destructions = new Set<Promise<void>>();
  /** Aborted when {@linkcode drain} stops waiting for transactions. */
  readonly #abandonTransactions = new AbortController();
  #draining = false;

  /** Creates a registry without sessions. */
  constructor(application: Application, options: SessionRegistryOptions) {
    this.application = application;
    this.files = new FileTable();
    this.observer = options.observer ?? (() => {});
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    const contexts = () => this.all().map((session) => session.context);
    this.serverContext = {
      argv: options.argv ?? [],
      get sessions() {
        return contexts();
      },
    };
    const { files, observer, serverContext } = this;
    this.#factory = new SessionFactory({ application, clock: this.#clock, observer, files, serverContext }, options);
  }

  /** The number of sessions, including those that are being created. */
  get size(): number {
    return this.#records.size;
  }

  /** Returns the live session with an id, or undefined. */
  get(id: string): Session | undefined {
    return this.#records.get(id)?.session;
  }

  /** Returns all live sessions. */
  all(): Session[] {
    return [...this.#records.values()].map((record) => record.session).filter((session) => session !== undefined);
  }

  /**
   * Returns the session with an id, and creates it if there is none. Concurrent callers receive the
   * same session, or the same error if it cannot be created; the next caller tries again.
   *
   * @throws {ProtocolError} `session_gone` if the session was destroyed and the token opened it, or
   * if a read-only client asks for a session that is not live; `session_owner_mismatch` if the
   * session belongs to another user; `too_many_sessions` if the quota is exceeded; `going_away`
   * while the server stops; with a session store `session_moved` if another process serves the
   * session, `application_changed` if it cannot be resumed, and `store_unavailable`.
   * @throws The error that the application throws while it fills the document.
   */
  async getOrCreate(id: string, info: SessionInfo = {}): Promise<Session> {
    const record = this.#records.get(id);
    if (record !== undefined) return await this.#join(id, record, info) ?? await this.getOrCreate(id, info);
    if (this.#draining) throw new ProtocolError("Cannot open session: server is going away", "going_away");
    if (info.readOnly || info.token && this.#destroyedTokens.has(info.token.text)) {
      throw new ProtocolError("Cannot open session: the one of this token has ended", "session_gone");
    }
    if (this.#options.persistence !== undefined) {
      const opened = await this.#openStored(id, info, true);
      return opened && await this.#join(id, opened, info) || await this.getOrCreate(id, info);
    }
    const created = this.#create(id, info);
    noteClient(created, info);
    return await created.ready;
  }

  /**
   * Returns the live session with an id, or resumes it if the store has it; undefined if there is
   * none.
   *
   * @throws {ProtocolError} `session_owner_mismatch` if it belongs to another user; with a session
   * store as {@linkcode getOrCreate}.
   */
  async join(id: string, info: SessionInfo): Promise<Session | undefined> {
    const record = this.#records.get(id);
    if (record !== undefined) return await this.#join(id, record, info);
    if (this.#options.persistence === undefined || this.#draining) return undefined;
    const opened = await this.#openStored(id, info, false);
    return opened && (await this.#join(id, opened, info) ?? await this.join(id, info));
  }

  /** Returns whether a user may join the session with an id, or create it if it does not exist. */
  async mayJoin(id: string, client: SessionClient): Promise<boolean> {
    const record = this.#records.get(id);
    return record === undefined || await this.#mayJoin(record, client);
  }

  /**
   * Returns whether a user may read the files of a session: users who may join it, and those who
   * have joined it as read-only clients.
   */
  async mayRead(id: string, client: SessionClient): Promise<boolean> {
    const { userKey } = client;
    return userKey !== undefined && this.#records.get(id)?.readers?.has(userKey) || await this.mayJoin(id, client);
  }

  /**
   * Creates a session without a client and destroys it, to check that the application works.
   *
   * @throws The error that the application throws while it fills the document.
   */
  async probe(info: SessionInfo): Promise<void> {
    const id = crypto.randomUUID();
    const session = await this.getOrCreate(id, info);
    const record = this.#records.get(id);
    if (record !== undefined) await this.#destroy(id, Object.assign(record, { isProbe: true }), session);
  }

  /**
   * Destroys the sessions that have expired, or releases them to the session store, and forgets the
   * tokens that have expired. Yields to the event loop after every 4 ms. The hooks of the sessions
   * run concurrently, each with a timeout.
   *
   * @returns The number of destroyed sessions.
   */
  async sweep(): Promise<number> {
    this.#destroyedTokens.sweep(this.#clock.wallTime());
    const expired = [...this.#records.entries()].filter(([, { session }]) => session && this.#isExpired(session));
    const destructions: Promise<void>[] = [];
    let sliceEnd = performance.now() + SLICE_MILLISECONDS;
    for (const [id, record] of expired) {
      if (performance.now() > sliceEnd) {
        await new Promise<void>((resolve) => this.#clock.setTimeout(resolve, 0));
        sliceEnd = performance.now() + SLICE_MILLISECONDS;
      }
      // Checked again: a client may have connected while the loop yielded.
      if (this.#records.get(id) !== record || !record.session || !this.#isExpired(record.session)) continue;
      destructions.push(this.#leave(id, record, record.session));
    }
    await Promise.all(destructions);
    return destructions.length;
  }

  /**
   * Destroys all sessions, or releases them to the session store, and refuses new ones: closes
   * the connections with code 1001, waits for transactions, and runs the hooks of the sessions. At
   * the deadline it runs the hooks of sessions whose transactions have not ended, and returns
   * without waiting for them.
   *
   * @param deadlineMilliseconds Time that the destruction of all sessions may take; 0 waits for
   * nothing. @default {drainMilliseconds}
   */
  async drain(deadlineMilliseconds = this.#options.drainMilliseconds): Promise<void> {
    this.#draining = true;
    const destruction = this.#destroyAll();
    if (deadlineMilliseconds > 0 && await settlesWithin(destruction, deadlineMilliseconds, this.#clock)) return;
    this.#abandonTransactions.abort();
    await new Promise((resolve) => setImmediate(resolve)); // the hooks start in this turn of the event loop
  }

  async #join(id: string, record: SessionRecord, info: SessionInfo): Promise<Session | undefined> {
    const answer = this.#mayJoin(record, info);
    const joins = answer instanceof Promise ? await answer : answer;
    if (!joins) throw this.#ownerMismatch(info);
    if (this.#records.get(id) !== record) {
      await record.ready; // throws if the session could not be created; otherwise it was destroyed meanwhile
      return undefined;
    }
    noteClient(record, info);
    return await record.ready;
  }

  #ownerMismatch({ user, address }: SessionInfo): ProtocolError {
    sessionLogger({ application: this.#options.applicationPath, user, address }).warn(
      "Refused a user who wants to join the session of another; see shareSessions, and userId of the auth provider",
    );
    return new ProtocolError("Cannot join session: it belongs to another user", "session_owner_mismatch");
  }

  /**
   * Opens a session in the store, and creates or resumes it here. Clients that ask for it
   * concurrently wait for the first of them.
   *
   * @param create Whether it is created if the store does not have it.
   * @returns The record that this process has of it now. The caller joins it, which checks the user.
   * Undefined if the store does not have it.
   */
  async #openStored(id: string, info: SessionInfo, create: boolean): Promise<SessionRecord | undefined> {
    const opening = this.#opening.get(id);
    if (opening !== undefined) {
      // The first client may have been refused for a reason that does not apply to this one.
      const opened = await opening.catch(() => undefined);
      return opened ?? this.#records.get(id) ?? await this.#openStored(id, info, create);
    }
    const own = this.#openFromStore(id, info, create).finally(() => this.#opening.delete(id));
    this.#opening.set(id, own);
    return await own;
  }

  async #openFromStore(id: string, info: SessionInfo, create: boolean): Promise<SessionRecord | undefined> {
    const persistence = this.#options.persistence!;
    // Imported only here: servers without a store start faster.
    const { infoOf, openSession } = await import("../persistence/stored_info.ts");
    // Opened only now: this process would take the session from itself, and lose what is not stored yet.
    await this.#leaving.get(id);
    const owned = await openSession(persistence, id, info, create);
    if (owned === undefined) return undefined;
    try {
      if (this.#draining) throw new ProtocolError("Cannot open session: server is going away", "going_away");
      const { userKey } = owned.header;
      if (userKey !== info.userKey && !info.readOnly && this.#sharingPolicy === false) throw this.#ownerMismatch(info);
      if (userKey !== undefined && userKey !== info.userKey) {
        // The store does not have the user, and the application must not run without. The client comes again later.
        throw new ProtocolError("Cannot resume session: its user has to connect first", "session_moved");
      }
      const record = this.#create(id, infoOf(owned, info), owned);
      noteClient(record, info);
      record.ready.catch(() => void this.#trackStored(id, persistence.abandon(owned)));
      return record;
    } catch (error) {
      await persistence.abandon(owned);
      throw error;
    }
  }

  /** Who may join the session of another user. */
  get #sharingPolicy(): SharingPolicy {
    return this.application.shareSessions ?? this.#options.shareSessions ?? false;
  }

  #mayJoin(record: SessionRecord, { userKey, user, readOnly }: SessionClient): boolean | Promise<boolean> {
    if (readOnly || record.userKey === userKey) return true;
    const policy = this.#sharingPolicy;
    if (typeof policy === "boolean") return policy;
    // Fails closed: only `true` allows, whatever a policy in JavaScript returns.
    return record.ready.then(async ({ context }) => await policy(user, context) === true);
  }

  #create(id: string, info: SessionInfo, owned?: OwnedSession): SessionRecord {
    const release = this.#takeFromQuota(info);
    const record: SessionRecord = {
      ready: this.#factory.create(id, info, {
        owned,
        destroyOverworked: () => this.#destroyOverworked(id, record),
        dropMoved: () => this.#drop(id, record),
      }),
      session: undefined,
      tokens: undefined,
      release,
      userKey: owned === undefined ? info.userKey : owned.header.userKey,
      owned,
      readers: undefined,
    };
    this.#records.set(id, record);
    record.ready.then((session) => record.session = session, (error) => {
      this.#remove(id, record);
      this.observer({ type: "sessionFailed", error });
    });
    return record;
  }

  #takeFromQuota({ user, address }: SessionInfo): () => void {
    try {
      return this.#options.quota?.take(address) ?? (() => {});
    } catch (error) {
      const { message: reason } = ProtocolError.from(error);
      const log = sessionLogger({ application: this.#options.applicationPath, user, address });
      log.warn("Refused a session: {reason}", { reason });
      this.observer({ type: "sessionRefused", reason });
      throw error;
    }
  }

  #isExpired(session: Session): boolean {
    const { persistence } = this.#options;
    const retention = persistence?.options.retentionMilliseconds ?? 0;
    // The store does not have all changes: they would be lost with the memory.
    if (session.journal?.isFailing && session.idleMilliseconds < retention && !session.expirationRequested) {
      return false;
    }
    return session.isExpired(this.#options.unusedSessionLifetimeMilliseconds);
  }

  #destroyOverworked(id: string, record: SessionRecord): void {
    if (this.#records.get(id) !== record || record.session === undefined) return;
    void this.#destroy(id, record, record.session, "too_much_work");
  }

  async #destroyAll(): Promise<void> {
    this.#destroyReady();
    // Sessions that are being created are destroyed as soon as they are ready.
    await Promise.allSettled([...this.#records.values()].map((record) => record.ready));
    this.#destroyReady();
    await Promise.allSettled(this.#destructions);
  }

  #destroyReady(): void {
    for (const [id, record] of [...this.#records]) {
      if (record.session) void this.#leave(id, record, record.session);
    }
  }

  /** Gives a session back to the store if it is stored and may go on. Otherwise destroys it. */
  #leave(id: string, record: SessionRecord, session: Session): Promise<void> {
    const isKept = record.owned !== undefined && !session.expirationRequested;
    return isKept ? this.#release(id, record, session) : this.#destroy(id, record, session);
  }

  /** Keys of the stored sessions that this process owns. */
  get storedKeys(): SessionKey[] {
    return [...this.#records.values()].flatMap(({ owned }) => owned === undefined ? [] : [owned.claim.key]);
  }

  /**
   * Handles a notice of the store. A notice about a session that this registry does not own has no
   * effect.
   */
  receiveNotice(notice: StoreNotice): void {
    if (notice.kind === "emptied") this.#options.persistence?.forgetSavedBases();
    for (const [id, record] of [...this.#records]) {
      const { session, owned } = record;
      if (owned === undefined) continue;
      if (notice.kind === "emptied") session?.journal?.restore();
      else if (notice.key !== owned.claim.key || notice.epoch !== owned.claim.epoch) continue;
      else if (notice.kind === "fenced") this.#drop(id, record);
      else if (session?.mayMove) void this.#leave(id, record, session);
    }
  }

  /**
   * Removes a session that another process has taken over. It is not destroyed: it continues there.
   */
  #drop(id: string, record: SessionRecord): void {
    if (this.#records.get(id) !== record) return;
    if (record.session === undefined) return void record.ready.then(() => this.#drop(id, record), () => {});
    this.#remove(id, record);
    const { session } = record;
    void session.close("session_moved", this.#abandonTransactions.signal).then(() => session.releaseDocument());
  }

  /** Removes a session and releases it, so that any process can resume it. */
  #release(id: string, record: SessionRecord, session: Session): Promise<void> {
    this.#remove(id, record);
    return this.#trackStored(
      id,
      releaseSession(session, record.owned!, this.#options.persistence!, this.#endOptions("session_moved")),
    );
  }

  #remove(id: string, record: SessionRecord): void {
    this.#records.delete(id);
    this.files.removeOf(id);
    record.release();
  }

  /**
   * Removes a session and destroys it. Its id is free at once: a client that comes meanwhile
   * receives a new session.
   */
  #destroy(
    id: string,
    record: SessionRecord,
    session: Session,
    reason: ProtocolErrorCode = "session_gone",
  ): Promise<void> {
    this.#remove(id, record);
    if (record.tokens !== undefined) this.#destroyedTokens.addAll(record.tokens, this.#clock.wallTime());
    const destroyed = destroySession(session, this.#endOptions(this.#draining ? "going_away" : reason));
    const { owned } = record;
    if (owned === undefined) return this.#track(destroyed);
    const end = () => this.#options.persistence!.end(owned, session.log, !record.isProbe);
    return this.#trackStored(id, destroyed.then(end));
  }

  #endOptions(reason: ProtocolErrorCode): DestroySessionOptions {
    return {
      application: this.application,
      clock: this.#clock,
      reason,
      abandonTransactions: this.#abandonTransactions.signal,
      timeoutMilliseconds: this.#options.drainMilliseconds,
    };
  }

  #trackStored(id: string, work: Promise<void>): Promise<void> {
    const leaving = this.#track(work).finally(() => {
      if (this.#leaving.get(id) === leaving) this.#leaving.delete(id);
    });
    this.#leaving.set(id, leaving);
    return leaving;
  }

  #track(work: Promise<void>): Promise<void> {
    const tracked = work.finally(() => this.#destructions.delete(tracked));
    this.#destructions.add(tracked);
    return tracked;
  }
}

/**
 * Notes the token and the read-only user of a client, before the session is ready: it may have been
 * destroyed by then.
 */
function noteClient(record: SessionRecord, { token, userKey, readOnly }: SessionInfo): void {
  if (token) (record.tokens ??= new TokenDigests(MAX_SESSION_TOKENS)).add(token);
  if (readOnly && userKey !== undefined) (record.readers ??= new Set()).add(userKey);
}
