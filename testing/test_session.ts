/**
 * A session under test, and the first browser that looks at it.
 *
 * @module
 */

import type { Document } from "../document/document.ts";
import type { ManualClock } from "../common/manual_clock.ts";
import type { Session } from "../session/session.ts";
import type { TestLog } from "./captured_logs.ts";
import { TestClient, type TestClientOptions } from "./test_client.ts";

/** The application that a session is of. */
export interface TestHost {
  /** The clock of the application, which the test moves. */
  readonly clock: ManualClock;
  /** What went wrong and was not looked at yet. */
  readonly errors: readonly unknown[];
  /** What was logged. */
  readonly logs: readonly TestLog[];
  /** What a client of a session needs. */
  clientOptions(session: Session): TestClientOptions;
  /** Connects a client. */
  join(client: TestClient): Promise<void>;
  /** Ends a session, after its clients have gone. */
  end(session: Session): Promise<void>;
}

/** Options of {@linkcode TestSession}. */
export interface TestSessionOptions {
  /** Ends the application when the session is disposed of; otherwise only the browser's tab is closed. */
  dispose?: (() => Promise<void>) | undefined;
}

/** A session under test, and the first browser that looks at it. */
export class TestSession extends TestClient {
  readonly #host: TestHost;
  readonly #session: Session;
  readonly #dispose: (() => Promise<void>) | undefined;

  /** Is not connected yet; `openSession` makes those that are. */
  constructor(host: TestHost, session: Session, options: TestSessionOptions = {}) {
    super(host.clientOptions(session));
    this.#host = host;
    this.#session = session;
    this.#dispose = options.dispose;
  }

  /** The server's own document, to compare with. Change it in {@linkcode TestSession.transact} only. */
  get serverDoc(): Document {
    return this.#session.document;
  }

  /** The time of the application: `await session.clock.tick(1000)` runs what falls due in the next second, and waits for it. */
  get clock(): ManualClock {
    return this.#host.clock;
  }

  /** What the application threw, and what the server rejected. A test that ends without having looked at them fails. */
  get errors(): readonly unknown[] {
    return this.#host.errors;
  }

  /** What was logged, by the server or the application. */
  get logs(): readonly TestLog[] {
    return this.#host.logs;
  }

  /** Whether the session has ended on the server. */
  get ended(): boolean {
    return this.#session.destroyed;
  }

  /** Opens the session in one more browser. */
  async connect(): Promise<TestClient> {
    const client = new TestClient(this.#host.clientOptions(this.#session));
    await this.#host.join(client);
    return client;
  }

  /** Changes the server's document from outside of its application, as an administrator may; resolves when it has crossed. */
  async transact(change: (doc: Document) => void | Promise<void>): Promise<void> {
    await this.#session.transact({}, () => change(this.#session.document));
    await this.settled();
  }

  /** Ends the session as the server ends one that nobody looks at any more, with the callbacks and hooks of its end. */
  async end(): Promise<void> {
    await this.#host.end(this.#session);
  }

  /** Ends the session and its application; of an application that was served by itself, only closes the browser's tab. */
  override async [Symbol.asyncDispose](): Promise<void> {
    await (this.#dispose?.() ?? super[Symbol.asyncDispose]());
  }
}
