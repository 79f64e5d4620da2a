/**
 * The application under test: its sessions, clients and clock.
 *
 * @module
 */

import { DEFAULT_LIMITS, DEFAULT_SESSION_TIMES } from "../common/limits.ts";
import { settlesWithin } from "../common/settles_within.ts";
import { Application } from "../application/application.ts";
import { ClientError } from "../client/client_error.ts";
import { describeDifferences } from "../document/describe_differences.ts";
import { Document } from "../document/document.ts";
import { handleFiles } from "../handlers/files/session_files.ts";
import { answerFailure } from "../handlers/http/failure.ts";
import { OriginList } from "../handlers/http/origins.ts";
import { PROTOCOL_ERRORS, ProtocolError } from "../protocol/error.ts";
import { ManualClock, settlePromises } from "../common/manual_clock.ts";
import { decodeSnapshotContent } from "../session/persistence/journal_entry.ts";
import { DEFAULT_JOURNAL_LIMITS } from "../session/persistence/journal.ts";
import type { ResumeOutcome } from "../session/persistence/resume.ts";
import { SessionPersistence } from "../session/persistence/session_persistence.ts";
import { openRecording } from "../session/recording/open_recording.ts";
import type { Recording } from "../session/recording/recording.ts";
import { SessionRegistry } from "../session/registry/registry.ts";
import { memoryStore } from "../store/memory.ts";
import type { DocJson } from "../protocol/message.ts";
import type { Session } from "../session/session.ts";
import { randomText } from "../session/credentials/session_id.ts";
import { captureLogs, type TestLog } from "./captured_logs.ts";
import { MemoryTransport } from "./memory_transport.ts";
import { ErrorCollector } from "./error_collector.ts";
import type { TestClient, TestClientOptions } from "./test_client.ts";
import { TaskService } from "../tasks/task_service.ts";
import { sessionInfo, type TestAppOptions, type TestRequest, type TestSource } from "./test_options.ts";

/** Number of rounds at the same time after which callbacks count as an infinite loop. */
const MAX_ROUNDS = 10_000;
/** Secret of the processes among which sessions move, so that the URLs of their files stay the same. */
const SECRET = "test";
/** How long the end of a test waits for running callbacks. */
const DISPOSAL_MILLISECONDS = 1000;

/**
 * Runs an application for a test. Its sessions and their protocol are those of the server, but
 * there is no port.
 */
export class AppHost {
  /** Clock of the application. Its time advances only with {@linkcode ManualClock.tick}. */
  readonly clock: ManualClock = new ManualClock(Date.UTC(2000, 0), () => this.#settleSessions());
  readonly #application: Application;
  readonly #options: TestAppOptions;
  /** Keeps the sessions, so that {@linkcode AppHost.resume} can move them to another registry. */
  readonly #store = memoryStore();
  /** The registries, the current one last. Sessions that have not been moved stay in theirs. */
  readonly #registries: SessionRegistry[] = [];
  /** How the last session was resumed. */
  #resumed: ResumeOutcome | undefined;
  readonly #clients = new Set<TestClient>();
  readonly #transports = new Set<MemoryTransport>();
  readonly #errors = new ErrorCollector();
  readonly #captured = captureLogs();
  readonly #tasks = new TaskService({});
  /** Number of frames that have been delivered. */
  #deliveries = 0;
  /** Rounds of {@linkcode AppHost.settled} at the time `#roundsAt`, to detect infinite loops. */
  #rounds = 0;
  #roundsAt = 0;
  #disposed: Promise<void> | undefined;

  readonly #recording: Promise<Recording | undefined> | undefined;

  /** Creates a host without running the application's hooks: see {@linkcode AppHost.start}. */
  constructor(application: Application, options: TestAppOptions, recording?: Recording) {
    this.#application = application;
    this.#options = options;
    if (recording !== undefined) this.#recording = Promise.resolve(recording);
    else if (options.record !== undefined) this.#recording = openRecording(options.record);
  }

  get #registry(): SessionRegistry {
    return this.#registries.at(-1)!;
  }

