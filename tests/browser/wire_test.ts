/** The protocol in a Chromium: a page applies every patch and has the columns of the server at the end. */

import { assertEquals } from "@std/assert";
import { type Document, serveBokeh } from "@bokeh/server";
import { Button, Column, ColumnDataSource, CustomJS, Div } from "@bokeh/server/models";
import { eventually } from "../kit/eventually.ts";
import { evaluate, openBrowser, openPage, until } from "./browser.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

function app(doc: Document): void {
  const button = new Button({ name: "button" });
  const column = new Column({ name: "column" });
  const source = new ColumnDataSource({ name: "source", data: { x: Int32Array.of(0), y: [0] } });
  doc.add_root(new Column({ children: [button, column], tags: [source] }));
}

Deno.test("patches: a page knows their models, and has the columns of the server at the end", SANITIZERS, async (t) => {
  await using server = await serveBokeh({ "/": app }, { port: 0 });
  await using browser = await openBrowser();
  const { page, problems } = await openPage(browser, server.url);
  const [session] = server.getSessions("/");
  if (session === undefined) throw new Error("Cannot find the session of the page");
  const doc = session.document;
  const source = doc.get_model_by_name<ColumnDataSource>("source");

  await t.step("models that were added during a hold are known", async () => {
    await session.transact({}, () => {
      doc.hold();
      doc.get_model_by_name<Column>("column").children = [new Div({ name: "held", text: "held" })];
      doc.add_next_tick_callback(() => {});
      doc.js_on_event("document_ready", new CustomJS({ code: "0" }));
      doc.unhold();
    });
    const js = new CustomJS({ args: { source }, code: "0" });
    await session.transact({}, () => doc.js_on_event("document_ready", js));
    await session.transact({}, () => doc.get_model_by_name<Button>("button").js_on_event("button_click", js));
    doc.title = "all arrived";
    await until(page, `doc.title() === "all arrived"`);
    assertEquals(await evaluate(page, `doc.get_model_by_name("held").text`), "held");
    assertEquals(problems, []);
  });

  await t.step("arrays within the JSON and in frames of their own arrive with their types and values", async () => {
    const lengths = [0, 1, 2, 3, 5, 1279, 1280, 5000];
    const data = Object.fromEntries(lengths.map((n) => [`c${n}`, Float64Array.from({ length: n }, (_, i) => i / 3)]));
    const arrays = new ColumnDataSource({ name: "arrays", data });
    await session.transact({}, () => doc.get_model_by_name<Column>("column").tags = [arrays]);
    await session.transact({}, () => arrays.replaceColumn("c2", Uint8Array.of(254, 255)));
    doc.title = "arrays arrived";
    await until(page, `doc.title() === "arrays arrived"`);
    const found = await evaluate<Record<string, [string, number[]]>>(
      page,
      `Object.fromEntries([...(doc.get_model_by_name("arrays").data.entries?.() ??
        Object.entries(doc.get_model_by_name("arrays").data))].map(([name, column]) =>
          [name, [column.constructor.name, [...column]]]))`,
    );
    const typeOf = (column: unknown) => Object.getPrototypeOf(column).constructor.name;
    for (const [name, column] of Object.entries(arrays.data)) {
      assertEquals(
        found[name],
        [`${typeOf(column).replace("Array", "NDArray")}`, Array.from<unknown>(column)],
        name,
      );
    }
    assertEquals(problems, []);
  });

  await t.step("after concurrent streams, patches and rollovers both ends have the same rows", async () => {
    const there = evaluate<void>(
      page,
      `new Promise((resolve) => {
        const source = doc.get_model_by_name("source");
        let n = 0;
        const timer = setInterval(() => {
          if (n++ % 2 === 0) source.stream({ x: [n], y: [-n] }, 10);
          else if (source.data.y.length > 0) source.patch({ y: [[source.data.y.length - 1, n]] });
          if (n === 40) { clearInterval(timer); resolve(); }
        }, 7);
      })`,
    );
    for (let n = 0; n < 40; n++) {
      await session.transact({}, () => {
        if (n % 3 === 0 && source.length > 0) source.patch({ x: [[0, n]] });
        else source.stream({ x: n % 5 === 0 ? [n + 0.5] : [n], y: [n] }, n % 7 === 0 ? 0 : 10);
      });
      await evaluate(page, "0");
    }
    await there;
    const rows = () => JSON.stringify({ x: Array.from(source.data.x), y: Array.from(source.data.y) });
    const inPage =
      `(({ x, y }) => JSON.stringify({ x: Array.from(x), y: Array.from(y) }))(doc.get_model_by_name("source").data)`;
    // After this round trip, all earlier messages have arrived.
    await eventually(async () => await evaluate<string>(page, inPage) === rows());
    // The page may patch a row that the server has just dropped.
    assertEquals(problems.filter((problem) => !problem.includes("ERROR reply")), []);
  });
});
