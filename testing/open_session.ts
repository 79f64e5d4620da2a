/**
 * Opening a session of an application in a test.
 *
 * @module
 */

import { AppHost } from "./app_host.ts";
import type { TestAppOptions, TestRequest, TestSource } from "./test_options.ts";
import { openTestSession, type TestSession } from "./test_session.ts";

/**
 * Options of {@linkcode openSession}: the request that opens the session, and the options of the
 * application.
 */
export interface OpenSessionOptions extends TestRequest, TestAppOptions {}

/**
 * Starts an application in this process and opens a session of it, as a browser does. The session,
 * the request and the protocol are those of the server, but there is no port. Use `serveApp` for
 * tests with several users.
 *
 * The application's clock stands still until the test advances it: see
 * {@linkcode TestSession.clock}. An error of the application that the test does not read fails the
 * test.
 *
 * @param source The application: a function, the path or URL of a module or a folder, or an
 * `Application`.
 * @throws {ApplicationError} If the application fails to fill its document. The error's cause is
 * what it threw.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import type { Document } from "@bokeh/server";
 * import { Div, Slider } from "@bokeh/server/models";
 * import { openSession } from "@bokeh/server/testing";
 *
 * function app(doc: Document): void {
 *   const slider = new Slider({ name: "freq", start: 0, end: 10, value: 1 });
 *   const text = new Div({ name: "text" });
 *   slider.on_change("value", (_attr, _old, value) => text.text = `${value} Hz`);
 *   doc.add_root(slider);
 *   doc.add_root(text);
 * }
 *
 * Deno.test("the text follows the slider", async () => {
 *   await using session = await openSession(app);
 *   const { doc } = session;
 *   doc.get_model_by_name<Slider>("freq").value = 2;
 *   await session.settled();
 *   assertEquals(doc.get_model_by_name<Div>("text").text, "2 Hz");
 * });
 * ```
 */
export async function openSession(source: TestSource, options: OpenSessionOptions = {}): Promise<TestSession> {
  const host = await AppHost.start(source, options);
  try {
    return await openTestSession(host, options, { dispose: () => host.dispose() });
  } catch (error) {
    // the error that is thrown says why; those of disposal only follow from it
    await host.dispose().catch(() => {});
    throw error;
  }
}
