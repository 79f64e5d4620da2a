import { assertEquals, assertFalse } from "@std/assert";
import { ColumnDataSource, Div, Slider } from "../../models/gen/classes.ts";
import { InProcessClient, makeRegistry } from "../session_test_support.ts";

async function open() {
  const slider = new Slider({ start: 0, end: 100, value: 0 });
  const source = new ColumnDataSource({ data: { x: [1] } });
  const div = new Div({ tags: [source] });
  const { registry, clock } = makeRegistry((doc) => {
    doc.add_root(slider);
    doc.add_root(div);
  });
  const session = await registry.getOrCreate("s");
  const client = new InProcessClient(session);
  client.pull();
  return { clock, session, client, slider, source, div, doc: session.document };
}

Deno.test("Session sends a client the final value when both have set it", async () => {
  const { session, client, slider, clock } = await open();
  await session.transact({}, () => void (slider.value = 1));
  client.set(slider, "value", 3); // before it can have received the 1
  await clock.tick(99);
  client.take();
  await clock.tick(1);
  assertEquals(client.takeEvents(), [{ kind: "ModelChanged", model: { id: slider.id }, attr: "value", new: 3 }]);
  await clock.tick(10_000);
  assertEquals(client.takeEvents(), []);
});

Deno.test("Session sends whole columns when its stream has crossed a client's stream", async () => {
  const { session, client, source, clock } = await open();
  await session.transact({}, () => source.stream({ x: [2] }));
  client.take();
  client.send("PATCH-DOC", {
    events: [{
      kind: "ColumnsStreamed",
      model: { id: source.id },
      attr: "data",
      data: { type: "map", entries: [["x", [3]]] },
      rollover: null,
    }],
  });
  await clock.tick(200);
  const [event] = client.takeEvents();
  const data = { type: "map", entries: [["x", [1, 2, 3]]] };
  assertEquals(event, { kind: "ColumnDataChanged", model: { id: source.id }, attr: "data", data, cols: null });
});

Deno.test("Session sends a client the final title when both have set it", async () => {
  const { client, doc, clock } = await open();
  doc.title = "mine";
  await clock.tick();
  client.take();
  client.send("PATCH-DOC", { events: [{ kind: "TitleChanged", title: "theirs" }] });
  await clock.tick(200);
  assertEquals(client.takeEvents(), [{ kind: "TitleChanged", title: "theirs" }]);
});

Deno.test("Session sends a lagging client only the current values when it has caught up", async () => {
  const { session, client, slider, source, div, clock } = await open();
  client.port.bufferedAmount = 2 * 1024 * 1024;
  const before = client.port.frames.length;
  for (let i = 1; i <= 1_000; i++) {
    await session.transact({}, () => {
      slider.value = i % 100;
      source.stream({ x: [i] }, 3);
    });
  }
  await session.transact({}, () => {
    div.tags = [source, new Div({ name: "new" })];
  });
  await session.transact({}, () => void (slider.value = 42));
  assertEquals(client.port.frames.length, before);
  client.port.bufferedAmount = 0;
  await clock.tick(100);
  const events = client.takeEvents();
  assertEquals(events.map((event) => event.kind), ["ModelChanged", "ModelChanged", "ColumnDataChanged"]);
  const [tags, value, data] = events;
  assertEquals(tags && "attr" in tags && tags.attr, "tags");
  assertEquals(value, { kind: "ModelChanged", model: { id: slider.id }, attr: "value", new: 42 });
  assertEquals(data && "data" in data && data.data, { type: "map", entries: [["x", [998, 999, 1_000]]] });
  await session.transact({}, () => void (slider.value = 43));
  assertEquals(client.takeEvents().length, 1);
  assertFalse(clock.pending > 0);
});

Deno.test("Session closes the connection of a client that receives nothing, and serves the others", async () => {
  const { session, client, slider, clock } = await open();
  const other = new InProcessClient(session);
  other.take();
  client.port.bufferedAmount = 2 * 1024 * 1024;
  await session.transact({}, () => void (slider.value = 1));
  await clock.tick(10_100);
  assertEquals(client.port.closedWith?.[0], 1013);
  assertEquals(other.takeEvents().length, 1);
  assertEquals(session.subscribers.size, 1);
  assertEquals(clock.pending, 0);
});
