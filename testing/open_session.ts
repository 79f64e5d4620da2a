import { AppHost } from "./app_host.ts";
import type { TestAppOptions, TestSource } from "./test_source.ts";
import type { TestRequest } from "./test_request.ts";
import type { TestSession } from "./test_session.ts";

/** Options of {@linkcode openSession}: the visitor, and what its application is started with. */
export interface OpenSessionOptions extends TestRequest, TestAppOptions {}

/**
 * Runs an application in this process and opens a session of it, as a browser does: sessions, tokens' contents and protocol
 * are the real ones, only that there is no port.
 *
 * @param source The application: a function, a path of a module or a directory, or an `Application`.
 * @throws {ApplicationError} Where the application cannot fill its document; what it threw is the cause.
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
    return await host.open(options, { dispose: () => host.dispose() });
  } catch (error) {
    await host.dispose().catch(() => {});
    throw error;
  }
}
