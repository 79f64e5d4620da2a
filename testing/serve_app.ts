/**
 * An application under test with several users.
 *
 * @module
 */

import type { Document } from "../document/document.ts";
import type { ManualClock } from "../common/manual_clock.ts";
import type { TestLog } from "./captured_logs.ts";
import { AppHost } from "./app_host.ts";
import type { TestAppOptions, TestRequest, TestSource } from "./test_options.ts";
import { openTestSession, type TestSession } from "./test_session.ts";

/** An application under test, which {@linkcode serveApp} has started. */
export class TestApp implements AsyncDisposable {
  readonly #host: AppHost;

  /** See {@linkcode serveApp}. */
  constructor(host: AppHost) {
    this.#host = host;
  }

  /**
   * Clock of the application. Its time advances only with `tick`, whose argument is in
   * milliseconds.
   */
  get clock(): ManualClock {
    return this.#host.clock;
  }

  /** The server's documents of the open sessions. */
  get documents(): readonly Document[] {
    return this.#host.documents;
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

  /**
   * Opens a session of the application.
   *
   * @param request The user and the request that open the session.
   * @throws {ApplicationError} If the application fails to fill its document. The error's cause is
   * what it threw.
   */
  async open(request: TestRequest = {}): Promise<TestSession> {
    return await openTestSession(this.#host, request);
  }

  /** Waits until all sessions have settled: see {@linkcode TestSession.settled}. */
  async settled(): Promise<void> {
    await this.#host.settled();
  }

  /**
   * Waits for running callbacks, destroys all sessions, and runs the application's hooks.
   *
   * @throws The errors that the test has not read.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#host.dispose();
  }
}

/**
 * Starts an application in this process, without a port, and lets a test open several sessions of
 * it.
 *
 * @param source The application: a function, the path or URL of a module or a folder, or an
 * `Application`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { serveApp } from "@bokeh/server/testing";
 * import { Slider } from "@bokeh/server/models";
 *
 * await using app = await serveApp((doc) => doc.add_root(new Slider({ start: 0, end: 9, value: 1 })));
 * await using ada = await app.open({ user: "ada" });
 * await using bob = await app.open({ user: "bob" });
 *
 * await ada.set(ada.doc.select_one(Slider), "value", 3);
 *
 * assertEquals(ada.serverDoc.select_one(Slider).value, 3);
 * assertEquals(bob.serverDoc.select_one(Slider).value, 1);
 * ```
 */
export async function serveApp(source: TestSource, options: TestAppOptions = {}): Promise<TestApp> {
  return new TestApp(await AppHost.start(source, options));
}
