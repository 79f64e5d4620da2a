/**
 * A session under test with its first client.
 *
 * @module
 */

import type { ManualClock } from "../common/manual_clock.ts";
import type { Document } from "../document/document.ts";
import type { ResumeOutcome } from "../session/persistence/resume.ts";
import type { Session } from "../session/session.ts";
import type { AppHost } from "./app_host.ts";
import type { TestLog } from "./captured_logs.ts";
import { contentOf, differencesFrom } from "./session_content.ts";
import { TestClient } from "./test_client.ts";
import type { TestRequest } from "./test_options.ts";

/** Options of {@linkcode TestSession}. */
export interface TestSessionOptions {
  /** Called when the session is disposed of. By default only the client is closed. */
  dispose?: (() => Promise<void>) | undefined;
}

/**
 * A session under test with its first client. `openSession` and `serveApp` create it.
 *
 * The class is a {@linkcode TestClient}: it acts as the browser of the user who opened the session.
 * It also gives access to the server's side: its document, clock, errors and logs.
 */
export class TestSession extends TestClient {
  readonly #host: AppHost;
  #session: Session;
  readonly #dispose: (() => Promise<void>) | undefined;

  /** Creates a session whose client is not connected: see {@linkcode openTestSession}. */
  constructor(host: AppHost, session: Session, options: TestSessionOptions = {}) {
    super(host.clientOptions(session));
    this.#host = host;
    this.#session = session;
    this.#dispose = options.dispose;
  }

  /**
   * The server's document. Tests may read it at any time, and change it in
   * {@linkcode TestSession.transact}.
   */
  get serverDoc(): Document {
    return this.#session.document;
  }

  /**
   * Clock of the application. Its time advances only with `tick`: `await session.clock.tick(1000)`
   * runs the timeouts and periodic callbacks of the next second, and waits for them.
   */
  get clock(): ManualClock {
    return this.#host.clock;
  }

  /**
   * Errors that the application has thrown, and errors of changes that the server has rejected.
   * Reading this property marks them as read: a test that ends with unread errors fails.
   */
  get errors(): readonly unknown[] {
    return this.#host.errors;
  }

  /** Log records of the server and the application since the application was loaded. */
  get logs(): readonly TestLog[] {
    return this.#host.logs;
  }

  /** Whether the server has destroyed the session. */
  get ended(): boolean {
    return this.#session.destroyed;
  }

  /** Joins the session with a further client, as a second browser does. */
  async connect(): Promise<TestClient> {
    const client = new TestClient(this.#host.clientOptions(this.#session));
    await this.#host.join(client);
    return client;
  }

  /**
   * Changes the server's document in a transaction, as `updateSessions` of the server does.
   * Resolves when the changes have reached all clients.
   */
  async transact(change: (doc: Document) => void | Promise<void>): Promise<void> {
    await this.#session.transact({}, () => change(this.#session.document));
    await this.settled();
  }

  /**
   * Resumes the session in another process's stead, as after a restart of a server with a session
   * store: releases it, runs the application function again, and restores the stored changes. Its
   * clients connect again, and keep their documents and models.
   *
   * The application's modules are not loaded again: variables of a module keep their values, and
   * lose them in a real restart.
   *
   * @returns `exact` if the application function created the same document as before, `adopted` if
   * other values, which the stored ones replaced.
   * @throws {Error} If the session is not as it was before: callbacks or timers are missing, or the
   * application function creates other models. The message lists all differences.
   */
  async resume(): Promise<ResumeOutcome> {
    const before = contentOf(this.#session);
    const { session, outcome } = await this.#host.resume(this.#session);
    this.#session = session;
    const differences = differencesFrom(before, session, this.#host.restoresCallbacks(session));
    if (differences.length > 0) throw new Error(["Cannot resume session as it was:", ...differences].join("\n- "));
    return outcome;
  }

  /**
   * Disconnects all clients and destroys the session, as the server does with unused sessions. Runs
   * `on_session_destroyed` callbacks and the hook `onSessionDestroyed`.
   */
  async end(): Promise<void> {
    await this.#host.expire(this.#session);
  }

  /**
   * Ends the application that `openSession` has started. A session of `serveApp` only closes its
   * client.
   */
  override async [Symbol.asyncDispose](): Promise<void> {
    await (this.#dispose?.() ?? super[Symbol.asyncDispose]());
  }
}

/** Opens a session of an application and connects its first client. */
export async function openTestSession(
  host: AppHost,
  request: TestRequest,
  options: TestSessionOptions = {},
): Promise<TestSession> {
  const session = new TestSession(host, await host.openSession(request), options);
  await host.join(session);
  return session;
}
