/** OpenTelemetry: traces, metrics and logs that Deno sends to a collector. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { pullSession } from "../client/mod.ts";
import { ColumnDataSource } from "../models/mod.ts";
import { example, ServerProcess } from "./kit/server_process.ts";
import { eventually } from "./kit/eventually.ts";

/** An attribute of a span, a log record or a data point. */
interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string };
}

/** A collector that receives OTLP as JSON. */
class Collector implements AsyncDisposable {
  readonly #bodies = new Map<string, string[]>();
  readonly #server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
    const { pathname } = new URL(request.url);
    this.#bodies.set(pathname, [...this.#bodies.get(pathname) ?? [], await request.text()]);
    return Response.json({});
  });

  /** Environment variables that make a program send to this collector. */
  get environment(): Record<string, string> {
    return {
      OTEL_DENO: "true",
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${this.#server.addr.port}`,
    };
  }

  /** Returns the data of one signal (traces, metrics or logs) as text. */
  textOf(kind: "traces" | "metrics" | "logs"): string {
    return (this.#bodies.get(`/v1/${kind}`) ?? []).join("\n");
  }

  /** Returns the attributes of all spans. */
  spanAttributes(): Attribute[] {
    const spans = (this.#bodies.get("/v1/traces") ?? []).flatMap((body) =>
      JSON.parse(body).resourceSpans.flatMap((resource: { scopeSpans: { spans: { attributes: Attribute[] }[] }[] }) =>
        resource.scopeSpans.flatMap(({ spans }) => spans)
      )
    );
    return spans.flatMap(({ attributes }) => attributes);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

Deno.test("OpenTelemetry: a collector receives spans, metrics and logs", async () => {
  await using collector = new Collector();
  const args = [example("sliders"), example("stream"), "--port", "0"];
  await using program = await ServerProcess.serve(collector.environment, ...args);
  const [sliders, stream] = program.urls;
  {
    await using session = await pullSession({ url: sliders });
    session.document.get_model_by_name("amplitude")!.set("value", 2);
    await session.flushed();
    await using other = await pullSession({ url: stream });
    // The periodic callback streams into it.
    await eventually(() => other.document.select_one(ColumnDataSource)!.length > 1);
  }
  await (await fetch(new URL("/nowhere", sliders))).body?.cancel();
  // Deno sends the rest when the program exits.
  assertEquals(await program.stop(), 0);
  const expected = {
    traces: ["bokeh session", "bokeh patch", "bokeh callback"],
    metrics: [
      "bokeh_sessions_created",
      "bokeh_resident_bytes",
      "bokeh_callback_seconds",
      "http.server.request.duration",
    ],
    logs: ["Starting Bokeh server", "Bokeh applications running at", "GET /nowhere 404"],
  } as const;
  for (const kind of ["traces", "metrics", "logs"] as const) {
    for (const text of expected[kind]) assertStringIncludes(collector.textOf(kind), text);
  }
});

Deno.test("OpenTelemetry: spans contain no query strings and no ids of uploads", async () => {
  await using collector = new Collector();
  await using program = await ServerProcess.serve(collector.environment, example("sliders"), "--port", "0");
  const file = `${"k".repeat(22)}.0.${"S".repeat(22)}`;
  for (const path of ["/sliders?bokeh-session-id=secret", `/sliders/files/${file}?name=secret`]) {
    await (await fetch(new URL(path, program.url))).body?.cancel();
  }
  assertEquals(await program.stop(), 0);
  const urls = collector.spanAttributes().filter(({ key }) => key === "url.full").map(({ value }) => value.stringValue);
  assertEquals(urls, [program.url, `${program.url}/files/…`]);
  for (const kind of ["traces", "metrics", "logs"] as const) {
    assert(!collector.textOf(kind).includes("secret"), kind);
    assert(!collector.textOf(kind).includes(file), kind);
  }
});
