import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { pullSession } from "../../client/mod.ts";
import type { Document } from "../../document/document.ts";
import { Slider } from "../../models/mod.ts";
import { renderMetrics } from "./open_metrics.ts";
import { eventually } from "../../tests/kit/eventually.ts";
import type { ErrorDetails } from "../options/options.ts";
import { serveBokeh } from "../serve.ts";

function fragile(doc: Document): void {
  const slider = new Slider({ start: 0, end: 9, value: 1 });
  slider.on_change("value", (_attr, _old, value) => {
    if (value === 7) throw new Error("Not seven");
  });
  doc.add_root(slider);
}

async function metrics(url: string): Promise<string> {
  return await (await fetch(`${url}metrics`)).text();
}

Deno.test("/metrics returns counts by application", async () => {
  await using server = await serveBokeh({ "/one": fragile, "/two": () => {} }, { port: 0, metrics: true });
  await using session = await pullSession({ url: server.url, app: "/one" });
  session.document.select_one(Slider)!.value = 3;
  await session.flushed();

  const text = await metrics(server.url);

  assertStringIncludes(text, 'bokeh_sessions{app="/one"} 1\n');
  assertStringIncludes(text, 'bokeh_sessions{app="/two"} 0\n');
  assertStringIncludes(text, 'bokeh_connections{app="/one"} 1\n');
  assertStringIncludes(text, 'bokeh_outbox_bytes{app="/one"} 0\n');
  assertStringIncludes(text, 'bokeh_messages_received_total{app="/one",type="PATCH-DOC"} 1\n');
  assertStringIncludes(text, 'bokeh_sessions_created_total{app="/one"} 1\n');
  assertMatch(text, /bokeh_callback_seconds_bucket\{app="\/one",le="\+Inf"\} [1-9]/);
  assertMatch(text, /# EOF\n$/);
});

Deno.test("/metrics returns how long a callback that blocks has delayed the event loop", async () => {
  const blocking = (doc: Document) => {
    const slider = new Slider({ start: 0, end: 9, value: 1 });
    slider.on_change("value", () => {
      const end = performance.now() + 500;
      while (performance.now() < end);
    });
    doc.add_root(slider);
  };
  await using server = await serveBokeh({ "/blocking": blocking }, { port: 0, metrics: true });
  await using session = await pullSession({ url: server.url, app: "/blocking" });
  const seconds = async () =>
    Number(/^bokeh_event_loop_delay_seconds_sum (\S+)$/m.exec(await metrics(server.url))?.[1]);
  const before = await seconds();
  session.document.select_one(Slider)!.value = 3;
  await session.flushed();
  // measured every 100 ms: up to that much of the block is before the time at which the timer is due
  await eventually(async () => await seconds() - before >= 0.39, "the delay is in the metric");
});

Deno.test("/metrics exists only with the option metrics", async () => {
  await using server = await serveBokeh({ "/one": () => {} }, { port: 0 });
  const response = await fetch(`${server.url}metrics`);
  await response.body?.cancel();
  assertEquals(response.status, 404);
});

Deno.test("onError receives errors of callbacks and of session creations", async () => {
  const errors: [string, ErrorDetails][] = [];
  const applications = {
    "/one": fragile,
    "/broken": () => {
      throw new Error("Not today");
    },
  };
  await using server = await serveBokeh(applications, {
    port: 0,
    onError: (error, details) => errors.push([Deno.inspect(error), details]),
  });
  await using session = await pullSession({ url: server.url, app: "/one" });
  session.document.select_one(Slider)!.value = 7;
  await session.flushed().catch(() => {});
  await (await fetch(`${server.url}broken`)).body?.cancel();
  assertEquals(errors.map(([, details]) => details), [
    { appPath: "/one", during: "callback" },
    { appPath: "/broken", during: "session creation" },
  ]);
  assertStringIncludes(errors[0]![0], "Not seven");
  assertStringIncludes(errors[1]![0], "Not today");
});

Deno.test("renderMetrics escapes the values of labels", () => {
  const samples = [{ suffix: "" as const, labels: { app: '/a"\\\n' }, value: 1 }];
  assertStringIncludes(renderMetrics([{ name: "x", type: "gauge", help: "X", samples }]), '{app="/a\\"\\\\\\n"} 1');
});
