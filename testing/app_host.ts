/**
 * What runs an application under test: its sessions, its clients, its time.
 *
 * @module
 */

import { DEFAULT_LIMITS, DEFAULT_SESSION_TIMES } from "../common/limits.ts";
import { settlesWithin } from "../common/settles_within.ts";
import { Application } from "../application/application.ts";
import { ClientError } from "../client/client_error.ts";
import type { Document } from "../document/document.ts";
import { handleFiles } from "../handlers/files/session_files.ts";
import { answerFailure } from "../handlers/http/failure.ts";
import { OriginList } from "../handlers/http/origins.ts";
import { PROTOCOL_ERRORS } from "../protocol/error.ts";
import { ManualClock, settlePromises } from "../common/manual_clock.ts";
import { SessionRegistry } from "../session/registry/registry.ts";
import type { Session } from "../session/session.ts";
import { randomText } from "../session/credentials/session_id.ts";
import { captureLogs, type TestLog } from "./captured_logs.ts";
import { MemoryTransport } from "./memory_transport.ts";
import { SeenErrors } from "./seen_errors.ts";
import type { TestClient, TestClientOptions } from "./test_client.ts";
import type { TestAppOptions, TestSource } from "./test_source.ts";
import { sessionInfo, type TestRequest } from "./test_request.ts";
import { type TestHost, TestSession, type TestSessionOptions } from "./test_session.ts";

/** So many steps without time going on are taken for a loop. */
const MAX_STEPS = 10_000;
/** How long the end of a test waits for callbacks that are under way. */
const PATIENCE_MILLISECONDS = 1000;

/** Runs an application for tests: the sessions and the protocol are real, and there is no port. */
export class AppHost implements TestHost {
  /** The time of the application, which stands until {@linkcode ManualClock.tick} lets it go on. */
  readonly clock: ManualClock = new ManualClock(Date.UTC(2000, 0), () => this.#quiet());
  readonly #application: Application;
  readonly #registry: SessionRegistry;
  readonly #clients = new Set<TestClient>();
  readonly #errors = new SeenErrors();
  readonly #captured = captureLogs();
  #activity = 0;
  #steps = 0;
  #steppedAt = 0;
  #disposed: Promise<void> | undefined;

  /** Does not run the application's hooks: see {@linkcode AppHost.start}. */
  constructor(application: Application, options: TestAppOptions) {
    this.#application = application;
    this.#registry = new SessionRegistry(application, {
      limits: DEFAULT_LIMITS,
      ...DEFAULT_SESSION_TIMES,
      argv: options.argv,
      logoutUrl: () => options.logoutUrl ?? null,
      clock: this.clock,
      observer: (event) => {
        if (event.type === "callbackFailed" || event.type === "internalError") this.#errors.add(event.error);
      },
    });
  }

  /** What the application threw, and what the server rejected. A test that ends without having looked at them fails. */
  get errors(): readonly unknown[] {
    return this.#errors.all;
  }

  /** What was logged, by the server or the application. */
  get logs(): readonly TestLog[] {
    return this.#captured.logs;
  }

  /** The documents of the living sessions, on the server. */
  get documents(): readonly Document[] {
    return this.#registry.all().map((session) => session.document);
  }

  /** Loads an application and runs the hook of the server's beginning. */
  static async start(source: TestSource, options: TestAppOptions): Promise<AppHost> {
    const host = new AppHost(await Application.from(source), options);
    await host.#application.hooks.onServerLoaded?.(host.#registry.serverContext);
    return host;
  }

  /**
   * Opens a page of the application.
   *
   * @throws {ApplicationError} Where the application cannot fill its document; what it threw is the cause.
   */
  async open(request: TestRequest = {}, options: TestSessionOptions = {}): Promise<TestSession> {
    const id = request.sessionId ?? randomText();
    const session = await this.#registry.getOrCreate(id, await sessionInfo(this.#application, request));
    const page = new TestSession(this, session, options);
    await this.join(page);
    return page;
  }

  /** The ends that a client of a session needs. */
  clientOptions(session: Session): TestClientOptions {
    return {
      id: session.id,
      transport: new MemoryTransport(session, () => this.#activity++),
      clock: this.clock,
      onError: (error) => {
        if (!isToldByServer(error)) this.#errors.add(error);
      },
      settled: () => this.settled(),
      fetch: (url, init) => this.#fetch(url, init),
    };
  }

  /** Connects a client. */
  async join(client: TestClient): Promise<void> {
    await client.open();
    this.#clients.add(client);
    await this.settled();
  }

  /** Resolves when everything has crossed, on all sessions; see {@linkcode TestClient.settled}. */
  async settled(): Promise<void> {
    await this.clock.tick();
    this.#errors.throwUnseen();
  }

  /** Ends a session as the server ends one that nobody looks at any more. */
  async end(session: Session): Promise<void> {
    for (const client of this.#clients) {
      if (client.id === session.id) await client.disconnect();
    }
    session.requestExpiration();
    await this.#registry.sweep();
    await this.settled();
  }

  /** Ends all: what was under way is waited for, hooks run, and an error that nobody looked at is thrown. */
  async dispose(): Promise<void> {
    await (this.#disposed ??= this.#dispose());
  }

  async #dispose(): Promise<void> {
    let isQuiet = false;
    try {
      isQuiet = await settlesWithin(this.clock.tick(), PATIENCE_MILLISECONDS);
      const closing = [...this.#clients].map((client) => client.close());
      await settlesWithin(Promise.allSettled(closing), PATIENCE_MILLISECONDS);
      await this.#registry.drain(isQuiet ? undefined : 0);
      await this.#application.hooks.onServerUnloaded?.(this.#registry.serverContext);
      await settlePromises();
    } finally {
      this.#captured[Symbol.dispose]();
    }
    if (!isQuiet) {
      throw new Error("Cannot end the session: a callback of it is still at work; wait for it, or let the time go on");
    }
    this.#errors.throwUnseen();
  }

  /** Answers a request for a file of a session, as the server's route does. */
  async #fetch(path: string, init?: RequestInit): Promise<Response> {
    const url = new URL(path, "http://localhost/");
    const config = {
      origins: new OriginList([]),
      development: false,
      onError: (error: unknown) => this.#errors.add(error),
    };
    const app = { registry: this.#registry };
    const id = url.pathname.split("/").at(-1)!;
    const response = await handleFiles(new Request(url, init), { config, app, url, id })
      .catch((error) => answerFailure(error, config));
    await this.settled();
    return response;
  }

  // a round in which nothing has crossed and nobody was at work is the last
  async #quiet(): Promise<void> {
    for (;;) {
      this.#step();
      const before = this.#activity;
      await settlePromises();
      for (const client of this.#clients) await client.answered();
      for (const session of this.#registry.all()) await this.#idle(session);
      if (this.#activity === before) return;
    }
  }

  async #idle(session: Session): Promise<void> {
    try {
      await session.transact({}, () => {});
    } catch (error) {
      if (!session.destroyed) session.reportError(error);
    }
  }

  #step(): void {
    const now = this.clock.now();
    if (now !== this.#steppedAt) this.#steps = 0;
    this.#steppedAt = now;
    if (++this.#steps > MAX_STEPS) {
      this.#steps = 0;
      throw new Error("Cannot settle: callbacks keep setting off others, without end");
    }
  }
}

/** A callback's error goes to the client without what it says; the server's side of it says all. */
function isToldByServer(error: unknown): boolean {
  return error instanceof ClientError && error.code === "rejected" &&
    error.message.endsWith(PROTOCOL_ERRORS.callback_failed.publicText);
}
