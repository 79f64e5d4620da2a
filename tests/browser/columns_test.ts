/** Pages and the server have the same columns, also after patches with values that the type of a column cannot represent. */

import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { type Document, serveBokeh } from "@bokeh/server";
import { ColumnDataSource } from "@bokeh/server/models";
import { randomText } from "../../session/credentials/session_id.ts";
import { evaluate, openBrowser, openPage, until } from "./browser.ts";

/** Playwright does not close its connection and timers during a test. */
const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

const SOURCE = 'doc.get_model_by_name("source")';

function app(doc: Document): void {
  doc.add_root(
    new ColumnDataSource({
      name: "source",
      data: { whole: Int32Array.of(1, 2, 3), byte: Uint8Array.of(1, 2, 3), single: Float32Array.of(1, 2, 3) },
    }),
  );
}

function columnsOf(page: Page): Promise<unknown> {
  return evaluate(
    page,
    `Object.fromEntries(Object.entries(${SOURCE}.data).map(([name, column]) => [name, [...column].map(String)]))`,
  );
}

Deno.test({
  name: "columns: patches with values of another type reach all pages, including the author's",
  ...SANITIZERS,
  fn: async () => {
    await using server = await serveBokeh(app, { port: 0 });
    await using browser = await openBrowser();
    const url = `${server.url}?bokeh-session-id=${randomText()}`;
    const first = await openPage(browser, url);
    const second = await openPage(browser, url);
    const pages = [first.page, second.page];

    await first.page.evaluate(
      'Bokeh.documents[0].get_model_by_name("source").patch({ whole: [[0, 1.5]], byte: [[1, 300]] })',
    );
    for (const page of pages) {
      await until(page, `${SOURCE}.get("whole")[0] === 1.5 && ${SOURCE}.get("byte")[1] === 300`);
    }

    await server.updateSessions("/", (doc) => {
      doc.get_model_by_name<ColumnDataSource>("source").patch({ single: [[2, 0.1]], byte: [[0, NaN]] });
    });
    for (const page of pages) await until(page, `${SOURCE}.get("single")[2] === 0.1`);

    const expected = { whole: ["1.5", "2", "3"], byte: ["NaN", "300", "3"], single: ["1", "2", "0.1"] };
    assertEquals(await Promise.all(pages.map(columnsOf)), [expected, expected]);
    const [session] = server.getSessions("/");
    const { data } = session!.document.get_model_by_name<ColumnDataSource>("source");
    assertEquals(
      Object.entries(data).map(([name, column]) => [name, Array.from(column, String)]),
      Object.entries(expected),
    );
    assertEquals([first.problems, second.problems], [[], []]);
  },
});
