/** The client of this package with Python's server. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import { Document } from "@bokeh/server";
import { ClientError, pullSession, pushSession } from "@bokeh/server/client";
import { ButtonClick } from "@bokeh/server/events";
import { Button, ColumnDataSource, Div, Slider } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { generateSessionId } from "../../session/credentials/session_id.ts";
import { PythonServer } from "./python_server.ts";
import { syncOf } from "../../document/document_sync.ts";

const APP = `
import numpy as np
from bokeh.io import curdoc
from bokeh.events import ButtonClick
from bokeh.models import Button, ColumnDataSource, Div, Slider
from bokeh.plotting import figure

doc = curdoc()
x = np.linspace(0, 1, 5)
source = ColumnDataSource(name="source", data=dict(x=x, y=x.astype("float32"), label=list("abcde")))
slider = Slider(name="slider", start=0, end=100, value=1, tags=[source])
twice = Div(name="twice", text="2")
button = Button(name="button", label="0")

def on_value(attr, old, new):
    if new == 13:
        raise RuntimeError("secret reason")
    twice.text = str(2 * new)
    if new == 50:
        doc.add_root(Div(name="fifty", text="reached"))
    if new == 60:
        source.stream(dict(x=[2.0], y=np.array([2.0], dtype="float32"), label=["z"]))

slider.on_change("value", on_value)
button.on_event(ButtonClick, lambda: setattr(button, "label", str(int(button.label) + 1)))
plot = figure(name="plot")
plot.line("x", "y", source=source)
arguments = {k: [v.decode() for v in vs] for k, vs in doc.session_context.request.arguments.items()}
doc.add_root(Div(name="arguments", text=str(arguments)))
for root in (slider, twice, button, plot):
    doc.add_root(root)
doc.title = "From Python"
`;

function slider(doc: Document): Slider {
  return doc.get_model_by_name<Slider>("slider");
}

Deno.test("pullSession: works with Python's server", async (t) => {
  await using server = await PythonServer.serve(APP);
  await using session = await pullSession({ url: server.url, arguments: { a: "1" } });
  const { document: doc } = session;

  await t.step("the document has arrived", () => {
    assertEquals(doc.title, "From Python");
    assertEquals(slider(doc).value, 1);
    assertEquals(doc.get_model_by_name<Div>("arguments").text, "{'a': ['1']}");
    const { data } = doc.get_model_by_name<ColumnDataSource>("source");
    assertEquals([...data.x!], [0, 0.25, 0.5, 0.75, 1]);
    assert(data.y instanceof Float32Array);
  });

  await t.step("changes by callbacks arrive", async () => {
    slider(doc).value = 21;
    await session.flushed();
    assertEquals(doc.get_model_by_name<Div>("twice").text, "42");
    slider(doc).value = 50;
    await session.flushed();
    assertEquals(doc.get_model_by_name<Div>("fifty").text, "reached");
  });

  await t.step("columns are streamed and patched in both directions", async () => {
    const source = doc.get_model_by_name<ColumnDataSource>("source");
    slider(doc).value = 60;
    await session.flushed();
    assertEquals([...source.data.label!].at(-1), "z");
    source.stream({ x: [3], y: [3], label: ["mine"] });
    source.patch({ label: [[0, "first"]] });
    await session.flushed();
    await using other = await pullSession({ url: server.url, sessionId: session.id });
    const { data } = other.document.get_model_by_name<ColumnDataSource>("source");
    assertEquals([...data.label!], ["first", "b", "c", "d", "e", "z", "mine"]);
  });

  await t.step("events of models are sent", async () => {
    const button = doc.get_model_by_name<Button>("button");
    syncOf(doc).sendEvent(new ButtonClick({ model: button }));
    await session.flushed();
    assertEquals(button.label, "1");
  });

  await t.step("an error of a callback rejects the change", async () => {
    slider(doc).value = 13;
    const error = await assertRejects(() => session.flushed(), ClientError);
    assertEquals(error.code, "rejected");
    await session.pull();
    assertEquals(slider(doc).value, 13);
  });

  await t.step("the version of the server is known", async () => {
    assertEquals((await session.requestServerInfo()).bokeh, "3.10.2");
  });
});

Deno.test("pushSession: pushes a document to Python's server", async () => {
  await using server = await PythonServer.serve(APP);
  const doc = new Document({ title: "Pushed" });
  const source = new ColumnDataSource({ name: "source", data: { x: Float64Array.of(1, 2), y: [3, 4] } });
  const plot = figure({ title: "ours" });
  plot.line({ x: "x", y: "y", source });
  doc.add_root(plot);
  doc.add_root(new Slider({ name: "slider", start: 0, end: 10, value: 3 }));
  await using session = await pushSession(doc, { url: server.url });
  await using other = await pullSession({ url: server.url, sessionId: session.id });
  assertEquals(other.document.title, "Pushed");
  slider(doc).value = 4;
  doc.add_root(new Div({ name: "later", text: "here" }));
  await session.flushed();
  await other.forceRoundtrip();
  assertEquals(slider(other.document).value, 4);
  assertEquals([...other.document.get_model_by_name<ColumnDataSource>("source").data.x!], [1, 2]);
  await other.pull();
  assertEquals(other.document.get_model_by_name<Div>("later").text, "here");
  slider(other.document).value = 5;
  await other.flushed();
  await session.forceRoundtrip();
  assertEquals(slider(doc).value, 5);
});

Deno.test("pullSession: rejects if Python's server refuses the token", async () => {
  await using server = await PythonServer.serve(APP, "--allow-websocket-origin", "dash.example.com");
  const origin = await assertRejects(
    () => pullSession({ url: server.url, headers: { Origin: "http://evil.example" } }),
    ClientError,
  );
  assertEquals([origin.code, origin.status], ["refused", 403]);
  const path = await assertRejects(() => pullSession({ url: server.url, app: "nothing" }), ClientError);
  assertEquals([path.code, path.status], ["refused", 404]);
  const token = await generateSessionId(); // not a token
  assertEquals((await assertRejects(() => pullSession({ url: server.url, token }), ClientError)).code, "refused");
});

Deno.test("pullSession: signs tokens for Python's server", async () => {
  const secretKey = "a key of this test alone, long enough";
  Deno.env.set("BOKEH_SECRET_KEY", secretKey);
  await using server = await PythonServer.serve(APP, "--session-ids", "signed");
  Deno.env.delete("BOKEH_SECRET_KEY");
  assertEquals((await assertRejects(() => pullSession({ url: server.url }), ClientError)).code, "refused");
  await using session = await pullSession({ url: server.url, secretKey });
  assertEquals(session.document.title, "From Python");
});

Deno.test("ClientSession: reconnects after Python's server was restarted", async () => {
  await using first = await PythonServer.serve(APP);
  const { promise: back, resolve } = Promise.withResolvers<void>();
  await using session = await pullSession({
    url: first.url,
    reconnect: { attempts: 600, firstMilliseconds: 50, maxMilliseconds: 50 },
    onReconnect: () => resolve(),
  });
  const mine = slider(session.document);
  mine.value = 7;
  await session.flushed();
  await first.kill();
  await using _second = await PythonServer.serve(APP, "--port", String(first.port));
  await Promise.race([back, session.closed]);
  assertEquals(mine.value, 1);
  mine.value = 8;
  await session.flushed();
  assertEquals(session.document.get_model_by_name<Div>("twice").text, "16");
});
