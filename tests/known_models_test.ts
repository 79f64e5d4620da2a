/** BokehJS as client of a session: it knows every model that a patch references, and gets no change twice. */

import { assertEquals } from "@std/assert";
import type { Document } from "@bokeh/server";
import { Button, Column, ColumnDataSource, CustomJS, Div, type LayoutDOM, Slider } from "@bokeh/server/models";
import { makeRegistry } from "../session/session_test_support.ts";
import { BokehjsPage } from "./kit/bokehjs.ts";

interface Parts {
  readonly doc: Document;
  readonly column: Column;
  readonly button: Button;
  readonly slider: Slider;
}

/** Runs a function in a transaction with two clients, delivers all messages, and asserts that both have the server's document. */
async function check(change: (parts: Parts, page: () => BokehjsPage) => void | Promise<void>): Promise<void> {
  const column = new Column({ name: "column" });
  const button = new Button({ name: "button" });
  const slider = new Slider({ name: "slider", start: 0, end: 10, value: 1 });
  const { registry, clock } = makeRegistry((doc) => {
    doc.add_root(new Column({ children: [column, button, slider] }));
  });
  const session = await registry.getOrCreate("s");
  const pages = [BokehjsPage.open(session), BokehjsPage.open(session)];
  const late = () => {
    const page = BokehjsPage.open(session);
    pages.push(page);
    return page;
  };
  await change({ doc: session.document, column, button, slider }, late);
  for (let round = 0; round < 5; round++) {
    await clock.tick(1000);
    for (const page of pages) {
      page.deliverToPage();
      page.deliverToServer();
    }
  }
  for (const page of pages) {
    assertEquals(page.errors, []);
    assertEquals(page.rejections, []);
    const kept = new Set(session.document.roots.flatMap((root) => [...root.references()]));
    for (const model of kept) {
      assertEquals(page.document.get_model_by_id(model.id)?.type, model.type, `${model} is not in the page`);
    }
  }
}

function childrenOf(column: Column): LayoutDOM[] {
  return [...column.children] as LayoutDOM[];
}

const AFTER_HOLD: Record<string, (parts: Parts) => void> = {
  "a next-tick callback": ({ doc }) => void doc.add_next_tick_callback(() => {}),
  "a timeout": ({ doc }) => void doc.add_timeout_callback(() => {}, 10),
  "a periodic callback": ({ doc }) => void doc.add_periodic_callback(() => {}, 300),
  "JavaScript of an event of the document": ({ doc }) => doc.js_on_event("document_ready", new CustomJS({ code: "0" })),
  "JavaScript of an event of a model": ({ button }) => button.js_on_event("button_click", new CustomJS({ code: "0" })),
};

for (const [what, add] of Object.entries(AFTER_HOLD)) {
  Deno.test(`known models: models added during a hold, with ${what}`, async () => {
    await check((parts) => {
      const { doc, column } = parts;
      doc.hold();
      column.children = [new Div({ text: "new" })];
      add(parts);
      doc.unhold();
    });
  });
}

Deno.test("known models: a model that an event of the document and an event of a model share", async () => {
  await check(({ doc, button }) => {
    const js = new CustomJS({ args: { div: new Div() }, code: "0" });
    doc.js_on_event("document_ready", js);
    button.js_on_event("button_click", js);
  });
});

Deno.test("known models: a client that joins between two events that share a model", async () => {
  await check(({ doc, button }, join) => {
    const js = new CustomJS({ args: { div: new Div() }, code: "0" });
    doc.js_on_event("document_ready", js);
    join();
    js.code = "1";
    button.js_on_event("button_click", js);
    js.code = "2";
  });
});

Deno.test("known models: a client that joins during a hold", async () => {
  await check(({ doc, column }, join) => {
    doc.hold();
    const div = new Div({ text: "new" });
    column.children = [div];
    join();
    div.text = "changed";
    doc.unhold();
    column.children = [...childrenOf(column), new Div({ tags: [div] })];
  });
});

Deno.test("known models: models in a value that is sent again for convergence, during a hold", async () => {
  await check(async ({ doc, slider }, join) => {
    const page = join();
    slider.tags = [1];
    await Promise.resolve();
    doc.hold();
    page.model("slider").setv({ tags: [2] });
    page.deliverToServer();
    slider.tags = [new Div({ text: "in the echo" })];
    await new Promise<void>((resolve) => doc.add_timeout_callback(resolve, 0) && resolve());
    doc.unhold();
  });
});

Deno.test("known models: a root that a client has removed and a callback adds again is sent completely", async () => {
  await check(({ doc }, join) => {
    const root = new Column({ name: "second", children: [new Div()] });
    doc.add_root(root);
    doc.on_change((event) => {
      if (event.kind === "RootRemoved") doc.add_root(root);
    });
    const page = join();
    page.document.remove_root(page.model("second"));
    page.deliverToServer();
  });
});

Deno.test("known models: models that were removed and added again are sent completely", async () => {
  await check(async ({ doc, column }) => {
    const div = new Div({ text: "moves" });
    column.children = [div];
    await Promise.resolve();
    column.children = [];
    doc.select(Div);
    column.children = [div];
    await Promise.resolve();
    column.children = [];
    await Promise.resolve();
    column.children = [div, new Div()];
  });
});

Deno.test("known models: models that another client has created", async () => {
  await check(({ doc, column }, join) => {
    const [one, other] = [join(), join()];
    doc.on_change((event) => {
      if (event.kind === "RootAdded" && event.model.isA("Div")) column.children = [event.model as Div];
    });
    const json = { type: "object", name: "Div", id: "created-by-a-client", attributes: { text: "mine" } };
    one.document.apply_json_patch({
      events: [{ kind: "ModelChanged", model: { id: column.id }, attr: "tags", new: [json] }],
    }, new Map());
    one.document.add_root(one.document.get_model_by_id("created-by-a-client")!);
    one.deliverToServer();
    other.deliverToPage();
  });
});

for (const policy of ["collect", "combine"] as const) {
  Deno.test(`known models: a client that joins during a hold gets no row twice (${policy})`, async () => {
    const source = new ColumnDataSource({ name: "source", data: { x: [1] } });
    const { registry, clock } = makeRegistry((doc) => doc.add_root(new Div({ tags: [source] })));
    const session = await registry.getOrCreate("s");
    const { document: doc } = session;
    const early = BokehjsPage.open(session);
    doc.hold(policy);
    source.stream({ x: [2] });
    doc.title = "first";
    doc.send_message("sent", "during the hold");
    const late = BokehjsPage.open(session);
    source.stream({ x: [3] });
    source.patch({ x: [[0, 0]] });
    doc.title = "second";
    const messages: unknown[] = [];
    late.document.on_message("sent", (data) => messages.push(data));
    doc.unhold();
    await clock.tick(1000);
    for (const page of [early, late]) {
      page.deliverToPage();
      assertEquals(page.errors, []);
      assertEquals([...page.model("source").data.x as unknown[]], [0, 2, 3]);
      assertEquals(page.document.title(), "second");
    }
    assertEquals(messages, ["during the hold"]);
  });
}