  get #sessions(): Session[] {
    return this.#registries.flatMap((registry) => registry.all());
  }

  /**
   * Errors that the application has thrown, and errors of changes that the server has rejected.
   * Errors that the test has not read are thrown by {@linkcode AppHost.settled} and
   * {@linkcode AppHost.dispose}.
   */
  get errors(): readonly unknown[] {
    return this.#errors.all;
  }

  /** Log records of the server and the application. */
  get logs(): readonly TestLog[] {
    return this.#captured.logs;
  }

  /** The server's documents of the open sessions. */
  get documents(): readonly Document[] {
    return this.#sessions.map((session) => session.document);
  }

  /**
   * Loads an application and runs its hook `onServerLoaded`.
   *
   * @param recording Records the sessions. By default the file of the option `record` does.
   */
  static async start(source: TestSource, options: TestAppOptions, recording?: Recording): Promise<AppHost> {
    const host = new AppHost(await Application.from(source), options, recording);
    await host.#addRegistry();
    return host;
  }

  /** Adds a registry, as a further process has it, and runs the hook `onServerLoaded`. */
  async #addRegistry(): Promise<void> {
    const member = await this.#store.join({ id: `${this.#registries.length}`, build: "" });
    const { argv, logoutUrl } = this.#options;
    const registry = new SessionRegistry(this.#application, {
      limits: DEFAULT_LIMITS,
      ...DEFAULT_SESSION_TIMES,
      argv,
      logoutUrl: () => logoutUrl ?? null,
      clock: this.clock,
      filesSecret: SECRET,
      tasks: this.#tasks,
      recording: this.#recording,
      observer: (event) => {
        if (event.type === "callbackFailed" || event.type === "internalError") this.#errors.add(event.error);
        if (event.type === "sessionCreated") this.#resumed = event.resumed;
      },
      persistence: new SessionPersistence({
        member,
        applicationPath: "/",
        secret: SECRET,
        retentionMilliseconds: Infinity,
        rememberMilliseconds: Infinity,
        journal: DEFAULT_JOURNAL_LIMITS,
        clock: this.clock,
      }),
    });
    member.onNotice((notice) => registry.receiveNotice(notice));
    this.#registries.push(registry);
    await this.#application.hooks.onServerLoaded?.(registry.serverContext);
  }

  /**
   * Opens a session, or returns the open one with the id of the request.
   *
   * @throws {ApplicationError} If the application fails to fill its document. The error's cause is
   * what it threw.
   */
  async openSession(request: TestRequest): Promise<Session> {
    const id = request.sessionId ?? randomText();
    const registry = this.#registries.find((registry) => registry.get(id) !== undefined) ?? this.#registry;
    return await registry.getOrCreate(id, await sessionInfo(this.#application, request));
  }

  /**
   * Moves a session to a new registry, as if its process had been stopped. Its connected clients
   * connect to the new session.
   *
   * @throws {Error} If the application function now creates other models.
   */
  async resume(session: Session): Promise<{ session: Session; outcome: ResumeOutcome }> {
    await this.settled();
    await this.#addRegistry();
    const { promise, resolve, reject } = Promise.withResolvers<Session>();
    promise.catch(() => {}); // a session without clients
    for (const transport of this.#transports) transport.move(session, promise);
    try {
      await settlePromises(); // the old registry releases sessions without clients only
      const resumed = await this.#registry.getOrCreate(session.id, { user: session.context.request?.user });
      resolve(resumed);
      return { session: resumed, outcome: this.#resumed ?? "exact" };
    } catch (error) {
      reject(error);
      if (!(error instanceof ProtocolError) || error.code !== "application_changed") throw error;
      const lines = describeDifferences(this.#baseOf(session), await this.#fillAgain(session));
      throw new Error(["Cannot resume session: the application function creates other models", ...lines].join("\n- "));
    } finally {
      await this.clock.tick();
    }
  }

  /** Whether the application restores callbacks of a resumed session itself. */
  restoresCallbacks({ sync }: Session): boolean {
    return sync.hasResumedCallbacks || this.#application.hooks.onSessionResumed !== undefined;
  }

  /** Returns the document of a session as the application function has filled it. */
  #baseOf({ journal }: Session): DocJson {
    const { document, buffers } = this.#store.bases.get(journal!.base)!;
    return Document.from_json(decodeSnapshotContent(document).doc, buffers).to_json();
  }

  /** Fills a new document for the request of a session, without a store. */
  async #fillAgain(session: Session): Promise<DocJson> {
    const registry = new SessionRegistry(this.#application, {
      limits: DEFAULT_LIMITS,
      ...DEFAULT_SESSION_TIMES,
      argv: this.#options.argv,
      clock: this.clock,
      filesSecret: SECRET,
      tasks: this.#tasks,
    });
    const { request, tokenPayload: payload } = session.context;
    const { document } = await registry.getOrCreate(session.id, { request, payload });
    const json = document.to_json();
    await registry.drain();
    return json;
  }

  /** Returns the options of a client of a session. */
  clientOptions(session: Session): TestClientOptions {
    const transport = new MemoryTransport(session, () => this.#deliveries++);
    this.#transports.add(transport);
    return {
      id: session.id,
      url: session.context.request?.uri ?? "/",
      transport,
      clock: this.clock,
      onError: (error) => {
        if (!isReportedByServer(error)) this.#errors.add(error);
      },
      settled: () => this.settled(),
      fetch: (url, init) => this.#fetch(url, init),
    };
  }

  /** Connects a client and waits until its session has settled. */
  async join(client: TestClient): Promise<void> {
    await client.open();
    this.#clients.add(client);
    await this.settled();
  }

  /** Waits until all sessions have settled: see {@linkcode TestClient.settled}. */
  async settled(): Promise<void> {
    await this.clock.tick();
    this.#errors.throwUnread();
  }

  /**
   * Disconnects the clients of a session, and lets it expire as the server does with unused
   * sessions.
   */
  async expire(session: Session): Promise<void> {
    for (const client of this.#clients) {
      if (client.id === session.id) await client.disconnect();
    }
    session.requestExpiration();
    for (const registry of this.#registries) await registry.sweep();
    await this.settled();
  }

  /**
   * Waits for running callbacks, closes all clients and sessions, and runs the application's hooks.
   * A second call has no effect.
   *
   * @throws The errors that the test has not read, or an error if a callback does not end within a
   * second.
   */
  async dispose(): Promise<void> {
    await (this.#disposed ??= this.#dispose());
  }

  async #dispose(): Promise<void> {
    let hasSettled = false;
    try {
      hasSettled = await settlesWithin(this.clock.tick(), DISPOSAL_MILLISECONDS);
      const closing = [...this.#clients].map((client) => client.close());
      await settlesWithin(Promise.allSettled(closing), DISPOSAL_MILLISECONDS);
      for (const registry of this.#registries) {
        for (const session of registry.all()) session.requestExpiration(); // destroys it instead of releasing it
        await registry.drain(hasSettled ? undefined : 0);
        await this.#application.hooks.onServerUnloaded?.(registry.serverContext);
      }
      await settlePromises();
    } finally {
      this.#tasks[Symbol.dispose]();
      this.#captured[Symbol.dispose]();
      (await this.#recording)?.[Symbol.dispose]();
    }
    if (!hasSettled) {
      throw new Error(
        "Cannot end the session: one of its callbacks is still running; wait for it, or advance the clock",
      );
    }
    this.#errors.throwUnread();
  }

  /** Handles a request for a file of a session as the server's route does. */
  async #fetch(path: string, init?: RequestInit): Promise<Response> {
    const url = new URL(path, "http://localhost/");
    const config = {
      origins: new OriginList([]),
      development: false,
      onError: (error: unknown) => this.#errors.add(error),
    };
    const id = url.pathname.split("/").at(-1)!;
    const registry = this.#registries.find(({ files }) => files.get(id) !== undefined) ?? this.#registry;
    const response = await handleFiles(new Request(url, init), { config, app: { registry }, url, id })
      .catch((error) => answerFailure(error, config));
    await this.settled();
    return response;
  }

  /**
   * Waits until no frame is delivered, no client waits for a reply, no callback runs in a session,
   * and no task runs. The clock does not advance tasks.
   */
  async #settleSessions(): Promise<void> {
    for (;;) {
      this.#countRound();
      const before = this.#deliveries;
      await settlePromises();
      for (const client of this.#clients) await client.answered();
      for (const session of this.#sessions) await this.#waitForTransactions(session);
      if (await this.#tasks.settled()) continue;
      if (this.#deliveries === before) return;
    }
  }

  /**
   * Waits for the transactions of a session: an empty one runs after those that hold or await the
   * lock.
   */
  async #waitForTransactions(session: Session): Promise<void> {
    try {
      await session.transact({}, () => {});
    } catch (error) {
      if (!session.destroyed) session.reportError(error);
    }
  }

  #countRound(): void {
    const now = this.clock.now();
    if (now !== this.#roundsAt) this.#rounds = 0;
    this.#roundsAt = now;
    if (++this.#rounds > MAX_ROUNDS) {
      this.#rounds = 0;
      throw new Error("Cannot settle: callbacks cause further callbacks without end");
    }
  }
}

/**
 * Returns whether an error is only the public text of a callback's error, which the session has
 * reported itself.
 */
function isReportedByServer(error: unknown): boolean {
  return error instanceof ClientError && error.code === "rejected" &&
    error.message.includes(PROTOCOL_ERRORS.callback_failed.publicText);
}
