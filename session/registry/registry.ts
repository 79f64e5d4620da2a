import type { Application } from "../../application/application.ts";
import type { SharingPolicy } from "../../application/application_options.ts";
import { type Clock, systemClock } from "../../common/clock.ts";
import { settlesWithin } from "../../common/settles_within.ts";
import type { ServerContext } from "../../document/document.ts";
import { ProtocolError, type ProtocolErrorCode } from "../../protocol/error.ts";
import { IdMap } from "../../protocol/hash_flooding.ts";
import { FileTable } from "../file_table.ts";
import type { SessionObserver } from "../observability/observer.ts";
import type { Session } from "../session.ts";
import { sessionKeyOf } from "../ownership/session_key.ts";
import type { SessionLocation } from "../ownership/session_location.ts";
import { DirectorySessions, type SharedSessions, StoredSessions } from "../ownership/shared_sessions.ts";
import type { OwnedSession } from "../persistence/session_persistence.ts";
import { checkClaims } from "../persistence/check_claims.ts";
import type { SessionKey, StoreNotice } from "../persistence/session_store.ts";
import { destroySession, type DestroySessionOptions } from "./destroy_session.ts";
import { ownerMismatch, sessionGone, takeFromQuota } from "./refusals.ts";
import { inSlices } from "./in_slices.ts";
import { releaseSession } from "./release_session.ts";
import type { SessionRegistryOptions } from "./registry_options.ts";
import { SessionFactory } from "./session_factory.ts";
import type { SessionClient, SessionInfo } from "./session_info.ts";
import { noteClient, type SessionRecord } from "./session_record.ts";
import { TokenDigests } from "./token_digests.ts";

/** Maximum number of tokens of destroyed sessions that are remembered. Each takes about 200 bytes. */
const MAX_DESTROYED_TOKENS = 100_000;

/** Time that a sweep may block the event loop before it yields, in milliseconds. */
const SLICE_MILLISECONDS = 4;

