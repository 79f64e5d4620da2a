/**
 * The order of callbacks and the locks of sessions, over real sockets.
 *
 * @module
 */

import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { type Document, serveBokeh, type ServeBokehOptions, type Session, type SessionContext } from "@bokeh/server";
import { Button, Column, Div, Slider } from "@bokeh/server/models";
import { idOf, type Json } from "./kit/messages.ts";
import { WireClient } from "./kit/wire_client.ts";

/** Waits for one turn of the event loop. */
function turn(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, 1));
}

interface Served extends AsyncDisposable {
  readonly client: WireClient;
  readonly port: number;
  readonly url: string;
  readonly doc: Document;
  readonly sync: Session["sync"];
  readonly wire: Json;
  readonly errors: { message: string; during: string }[];
}

/** Serves an application and connects a client to a session of it. */
async function open(fill: (doc: Document) => void, options: ServeBokehOptions = {}): Promise<Served> {
  const errors: Served["errors"] = [];
  const server = await serveBokeh({ "/app": fill }, {
    port: 0,
    hostname: "127.0.0.1",
    onError: (error, { during }) => errors.push({ message: String(error), during }),
    ...options,
  });
  const client = await WireClient.connect(server.port, "session");
  return {
    client,
    port: server.port,
    url: server.url,
    errors,
    doc: server.getSession("/app", "session").document,
    sync: server.getSession("/app", "session").sync,
    wire: await client.pull(),
    async [Symbol.asyncDispose]() {
      client.close();
      await server.stop();
    },
  };
}

function change(served: Served, name: string, attr: string, value: unknown): Json {
  return { kind: "ModelChanged", model: { id: idOf(served.wire, name) }, attr, new: value };
}

function click(served: Served, name: string): Json {
  const model = { id: idOf(served.wire, name) };
  const values = { type: "map", entries: [["model", model]] };
  return {
    kind: "MessageSent",
    msg_type: "bokeh_event",
    msg_data: { type: "event", name: "button_click", values },
  };
}

/** Records when callbacks start and end, and fails if two of them overlap. */
function recorder() {
  const log: string[] = [];
  const work = async (name: string) => {
    log.push(`${name} starts`);
    await turn();
    log.push(`${name} ends`);
  };
  return { log, work };
}

Deno.test("async callbacks: those of one patch run in sequence, in the order of its events", async () => {
  const { log, work } = recorder();
  await using served = await open((doc) => {
    const [a, b] = ["a", "b"].map((name) => new Slider({ name, start: 0, end: 9, value: 1 }));
    a!.on_change("value", async () => await work("a"));
    a!.on_change("value", () => work("second of a"));
    b!.on_change("value", () => work("b"));
    b!.on_change("value", () => log.push("synchronous b"));
    doc.add_root(a!);
    doc.add_root(b!);
  });
  assertEquals(await served.client.patch(change(served, "a", "value", 2), change(served, "b", "value", 3)), "OK");
  const names = ["a", "second of a", "b"];
  assertEquals(log, [...names.flatMap((name) => [`${name} starts`, `${name} ends`]), "synchronous b"]);
});

Deno.test("async callbacks: four clicks in one patch run in sequence and lose no update", async () => {
  let running = 0;
  let most = 0;
  let total = 0;
  await using served = await open((doc) => {
    const button = new Button({ name: "button" });
    button.on_click(async () => {
      most = Math.max(most, ++running);
      const before = total;
      await turn();
      total = before + 1;
      running--;
    });
    doc.add_root(button);
  });
  const once = click(served, "button");
  assertEquals(await served.client.patch(once, once, once, once), "OK");
  assertEquals([total, most], [4, 1]);
});

Deno.test("async callbacks: those that a callback triggers run in sequence; synchronous ones run at once", async () => {
  const { log, work } = recorder();
  await using served = await open((doc) => {
    const [cause, a, b, text] = [new Button({ name: "cause" }), new Div(), new Div(), new Div()];
    a.on_change("text", async () => await work("a"));
    b.on_change("text", async () => await work("b"));
    text.on_change("text", () => log.push("synchronous"));
    cause.on_click(() => {
      a.text = b.text = text.text = "changed";
      log.push("cause ends");
    });
    for (const root of [cause, a, b, text]) doc.add_root(root);
  });
  assertEquals(await served.client.patch(click(served, "cause")), "OK");
  assertEquals(log, ["synchronous", "b starts", "cause ends", "b ends", "a starts", "a ends"]);
});

Deno.test("async callbacks: a callback can wait for one that its own change triggers", async () => {
  let effect = "";
  await using served = await open((doc) => {
    const [cause, text] = [new Button({ name: "cause" }), new Div({ text: "" })];
    const changed = Promise.withResolvers<void>();
    text.on_change("text", async () => {
      await turn();
      changed.resolve();
    });
    cause.on_click(async () => {
      await turn();
      text.text = "changed";
      await changed.promise;
      effect = text.text;
    });
    for (const root of [cause, text]) doc.add_root(root);
  });
  assertEquals(await served.client.patch(click(served, "cause")), "OK");
  assertEquals(effect, "changed");
});

