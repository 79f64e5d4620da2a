/**
 * Documents that a program has pushed, with pages as further clients.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { Document, serveBokeh } from "@bokeh/server";
import { pushSession } from "@bokeh/server/client";
import { Button, Div } from "@bokeh/server/models";
import { idOf } from "./kit/messages.ts";
import { WireClient } from "./kit/wire_client.ts";

/** Pushes a document with a button to a server, and connects two clients to it. */
async function push(doc: Document) {
  const stack = new AsyncDisposableStack();
  const server = stack.use(await serveBokeh({ "/app": () => {} }, { port: 0, hostname: "127.0.0.1" }));
  const session = stack.use(await pushSession(doc, { url: server.url, app: "/app" }));
  const pages = [await WireClient.connect(server.port, session.id), await WireClient.connect(server.port, session.id)];
  for (const page of pages) stack.use(page);
  return { session, page: pages[0]!, other: pages[1]!, dispose: () => stack.disposeAsync() };
}

Deno.test("pushSession: a click in a page runs on_click in the program only", async () => {
  const doc = new Document();
  const [button, text] = [new Button({ name: "button" }), new Div({ text: "0" })];
  const clicked = Promise.withResolvers<void>();
  button.on_click(() => {
    text.text = String(Number(text.text) + 1);
    clicked.resolve();
  });
  doc.add_root(button);
  doc.add_root(text);
  const { page, other, session, dispose } = await push(doc);
  const model = { id: idOf(await page.pull(), "button") };
  const values = { type: "map", entries: [["model", model]] };
  const data = { type: "event", name: "button_click", values };
  assertEquals(await page.patch({ kind: "MessageSent", msg_type: "bokeh_event", msg_data: data }), "OK");
  await clicked.promise;
  await session.flushed();
  const received = await other.next();
  assertEquals(received?.content.events, [{ kind: "ModelChanged", model: { id: text.id }, attr: "text", new: "1" }]);
  await dispose();
});

Deno.test("pushSession: messages between pages and the program keep their buffers", async () => {
  const doc = new Document();
  doc.add_root(new Div());
  const { page, other, session, dispose } = await push(doc);
  const received = Promise.withResolvers<unknown>();
  doc.on_message("question", received.resolve);
  const bytes = { type: "bytes", data: { id: "b1" } };
  const content = JSON.stringify({ events: [{ kind: "MessageSent", msg_type: "question", msg_data: bytes }] });
  const header = JSON.stringify({ msgid: "m1", msgtype: "PATCH-DOC", num_buffers: 1 });
  await page.send(header, "{}", content, JSON.stringify({ id: "b1" }), Uint8Array.of(1, 2, 3));
  assertEquals(new Uint8Array(await received.promise as ArrayBuffer), Uint8Array.of(1, 2, 3));
  doc.send_message("answer", "yes");
  await session.flushed();
  assertEquals((await other.next())?.content.events, [{ kind: "MessageSent", msg_type: "answer", msg_data: "yes" }]);
  await dispose();
});

Deno.test("pushSession: messages between pages and the server are not forwarded to the program or to other pages", async () => {
  const doc = new Document();
  doc.add_root(new Div());
  const { page, other, session, dispose } = await push(doc);
  const received: unknown[] = [];
  doc.on_message("bokeh_server", (content) => received.push(content));
  const asked = Promise.withResolvers<void>();
  doc.on_message("question", () => asked.resolve());
  await page.patch({ kind: "MessageSent", msg_type: "bokeh_server", msg_data: ["notify", "forged", "error"] });
  assertEquals(await page.patch({ kind: "MessageSent", msg_type: "question", msg_data: 1 }), "OK");
  await asked.promise;
  doc.send_message("bokeh_server", ["notify", "forged", "error"]);
  doc.send_message("answer", "yes");
  await session.flushed();
  assertEquals((await other.next())?.content.events, [{ kind: "MessageSent", msg_type: "answer", msg_data: "yes" }]);
  assertEquals(received, []);
  await dispose();
});

Deno.test("messages: those of a page do not reach other pages of an application's document", async () => {
  await using server = await serveBokeh({ "/app": () => {} }, { port: 0, hostname: "127.0.0.1" });
  using page = await WireClient.connect(server.port, "session");
  using other = await WireClient.connect(server.port, "session");
  assertEquals(await page.patch({ kind: "MessageSent", msg_type: "question", msg_data: 1 }), "OK");
  assertEquals(await page.patch({ kind: "TitleChanged", title: "after" }), "OK");
  assertEquals((await other.next())?.content.events, [{ kind: "TitleChanged", title: "after" }]);
});
