/**
 * An application under test, for several visitors of it.
 *
 * @module
 */

import type { Document } from "../document/document.ts";
import type { ManualClock } from "../common/manual_clock.ts";
import type { TestLog } from "./captured_logs.ts";
import { AppHost } from "./app_host.ts";
import type { TestRequest } from "./test_request.ts";
import type { TestSession } from "./test_session.ts";
import type { TestAppOptions, TestSource } from "./test_source.ts";

/** An application that is served to a test; see {@linkcode serveApp}. */
export class TestApp implements AsyncDisposable {
  readonly #host: AppHost;

  /** Is made by {@linkcode serveApp}. */
  constructor(host: AppHost) {
    this.#host = host;
  }

  /** The time of the application, which stands until its `tick` lets it go on. */
  get clock(): ManualClock {
    return this.#host.clock;
  }

  /** The documents of the living sessions, on the server. */
  get documents(): readonly Document[] {
    return this.#host.documents;
  }

  /** What the application threw, and what the server rejected. A test that ends without having looked at them fails. */
  get errors(): readonly unknown[] {
    return this.#host.errors;
  }

  /** What was logged, by the server or the application. */
  get logs(): readonly TestLog[] {
    return this.#host.logs;
  }

  /**
   * Opens a page of the application.
   *
   * @throws {ApplicationError} Where the application cannot fill its document; what it threw is the cause.
   */
  async open(request: TestRequest = {}): Promise<TestSession> {
    return await this.#host.open(request);
  }

  /** Resolves when everything has crossed, on all sessions; see {@linkcode TestSession.settled}. */
  async settled(): Promise<void> {
    await this.#host.settled();
  }

  /** Ends all: what was under way is waited for, hooks run, and an error that nobody looked at is thrown. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#host.dispose();
  }
}

/**
 * Serves an application to a test, for several visitors of it.
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
