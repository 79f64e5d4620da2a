import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Button, Div, Slider } from "../../models/mod.ts";
import { openSession } from "../../testing/mod.ts";
import type { Document } from "../document.ts";

/** An application with a button that runs a callback, and a text. */
function withButton(callback: (doc: Document, text: Div) => unknown) {
  return (doc: Document) => {
    const button = new Button({ name: "button" });
    const text = new Div({ name: "text", text: "" });
    button.on_click(async () => await callback(doc, text));
    doc.add_root(button);
    doc.add_root(text);
  };
}

function textOf(doc: Document): string {
  return doc.get_model_by_name<Div>("text").text as string;
}

/** An application that asks before it deletes. */
const asking = withButton(async (doc, text) => {
  text.text = "asking";
  text.text = await doc.confirm("Delete 3 rows?", { ok: "Delete" }) ? "deleted" : "kept";
});

Deno.test("notifications: all clients show them, also those of the function that fills the document", async () => {
  await using session = await openSession((doc) => {
    withButton((doc) => doc.notifications.error("Failed"))(doc);
    doc.notifications.info("Welcome", { duration: 1000 });
  });
  await using other = await session.connect();
  await session.click(session.doc.select_one(Button));
  const failed = { type: "error", text: "Failed", duration: null };
  assertEquals(session.page.notifications, [{ type: "info", text: "Welcome", duration: 1000 }, failed]);
  assertEquals(other.page.notifications, [failed]);
  assertThrows(() => session.serverDoc.notifications.warning("a", { duration: 0 }), RangeError, "must be positive");
});

Deno.test("confirm: the callback continues with the answer", async () => {
  for (const [agrees, text] of [[true, "deleted"], [false, "kept"]] as const) {
    await using session = await openSession(asking);
    await session.click(session.doc.select_one(Button));
    assertEquals([session.page.question, textOf(session.doc)], ["Delete 3 rows?", "asking"]);
    await session.page.answer(agrees);
    assertEquals([session.page.question, textOf(session.doc)], [null, text]);
  }
});

Deno.test("confirm: only the page of the user who has clicked asks, and others can work meanwhile", async () => {
  await using session = await openSession(asking);
  await using other = await session.connect();
  await session.click(session.doc.select_one(Button));
  assertEquals([session.page.question, other.page.question], ["Delete 3 rows?", null]);
  await session.transact((doc) => void (doc.title = "changed"));
  assertEquals(other.doc.title, "changed");
  await other.set(other.doc.get_model_by_name<Div>("text"), "text", "by another");
  assertEquals(textOf(session.doc), "by another");
  await session.page.answer(true);
  assertEquals(textOf(other.doc), "deleted");
});

Deno.test("confirm: changes after the answer are one transaction", async () => {
  await using session = await openSession(withButton(async (doc, text) => {
    await doc.confirm("Sure?");
    await doc.session_context!.withLockedDocument(() => void (text.text = "a"));
    doc.title = "b";
  }));
  await session.click(session.doc.select_one(Button));
  const before = session.patches.received.length;
  await session.page.answer(true);
  assertEquals([textOf(session.doc), session.doc.title], ["a", "b"]);
  assertEquals(session.patches.received.slice(before).map((events) => events.map(({ kind }) => kind)), [
    ["ModelChanged", "TitleChanged"],
  ]);
});

Deno.test("confirm: several questions of one callback are asked one after the other, and together", async () => {
  await using session = await openSession(withButton(async (doc, text) => {
    const first = await doc.confirm("One?");
    const others = await Promise.all([doc.confirm("Two?"), doc.confirm("Three?")]);
    text.text = [first, ...others].join();
  }));
  await session.click(session.doc.select_one(Button));
  for (const [question, agrees] of [["One?", true], ["Two?", false], ["Three?", true]] as const) {
    assertEquals(session.page.question, question);
    await session.page.answer(agrees);
  }
  assertEquals(textOf(session.doc), "true,false,true");
});

Deno.test("confirm: a callback without a client asks all, and the first answer decides", async () => {
  await using session = await openSession(asking);
  await using other = await session.connect();
  let answer: boolean | undefined;
  await session.transact((doc) => void doc.confirm("All?").then((agrees) => answer = agrees));
  assertEquals([session.page.question, other.page.question], ["All?", "All?"]);
  await other.page.answer(true);
  assertEquals([answer, session.page.question], [true, null]);
  await assertRejects(() => session.page.answer(false), Error, "no question");
});