/** The live sessions of one application: creates, finds and destroys them, and decides who may join them. */
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
  readonly #applicationPath: string;
  readonly #clock: Clock;
  /** The sessions that other processes can own; undefined if this process owns all of them. */
  readonly #shared: SharedSessions | undefined;
  readonly #factory: SessionFactory;
  readonly #records = new IdMap<SessionRecord>();
  /** Ids of the sessions that this process owns in the store or directory. */
  readonly #ids = new Map<SessionKey, string>();
  /** Sessions that are being opened in the store or directory. */
  readonly #opening = new Map<SessionKey, Promise<SessionRecord | undefined>>();
  /** Sessions in the store that are being given back or ended. */
  readonly #leaving = new Map<SessionKey, Promise<void>>();
  /** Tokens that opened sessions which were destroyed. They cannot create a session again. */
  readonly #destroyedTokens = new TokenDigests(MAX_DESTROYED_TOKENS);
  readonly #destructions = new Set<Promise<void>>();
  /** Aborted when {@linkcode drain} stops waiting for transactions. */
  readonly #abandonTransactions = new AbortController();
  #draining = false;

  /** Creates a registry without sessions. */
  constructor(application: Application, options: SessionRegistryOptions) {
    this.application = application;
    const applicationPath = options.persistence?.options.applicationPath ?? options.applicationPath ?? "/";
    this.#applicationPath = applicationPath;
    this.files = new FileTable({ applicationPath, secret: options.filesSecret });
    this.observer = options.observer ?? (() => {});
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    const { persistence, claims } = options;
    this.#shared = persistence ? new StoredSessions(persistence) : claims && new DirectorySessions(claims);
    const contexts = () => this.all().map((session) => session.context);
    this.serverContext = {
      argv: options.argv ?? [],
      onSchedule: options.onSchedule ?? (() => {}),
      get sessions() {
        return contexts();
      },
    };
    const { files, observer, serverContext } = this;
    this.#factory = new SessionFactory({ application, clock: this.#clock, observer, files, serverContext }, options);
  }

  /** Whether {@linkcode drain} was called: no session can be opened. */
  get isDraining(): boolean {
    return this.#draining;
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
   * while the server stops; with a session store `application_changed` if it cannot be resumed, and
   * `store_unavailable`.
   * @throws {SessionHeldError} If another process owns the session.
   * @throws The error that the application throws while it fills the document.
   */
  async getOrCreate(id: string, info: SessionInfo = {}): Promise<Session> {
    const record = this.#records.get(id);
    if (record !== undefined) return await this.#join(id, record, info) ?? await this.getOrCreate(id, info);
    this.#refuseWhileDraining();
    if (info.readOnly || info.token && this.#destroyedTokens.has(info.token.text)) throw sessionGone();
    if (this.#shared !== undefined) {
      const opened = await this.#openShared(id, info, true);
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
    if (this.#shared === undefined || this.#draining) return undefined;
    const opened = await this.#openShared(id, info, false);
    return opened && (await this.#join(id, opened, info) ?? await this.join(id, info));
  }

  /** Returns whether a session exists here, in another process, or in the store. */
  async exists(id: string): Promise<boolean> {
    if (this.#records.get(id) !== undefined) return true;
    return (await this.find(this.#keyOf(id))).kind !== "absent";
  }

  /**
   * Returns which other process has a session.
   *
   * @throws {ProtocolError} `store_unavailable`; `going_away`
   */
  async find(key: SessionKey): Promise<SessionLocation> {
    return await this.#shared?.find(key) ?? { kind: "absent" };
  }

  /**
   * Returns whether this process owns a session. Waits while it is being opened, or given back to the
   * store.
   */
  async owns(key: SessionKey): Promise<boolean> {
    await this.#opening.get(key)?.catch(() => {}); // the client that opens it receives the error
    await this.#leaving.get(key);
    return this.#ids.has(key);
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

  /** Ends a session, also a stored one. Returns whether it is live, without waiting for its hooks. */
  end(id: string): boolean {
    const record = this.#records.get(id);
    if (record?.session !== undefined) void this.#destroy(id, record, record.session);
    return record?.session !== undefined;
  }

  /**
   * Destroys all sessions, or releases them to the session store, and refuses new ones: closes the connections,
   * waits for transactions, and runs the hooks of the sessions. At the deadline it runs the hooks of sessions whose
   * transactions have not ended, and returns without waiting for them.
   *
   * @param deadlineMilliseconds Time for all of this; 0 waits for nothing. @default {drainMilliseconds}
   * @param spreadMilliseconds Time over which sessions are destroyed or released, before the deadline starts.
   */
  async drain(deadlineMilliseconds = this.#options.drainMilliseconds, spreadMilliseconds = 0): Promise<void> {
    this.#draining = true;
    const ended = this.#destroyAll(spreadMilliseconds);
    const deadline = deadlineMilliseconds && deadlineMilliseconds + spreadMilliseconds;
    if (deadline > 0 && await settlesWithin(ended, deadline, this.#clock)) return;
    this.#abandonTransactions.abort();
    await new Promise((resolve) => setImmediate(resolve)); // the hooks start in this turn of the event loop
  }

  async #join(id: string, record: SessionRecord, info: SessionInfo): Promise<Session | undefined> {
    const answer = this.#mayJoin(record, info);
    const joins = answer instanceof Promise ? await answer : answer;
    if (!joins) throw ownerMismatch(this.#options.applicationPath, info);
    if (this.#records.get(id) !== record) {
      await record.ready; // throws if the session could not be created; otherwise it was destroyed meanwhile
      return undefined;
    }
    noteClient(record, info);
    return await record.ready;
  }

  #keyOf(id: string): SessionKey {
    return sessionKeyOf(this.#applicationPath, id);
  }

  /**
   * Opens a session in the store or directory, and creates or resumes it here. Clients that ask for
   * it concurrently wait for the first of them.
   *
   * @param create Whether it is created if no process has it.
   * @returns The record that this process has of it now. The caller joins it, which checks the user.
   * Undefined if no process has it.
   */
  async #openShared(id: string, info: SessionInfo, create: boolean): Promise<SessionRecord | undefined> {
    const key = this.#keyOf(id);
    const opening = this.#opening.get(key);
    if (opening !== undefined) {
      // The first client may have been refused for a reason that does not apply to this one.
      const opened = await opening.catch(() => undefined);
      return opened ?? this.#records.get(id) ?? await this.#openShared(id, info, create);
    }
    const own = this.#open(key, id, info, create).finally(() => this.#opening.delete(key));
    this.#opening.set(key, own);
    return await own;
  }

  async #open(key: SessionKey, id: string, info: SessionInfo, create: boolean): Promise<SessionRecord | undefined> {
    // Opened only now: this process would take the session from itself, and lose what is not stored yet.
    await this.#leaving.get(key);
    const opened = await this.#shared!.open(key, id, info, create);
    if (opened === undefined) return undefined;
    try {
      this.#refuseWhileDraining();
      if (opened.owned !== undefined) this.#checkStoredUser(opened.owned, info);
      const record = this.#create(id, opened.info, key, opened.owned);
      noteClient(record, info);
      if (opened.owned !== undefined) record.ready.catch(() => void this.#trackStored(key, opened.abandon()));
      return record;
    } catch (error) {
      await opened.abandon();
      throw error;
    }
  }

  #checkStoredUser({ header: { userKey } }: OwnedSession, info: SessionInfo): void {
    if (userKey !== info.userKey && !info.readOnly && this.#sharingPolicy === false) {
      throw ownerMismatch(this.#options.applicationPath, info);
    }
    if (userKey === undefined || userKey === info.userKey) return;
    // The store does not have the user, and the application must not run without. The client comes again later.
    throw new ProtocolError("Cannot resume session: its user has to connect first", "session_moved");
  }

  #refuseWhileDraining(): void {
    if (this.#draining) throw new ProtocolError("Cannot open session: server is going away", "going_away");
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

  #create(id: string, info: SessionInfo, key?: SessionKey, owned?: OwnedSession): SessionRecord {
    const release = takeFromQuota(this.#options, info, this.observer);
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
      key,
      owned,
      readers: undefined,
    };
    this.#records.set(id, record);
    if (key !== undefined) this.#ids.set(key, id);
    record.ready.then((session) => record.session = session, (error) => {
      this.#remove(id, record);
      this.observer({ type: "sessionFailed", error });
    });
    return record;
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

  async #destroyAll(spreadMilliseconds: number): Promise<void> {
    await inSlices([...this.#records.keys()], spreadMilliseconds, this.#clock, (id) => this.#destroyReady(id));
    // Sessions that are being created are destroyed as soon as they are ready.
    await Promise.allSettled([...this.#records.values()].map((record) => record.ready));
    for (const id of [...this.#records.keys()]) this.#destroyReady(id);
    await Promise.allSettled(this.#destructions);
  }

  #destroyReady(id: string): void {
    const record = this.#records.get(id);
    if (record?.session) void this.#leave(id, record, record.session);
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
    if (notice.kind === "sharedDataChanged") return;
    if (notice.kind === "interrupted") return this.#checkClaims();
    if (notice.kind === "emptied") {
      this.#options.persistence?.forgetSavedBases();
      for (const { journal } of this.all()) journal?.restore();
      return;
    }
    const id = this.#ids.get(notice.key);
    const record = id === undefined ? undefined : this.#records.get(id);
    if (id === undefined || record?.owned?.claim.epoch !== notice.epoch) return;
    if (notice.kind === "fenced") this.#drop(id, record);
    else if (record.session?.mayMove) void this.#leave(id, record, record.session);
  }

  #checkClaims(): void {
    void checkClaims(this.all());
    // Sessions that are being resumed were claimed before the interruption, too.
    for (const { session, ready } of this.#records.values()) {
      if (session === undefined) ready.then(({ journal }) => journal?.checkClaim(), () => {});
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
      record.key!,
      releaseSession(session, record.owned!, this.#options.persistence!, this.#endOptions("session_moved")),
    );
  }

  #remove(id: string, { key, release }: SessionRecord, destroyedTokens: TokenDigests | undefined = undefined): void {
    this.#records.delete(id);
    this.files.removeOf(id);
    release();
    if (key === undefined) return;
    this.#ids.delete(key);
    this.#options.claims?.release(key, destroyedTokens?.digests ?? []);
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
    // Of a process that stops, the sessions may start anew in another one.
    this.#remove(id, record, this.#draining ? undefined : record.tokens);
    if (record.tokens !== undefined) this.#destroyedTokens.addAll(record.tokens, this.#clock.wallTime());
    const destroyed = destroySession(session, this.#endOptions(this.#draining ? "going_away" : reason));
    const { owned } = record;
    if (owned === undefined) return this.#track(destroyed);
    const end = () => this.#options.persistence!.end(owned, session.log, !record.isProbe);
    return this.#trackStored(owned.claim.key, destroyed.then(end));
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

  #trackStored(key: SessionKey, work: Promise<void>): Promise<void> {
    const leaving = this.#track(work).finally(() => {
      if (this.#leaving.get(key) === leaving) this.#leaving.delete(key);
    });
    this.#leaving.set(key, leaving);
    return leaving;
  }

  #track(work: Promise<void>): Promise<void> {
    const tracked = work.finally(() => this.#destructions.delete(tracked));
    this.#destructions.add(tracked);
    return tracked;
  }
}