Deno.test("async callbacks: those of held events run in sequence", async () => {
  const { log, work } = recorder();
  await using served = await open((doc) => {
    const [cause, a, b] = [new Button({ name: "cause" }), new Div(), new Div()];
    a.on_change("text", () => work("a"));
    b.on_change("text", () => work("b"));
    cause.on_click(() => {
      using _hold = doc.hold();
      a.text = "changed";
      b.text = "changed";
    });
    for (const root of [cause, a, b]) doc.add_root(root);
  });
  assertEquals(await served.client.patch(click(served, "cause")), "OK");
  assertEquals(log, ["a starts", "a ends", "b starts", "b ends"]);
});

Deno.test("locks: a callback that is triggered outside transactions can lock its document", async () => {
  const locked = Promise.withResolvers<void>();
  await using served = await open((doc) => {
    const slider = new Slider({ name: "slider", start: 0, end: 9, value: 1 });
    slider.on_change("value", async () => {
      await turn();
      await doc.session_context!.withLockedDocument(() => slider.title = "locked");
      locked.resolve();
    });
    doc.add_root(slider);
  });
  const slider = served.doc.select_one(Slider);
  setTimeout(() => slider.value = 5, 1);
  await locked.promise;
  assertEquals((await served.client.pull()).roots[0].attributes.title, "locked");
  assertEquals(served.errors, []);
});

Deno.test("errors: those outside transactions are reported and not sent to clients", async () => {
  const failing = Promise.withResolvers<void>();
  const slow = Promise.withResolvers<void>();
  await using served = await open((doc) => {
    const [slider, button] = [
      new Slider({ name: "slider", value: 1, start: 0, end: 9 }),
      new Button({ name: "button" }),
    ];
    slider.on_change("value", async () => {
      await failing.promise;
      throw new Error("outside");
    });
    button.on_click(() => slow.promise);
    doc.add_root(slider);
    doc.add_root(button);
  });
  served.doc.select_one(Slider).value = 5; // outside a transaction
  const answer = served.client.patch(click(served, "button"));
  while (!served.errors.some(({ message }) => message.includes("outside"))) {
    failing.resolve();
    await turn();
  }
  slow.resolve();
  assertEquals(await answer, "OK");
  assertEquals(served.errors, [{ message: "Error: outside", during: "callback" }]);
});

Deno.test("locks: work outside transactions that does not settle delays no client", async () => {
  await using served = await open((doc) => {
    const slider = new Slider({ name: "slider", value: 1, start: 0, end: 9 });
    slider.on_change("value", async () => await new Promise(() => {}));
    doc.add_root(slider);
  });
  served.doc.select_one(Slider).value = 5;
  assertEquals(await served.client.patch({ kind: "TitleChanged", title: "answered" }), "OK");
  assertEquals((await served.client.pull()).title, "answered");
});

Deno.test("transactions: wait for locked work that a callback started without awaiting it", async () => {
  await using served = await open((doc) => {
    const button = new Button({ name: "button", label: "" });
    button.on_click(() =>
      void doc.session_context!.withLockedDocument(async () => {
        await turn();
        button.label = "changed";
      })
    );
    doc.add_root(button);
  });
  assertEquals(await served.client.patch(click(served, "button")), "OK");
  assertEquals(served.doc.select_one(Button).label, "changed");
});

/** Opens two sessions of one application. Returns their contexts. */
async function openTwo() {
  const server = await serveBokeh({ "/app": (doc) => doc.add_root(new Div()) }, { port: 0, hostname: "127.0.0.1" });
  using _a = await WireClient.connect(server.port, "a");
  using _b = await WireClient.connect(server.port, "b");
  const [a, b] = ["a", "b"].map((id): SessionContext => server.getSession("/app", id).context);
  return { server, a: a!, b: b! };
}

