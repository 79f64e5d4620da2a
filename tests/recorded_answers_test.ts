/** Recorded requests to Python's server: this server answers with the same status, except where it deliberately differs. */

import { assertEquals } from "@std/assert";
import { type BokehHttpServer, serveBokeh } from "@bokeh/server";

interface RecordedAnswer {
  readonly server: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly status: number;
}

interface Recorded {
  readonly servers: Record<string, { readonly apps: readonly string[]; readonly prefix: string }>;
  readonly answers: readonly RecordedAnswer[];
}

/** Requests that this server answers differently, with the reason. */
const BETTER: readonly { readonly request: RegExp; readonly status: number; readonly why: string }[] = [
  { request: /^HEAD /, status: 200, why: "monitoring tools send HEAD" },
  { request: /bokeh-token=garbage|bokeh-session-id=$/, status: 403, why: "Python raises an exception" },
  { request: /mode=throw/, status: 500, why: "Python answers with an empty page" },
  { request: /^GET \/static\/(?:js)?$/, status: 404, why: "the response does not reveal whether the folder exists" },
  { request: /%2e%2e/, status: 404, why: "the client of this test normalizes the path" },
];

const recorded: Recorded = JSON.parse(await Deno.readTextFile(new URL("fixtures/http.json", import.meta.url)));

for (const name of ["all", "one", "prefix", "empty"]) {
  Deno.test(`recorded requests: same status as Python's server (${name})`, async () => {
    await using server = await serve(recorded.servers[name]!);
    const answers = recorded.answers.filter((answer) => answer.server === name);
    const statuses = await Promise.all(answers.map((answer) => statusOf(server, answer)));
    assertEquals(
      answers.map((answer, i) => `${asked(answer)}: ${statuses[i]}`),
      answers.map((answer) => `${asked(answer)}: ${wanted(answer)}`),
    );
  });
}

function asked({ method, path }: RecordedAnswer): string {
  return `${method} ${path}`;
}

function wanted(answer: RecordedAnswer): number {
  return BETTER.find(({ request }) => request.test(asked(answer)))?.status ?? answer.status;
}

async function serve({ apps, prefix }: Recorded["servers"][string]): Promise<BokehHttpServer> {
  const files = apps.map((app) => [`/${app}`, app === "lifecycle" ? "lifecycle_ts" : `${app}.ts`]);
  const paths = files.map((
    [path, file],
  ) => [path, decodeURIComponent(new URL(`apps/${file}`, import.meta.url).pathname)]);
  return await serveBokeh(apps.length === 0 ? { "/": () => {} } : Object.fromEntries(paths), {
    port: 0,
    hostname: "localhost",
    prefix,
    extraWebsocketOrigins: ["allowed.example"],
  });
}

async function statusOf(server: BokehHttpServer, { method, path, headers }: RecordedAnswer): Promise<number> {
  const url = `http://localhost:${server.port}${path.replace("lifecycle_py", "lifecycle")}`;
  const response = await fetch(url, { method, headers, redirect: "manual" });
  await response.body?.cancel();
  return response.status;
}