Deno.test("confirm: a page that is closed and a session that is destroyed answer false", async () => {
  await using session = await openSession(asking);
  const other = await session.connect();
  await other.click(other.doc.select_one(Button));
  await other.disconnect();
  assertEquals(textOf(session.doc), "kept");
  let answer: boolean | undefined;
  await session.transact((doc) => void doc.confirm("All?").then((agrees) => answer = agrees));
  await session.end();
  assertEquals(answer, false);
  assertEquals(await session.serverDoc.confirm("Late?"), false);
});

Deno.test("confirm: answers of clients that were not asked, and invented ones, have no effect", async () => {
  await using session = await openSession(asking);
  await using other = await session.connect();
  await session.click(session.doc.select_one(Button));
  const sent = session.patches.received.flat().find(({ msg_type }) => msg_type === "bokeh_server");
  const id = (sent!.msg_data as string[])[1]!;
  for (const content of [["answer", id, "true"], ["answer", "x", "true"], ["answer"]]) {
    await other.message("bokeh_server", content);
    assertEquals([textOf(session.doc), session.page.question], ["asking", "Delete 3 rows?"]);
  }
  await assertRejects(() => other.message("bokeh_server", ["answer", 1]), Error, "must be a list");
  await session.page.answer(false);
});

Deno.test("confirm: a client cannot open any number of questions", async () => {
  await using session = await openSession(withButton(() => {}));
  const { serverDoc } = session;
  for (let i = 0; i < 1000; i++) void serverDoc.confirm("Again?");
  const { promise: answer, resolve } = Promise.withResolvers<boolean>();
  const refused = assertRejects(
    () => Promise.race([serverDoc.confirm("Again?"), answer]),
    RangeError,
    "Cannot ask: 1000 questions have no answer yet",
  );
  setImmediate(() => resolve(true));
  await refused;
});

Deno.test("confirm: an error after the answer is reported", async () => {
  await using session = await openSession(withButton(async (doc) => {
    if (await doc.confirm("Sure?")) throw new Error("Too late");
  }));
  await session.click(session.doc.select_one(Button));
  await assertRejects(() => session.page.answer(true), Error, "Too late");
  await session.click(session.doc.select_one(Button));
  assertEquals(session.page.question, "Sure?");
});

Deno.test("confirm: the other callbacks of the same patch do not wait for the answer", async () => {
  await using session = await openSession((doc) => {
    const slider = new Slider({ name: "slider", start: 0, end: 10, value: 0 });
    const text = new Div({ name: "text", text: "" });
    slider.on_change("start", async (_attr, _old, start) => {
      if (await doc.confirm(`Start at ${start}?`)) text.text += ` start ${start}`;
    });
    slider.on_change("end", async (_attr, _old, end) => {
      text.text += ` end ${end}`;
      await Promise.resolve();
      slider.value = end; // an older value must not replace a newer one
    });
    for (const root of [slider, text]) doc.add_root(root);
  });
  await using other = await session.connect();
  const sliders = [session.doc, other.doc, session.serverDoc].map((doc) => doc.get_model_by_name<Slider>("slider"));
  session.doc.hold("collect");
  sliders[0]!.start = 1;
  sliders[0]!.end = 20;
  session.doc.unhold();
  await session.settled();
  assertEquals([session.patches.sent.map((events) => events.length), session.page.question], [[2], "Start at 1?"]);
  await other.set(sliders[1]!, "end", 30);
  await session.page.answer(true);
  for (const doc of [session.doc, other.doc, session.serverDoc]) assertEquals(textOf(doc), " end 20 end 30 start 1");
  for (const { start, end, value } of sliders) assertEquals([start, end, value], [1, 30, 30]);
});

Deno.test("page: copies, prints and shows full screen in the page of the user", async () => {
  await using session = await openSession(withButton((doc, text) => {
    doc.page.copy("text");
    doc.page.print();
    doc.page.fullscreen(text);
  }));
  await using other = await session.connect();
  await session.click(session.doc.select_one(Button));
  const { clipboard, prints, fullscreen } = session.page;
  assertEquals([clipboard, prints, fullscreen], ["text", 1, session.doc.get_model_by_name("text")]);
  assertEquals([other.page.clipboard, other.page.prints, other.page.fullscreen], [null, 0, null]);
  await session.transact((doc) => doc.page.fullscreen(null));
  assertEquals(session.page.fullscreen, null);
});