Deno.test("locks: of two transactions that lock each other's document one is rejected (deadlock)", async () => {
  const { server, a, b } = await openTwo();
  await using _ = server;
  const cross = (own: SessionContext, other: SessionContext) =>
    own.withLockedDocument(async () => {
      await turn();
      await other.withLockedDocument((doc) => doc.title = `set by ${own.id}`);
    });
  const results = await Promise.allSettled([cross(a, b), cross(b, a)]);
  assertEquals(results.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
  const refused = results.find((result) => result.status === "rejected");
  assertStringIncludes(String(refused?.reason), "the work that holds its lock waits for this transaction");
  await Promise.all([a, b].map((context) => context.withLockedDocument(() => {})));
});

Deno.test("locks: a transaction that locks its own document through another one is rejected", async () => {
  const { server, a, b } = await openTwo();
  await using _ = server;
  const again = () => a.withLockedDocument(() => {});
  await assertRejects(() => a.withLockedDocument(() => b.withLockedDocument(again)), Error, "Cannot lock the document");
  await a.withLockedDocument(() => b.withLockedDocument((doc) => doc.title = "free"));
});

Deno.test("hold: a failed transaction releases its hold and sends its changes", async () => {
  await using served = await open((doc) => {
    const [button, text] = [new Button({ name: "button" }), new Div({ name: "text", text: "" })];
    button.on_click(() => {
      doc.hold();
      text.text = "before the error";
      throw new Error("on purpose");
    });
    for (const root of [button, text]) doc.add_root(root);
  });
  using other = await WireClient.connect(served.port, "session");
  assertEquals(await served.client.patch(click(served, "button")), "ERROR");
  const sent = await other.next();
  assertEquals(sent?.content.events[0].new, "before the error");
  assertEquals(served.doc.hold_value, null);
});

Deno.test("hold: the hold of a successful transaction lasts until unhold", async () => {
  await using served = await open((doc) => {
    const button = new Button({ name: "button" });
    button.on_click(() => void doc.hold());
    doc.add_root(button);
  });
  assertEquals(await served.client.patch(click(served, "button")), "OK");
  assertEquals(served.doc.hold_value, "combine");
});

Deno.test("hold: a callback that fails at its end loses no other event", async () => {
  await using served = await open((doc) => {
    const [button, a, b] = [new Button({ name: "button" }), new Div({ text: "" }), new Div({ name: "b", text: "" })];
    a.on_change("text", () => {
      throw new Error("on purpose");
    });
    button.on_click(() => {
      doc.hold();
      a.text = "changed";
      b.text = "changed";
      doc.unhold();
    });
    for (const root of [button, a, b]) doc.add_root(root);
  });
  using other = await WireClient.connect(served.port, "session");
  assertEquals(await served.client.patch(click(served, "button")), "ERROR");
  const sent = await other.next();
  assertEquals(sent?.content.events.map((event: Json) => event.new), ["changed", "changed"]);
});

Deno.test("errors: those of applications and of the server differ in reply, report and metrics", async () => {
  await using served = await open((doc) => {
    const slider = new Slider({ name: "slider", value: 1, start: 0, end: 9 });
    slider.on_change("value", () => {
      throw new Error("secret of the application");
    });
    doc.add_root(slider);
  }, { metrics: true });
  const ask = () => served.client.ask("PATCH-DOC", { events: [change(served, "slider", "value", Math.random() * 9)] });
  assertMatch((await ask())!.content.text, /^A callback of the application failed \(reference \w{8}\)$/);
  // An error of the server: its list of changes cannot be read.
  Object.defineProperty(served.sync, "applyPatch", {
    value: () => {
      throw new Error("secret of the server");
    },
  });
  assertEquals((await ask())?.content.text, "Internal server error");
  assertEquals(served.errors, [
    { message: "Error: secret of the application", during: "callback" },
    { message: "Error: secret of the server", during: "internal work" },
  ]);
  const metrics = await (await fetch(`${served.url}metrics`)).text();
  assertStringIncludes(metrics, 'bokeh_errors_total{app="/app"} 1');
  assertStringIncludes(metrics, 'bokeh_internal_errors_total{app="/app"} 1');
});

Deno.test("errors: an error of the server while it sends changes closes the connections, so that pages pull", async () => {
  await using served = await open((doc) => {
    const [button, div] = [new Button({ name: "button" }), new Div({ name: "div", text: "before" })];
    button.on_click(() => void (div.text = "after"));
    for (const root of [button, div]) doc.add_root(root);
  });
  using other = await WireClient.connect(served.port, "session");
  // An error of the server: it cannot serialize its changes.
  Object.defineProperty(served.sync, "encode", {
    value: () => {
      throw new Error("secret of the server");
    },
  });
  assertEquals(await served.client.patch(click(served, "button")), undefined);
  const frame = await other.socket.next();
  assertEquals([frame?.opcode, new DataView(frame!.payload.buffer, frame!.payload.byteOffset).getUint16(0)], [8, 1011]);
  assertEquals(served.errors, [{ message: "Error: secret of the server", during: "internal work" }]);
});

Deno.test("errors: a required attribute without a value is reported once and delays no other change", async () => {
  await using served = await open((doc) => {
    const [button, column] = [new Button({ name: "button" }), new Column()];
    button.on_click(() => {
      doc.title = "other change";
      column.children = [new Slider({ title: "incomplete", start: 0, end: 9 })];
    });
    for (const root of [button, column]) doc.add_root(root);
  });
  using other = await WireClient.connect(served.port, "session");
  assertEquals(await served.client.patch(click(served, "button")), "OK");
  const [title, children] = (await other.next())?.content.events ?? [];
  assertEquals([title.title, children.new[0].attributes], [
    "other change",
    { title: "incomplete", start: 0, end: 9 },
  ]);
  assertEquals((await other.pull()).title, "other change");
  assertEquals(served.errors, [
    { message: "Error: Cannot send Slider.value: it has no default and was not set", during: "callback" },
  ]);
  served.doc.select_one(Slider).value = 4;
  const [value] = (await other.next())?.content.events ?? [];
  assertEquals([value.attr, value.new], ["value", 4]);
});
