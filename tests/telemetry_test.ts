/** Spans of OpenTelemetry, as Deno writes them for whoever collects them. */

import { assertStringIncludes } from "@std/assert";
import { pullSession } from "../client/mod.ts";
import { example, Program } from "./program.ts";

Deno.test("sessions, patches and callbacks are spans that a collector is sent", async () => {
  const bodies: string[] = [];
  const enough = Promise.withResolvers<void>();
  const wanted = ["bokeh session", "bokeh patch", "bokeh callback"];
  await using collector = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
    bodies.push(new TextDecoder().decode(await request.arrayBuffer()));
    if (wanted.every((name) => bodies.join().includes(name))) enough.resolve();
    return new Response();
  });
  const env = {
    OTEL_DENO: "true",
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.addr.port}`,
    OTEL_BSP_SCHEDULE_DELAY: "50",
    OTEL_DENO_CONSOLE: "ignore",
  };
  await using program = await Program.serve(env, example("sliders"), example("stream"), "--port", "0");
  const [sliders, stream] = program.urls;
  await using session = await pullSession({ url: sliders });
  session.document.get_model_by_name("amplitude")!.set("value", 2);
  await session.flushed();
  await using _other = await pullSession({ url: stream });
  await enough.promise;
  for (const name of wanted) assertStringIncludes(bodies.join(), name);
});
