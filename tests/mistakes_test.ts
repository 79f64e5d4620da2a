/** Errors and warnings for mistakes of authors that Python reports too. */

import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { Document } from "@bokeh/server";
import { ColumnDataSource, Plot } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { openSession } from "@bokeh/server/testing";
import { captureLogs } from "../testing/captured_logs.ts";
import { eventually } from "./kit/eventually.ts";

/** Opens a session of an application and returns the first log message. */
async function firstLogOf(fill: (doc: Document) => void): Promise<string> {
  using captured = captureLogs();
  await using _session = await openSession(fill);
  await eventually(() => captured.logs.length > 0);
  return captured.logs[0]!.message;
}

/** Returns the error of an application that fails. */
async function failureOf(fill: (doc: Document) => void): Promise<string> {
  const { cause } = await assertRejects(() => openSession(fill), Error);
  return String(cause);
}

Deno.test("mistakes: a missing column is logged with the closest match", async () => {
  const log = await firstLogOf((doc) => {
    const plot = figure();
    // Without this type, the misspelled name would be a compile error.
    const source: ColumnDataSource = new ColumnDataSource({ data: { x: [1], price: [2] } });
    plot.line({ x: "x", y: "pirce", source });
    doc.add_root(plot);
  });
  assertStringIncludes(log, "E-1001 BAD_COLUMN_NAME");
  assertStringIncludes(log, "y='pirce' [closest match: 'price']");
});

Deno.test("mistakes: columns of different lengths are logged, and the application is served", async () => {
  const log = await firstLogOf((doc) => {
    const plot = figure();
    plot.line({ x: [1, 2, 3], y: [1, 2] });
    doc.add_root(plot);
  });
  assertEquals(log, "The columns of a ColumnDataSource must be of the same length. Current lengths: x: 3, y: 2");
});

Deno.test("mistakes: assigning a misspelled attribute throws and states the nearest name", async () => {
  const failure = await failureOf((doc) => {
    const plot = figure();
    Object.assign(plot, { backgroud_fill_color: "red" });
    doc.add_root(plot);
  });
  assertStringIncludes(failure, "similar ones are background_fill_color");
});

Deno.test("mistakes: extending a class of Bokeh throws", async () => {
  class MyPlot extends Plot {}
  assertStringIncludes(await failureOf((doc) => doc.add_root(new MyPlot())), "it extends Plot");
});
