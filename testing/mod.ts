/**
 * Tests of applications, without a browser and without a port. The application, its sessions and
 * the protocol run in the process of the test; a second document stands for the browser.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Button, Div } from "@bokeh/server/models";
 * import { openSession } from "@bokeh/server/testing";
 *
 * await using session = await openSession((doc) => {
 *   const button = new Button({ label: "Count" });
 *   const count = new Div({ text: "0" });
 *   button.on_click(() => count.text = String(Number(count.text) + 1));
 *   doc.add_root(button);
 *   doc.add_root(count);
 * });
 *
 * await session.click(session.doc.select_one(Button));
 *
 * assertEquals(session.doc.select_one(Div).text, "1");
 * ```
 *
 * @module
 */

export type { ResumeOutcome } from "../session/persistence/resume.ts";
export type { Clock, TimerId } from "../common/clock.ts";
export type { LongTimer } from "../common/long_timer.ts";
export type { ManualClock } from "../common/manual_clock.ts";
export type { TestLog } from "./captured_logs.ts";
export { openSession, type OpenSessionOptions } from "./open_session.ts";
export { replay, type ReplayOptions, type ReplayReport } from "./replay.ts";
export type { RecordingOptions, RecordOption } from "../session/recording/recording.ts";
export { serveApp, type TestApp } from "./serve_app.ts";
export type { TestClient, TestPatches, TestPatchEvent } from "./test_client.ts";
export type { TestNotification, TestPage } from "./test_page.ts";
export type { TestLocation } from "./test_location.ts";
export type { TestAppOptions, TestRequest, TestSource } from "./test_options.ts";
export type { TestSession } from "./test_session.ts";
