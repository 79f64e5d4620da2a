/** Sessions of tests that are resumed. */

import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import type { Document } from "../document/document.ts";
import { Button, ColumnDataSource, Div, Slider } from "../models/mod.ts";
import { openSession } from "./open_session.ts";
import { serveApp } from "./serve_app.ts";

function counter(doc: Document): void {
  const state = doc.session_state({ clicks: 0 });
  const button = new Button({ label: "Count" });
  const text = new Div({ text: "0", name: "text" });
  button.on_click(() => text.text = `${++state.clicks}`);
  doc.add_root(button);
  doc.add_root(text);
  doc.add_root(new Div({ tags: [new ColumnDataSource({ data: { x: Float64Array.of(1, 2) } })] }));
}

Deno.test("resume() runs the application again, and keeps document, state, clients and their models", async () => {
  await using session = await openSession(counter, { user: "ada", arguments: { team: "blue" } });
  const other = await session.connect();
  const [button, text] = [session.doc.select_one(Button), session.doc.get_model_by_name<Div>("text")];
  await session.click(button);
  const before = session.serverDoc;
  assertEquals(await session.resume(), "exact");
  assertEquals(session.serverDoc === before, false);
  assertEquals(session.serverDoc.session_context!.resumed, true);
  assertEquals(session.serverDoc.session_context!.request!.user, "ada");
  assertEquals([text.text, session.connected, other.connected, session.ended], ["1", true, true, false]);
  await session.click(button);
  assertEquals(await session.resume(), "exact");
  await other.click(other.doc.select_one(Button));
  assertStrictEquals(session.doc.get_model_by_name("text"), text);
  assertEquals([text.text, other.doc.get_model_by_name<Div>("text").text], ["3", "3"]);
});

Deno.test("resume() returns adopted if the application function sets other values", async () => {
  let runs = 0;
  await using session = await openSession((doc) => doc.add_root(new Div({ text: `run ${++runs}` })));
  assertEquals(await session.resume(), "adopted");
  assertEquals(session.doc.select_one(Div).text, "run 1");
});

Deno.test("resume() names callbacks and timers that are lost", async () => {
  function app(doc: Document): void {
    const play = new Button({ label: "Play" });
    play.on_click(() => {
      doc.add_periodic_callback(function step() {}, 100);
      const more = new Button({ label: "More", name: "more" });
      more.on_click(() => {});
      doc.add_root(more);
      doc.select_one(Slider).on_change("value", () => {});
    });
    doc.add_root(play);
    doc.add_root(new Slider({ start: 0, end: 1, value: 0 }));
  }
  await using session = await openSession(app);
  await session.click(session.doc.select_one(Button));
  const error = await assertRejects(() => session.resume(), Error);
  assertEquals(error.message.replaceAll(/p\d+/g, "p").split("\n- "), [
    "Cannot resume session as it was:",
    "the callback on_change of Slider(p).value is lost: add it in doc.on_session_resumed",
    "the callback button_click of Button(p) is lost: add it in doc.on_session_resumed",
    "the periodic callback step, 100 ms is lost: add it in doc.on_session_resumed",
  ]);
});

Deno.test("resume() accepts callbacks that on_session_resumed restores", async () => {
  function app(doc: Document): void {
    const state = doc.session_state({ isPlaying: false });
    const play = new Button({ label: "Play" });
    const step = (): void => void (doc.title += ".");
    const start = (): void => void doc.add_periodic_callback(step, 100);
    play.on_click(() => {
      state.isPlaying = true;
      start();
    });
    doc.on_session_resumed(() => state.isPlaying && start());
    doc.add_root(play);
    doc.title = "";
  }
  await using session = await openSession(app);
  await session.click(session.doc.select_one(Button));
  await session.clock.tick(200);
  await session.resume();
  await session.clock.tick(100);
  assertEquals(session.doc.title, "...");
});

Deno.test("resume() names the models of an application function that creates others", async () => {
  let runs = 0;
  const session = await openSession((doc) => {
    if (++runs > 1) doc.add_root(new Slider({ start: 0, end: 1, value: 0 }));
    doc.add_root(new Div({ text: "text" }));
  });
  const error = await assertRejects(() => session.resume(), Error);
  assertEquals(error.message.replaceAll(/p\d+/g, "p").split("\n- ").slice(0, 2), [
    "Cannot resume session: the application function creates other models",
    `roots: ["p"] became ["p","p"]`,
  ]);
  await session[Symbol.asyncDispose]();
});

Deno.test("resume() moves one session of several, and sessions that were moved end as others do", async () => {
  const ended: string[] = [];
  await using app = await serveApp((doc) => {
    counter(doc);
    doc.on_session_destroyed(({ id }) => void ended.push(id));
  });
  const [ada, bob] = [await app.open({ sessionId: "ada" }), await app.open({ sessionId: "bob" })];
  await ada.resume();
  await bob.click(bob.doc.select_one(Button));
  await ada.click(ada.doc.select_one(Button));
  assertEquals(app.documents.length, 2);
  await ada.end();
  await bob.end();
  assertEquals(ended, ["ada", "bob"]);
});
