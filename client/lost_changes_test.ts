/**
 * Changes that a client makes without a connection, or before the reply to its pull: with real
 * websockets.
 */

import { assertEquals, assertStrictEquals } from "@std/assert";
import { type BokehServer, Document, serveBokeh } from "@bokeh/server";
import { type ClientSession, pullSession, pushSession } from "@bokeh/server/client";
import { Column, ColumnDataSource, Div, Slider } from "@bokeh/server/models";
import type { Connection } from "../session/connection/connection.ts";
import { eventually } from "../tests/kit/eventually.ts";

function app(doc: Document): void {
  const source = new ColumnDataSource({ name: "source", data: { x: [1] } });
  const slider = new Slider({ name: "slider", start: 0, end: 10, value: 1 });
  doc.add_root(new Column({ name: "column", children: [slider], tags: [source] }));
}

/** Closes the connections of a session, and resolves when the client has lost its own. */
async function drop(server: BokehServer, session: ClientSession): Promise<void> {
  for (const subscriber of server.getSession("/", session.id).subscribers) {
    (subscriber as Connection).close("going_away");
  }
  await eventually(() => !session.connected);
}

/** Makes every kind of change that a client can make. Returns a model that the changes add. */
function change(doc: Document): Div {
  const made = new Div({ text: "made offline" });
  doc.get_model_by_name<Slider>("slider").value = 7;
  const source = doc.get_model_by_name<ColumnDataSource>("source");
  source.stream({ x: [2, 3] });
  source.patch({ x: [[0, 9]] });
  doc.title = "offline";
  const column = doc.get_model_by_name<Column>("column");
  column.children = [made];
  doc.add_root(new Div({ name: "root", text: "new root" }));
  made.text = "changed offline";
  doc.send_message("note", { sent: true });
  return made;
}

function assertChanged(doc: Document): void {
  assertEquals(doc.title, "offline");
  assertEquals(doc.get_model_by_name<ColumnDataSource>("source").data.x, [9, 2, 3]);
  assertEquals((doc.get_model_by_name<Column>("column").children as Div[]).map(({ text }) => text), [
    "changed offline",
  ]);
  assertEquals(doc.get_model_by_name<Div>("root").text, "new root");
}

for (const way of ["pull", "push"] as const) {
  Deno.test(`changes of a client without a connection are sent after the reconnection (${way})`, async () => {
    const messages: unknown[] = [];
    const fill = (doc: Document) => {
      doc.on_message("note", (data) => messages.push(data));
      if (way === "pull") app(doc);
    };
    await using server = await serveBokeh({ "/": fill }, { port: 0 });
    const doc = new Document();
    app(doc);
    const options = { url: server.url, reconnect: { firstMilliseconds: 300 } };
    await using session = await (way === "pull" ? pullSession(options) : pushSession(doc, options));
    await drop(server, session);
    const made = change(session.document);
    await session.flushed();
    await session.forceRoundtrip();
    assertChanged(session.document);
    assertChanged(server.getSession("/", session.id).document);
    assertStrictEquals(made.document, session.document);
    assertEquals(messages, [{ __proto__: null, sent: true }]);
  });
}

Deno.test("changes that the server makes while a client is not connected are kept, and so are those of the client", async () => {
  await using server = await serveBokeh({ "/": app }, { port: 0 });
  await using session = await pullSession({ url: server.url, reconnect: { firstMilliseconds: 300 } });
  const onServer = server.getSession("/", session.id).document;
  await drop(server, session);
  onServer.get_model_by_name<ColumnDataSource>("source").stream({ x: [100] });
  onServer.title = "of the server";
  session.document.get_model_by_name<ColumnDataSource>("source").stream({ x: [200] });
  await session.flushed();
  await session.forceRoundtrip();
  for (const doc of [onServer, session.document]) {
    assertEquals(doc.get_model_by_name<ColumnDataSource>("source").data.x, [1, 100, 200]);
    assertEquals(doc.title, "of the server");
  }
});

Deno.test("changes between a pull and its reply are kept on both sides", async () => {
  await using server = await serveBokeh({ "/": app }, { port: 0 });
  await using session = await pullSession({ url: server.url });
  for (let i = 0; i < 3; i++) {
    const pulled = session.pull();
    await Promise.resolve(); // the request has been sent
    session.document.title = `title ${i}`;
    session.document.get_model_by_name<ColumnDataSource>("source").stream({ x: [i] });
    await pulled;
    await session.forceRoundtrip();
  }
  for (const doc of [server.getSession("/", session.id).document, session.document]) {
    assertEquals(doc.title, "title 2");
    assertEquals(doc.get_model_by_name<ColumnDataSource>("source").data.x, [1, 0, 1, 2]);
  }
});
