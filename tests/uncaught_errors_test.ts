/**
 * Uncaught errors of applications, in separate processes.
 *
 * @module
 */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { ServerProcess } from "./kit/server_process.ts";
import { eventually } from "./kit/eventually.ts";

const CONFIG = decodeURIComponent(new URL("../deno.json", import.meta.url).pathname);

/** Uncaught errors, each with the text that the log must contain. */
const MISTAKES = [
  {
    name: "rejects",
    code: `setTimeout(() => { void Promise.reject(new Error("forgotten promise")) }, 50);`,
    session: true,
  },
  { name: "throws", code: `setTimeout(() => { throw new Error("timer that throws") }, 50);`, session: false },
  { name: "awaits", code: `void (async () => { await 1; throw new Error("unawaited function") })();`, session: true },
  { name: "immediate", code: `setImmediate(() => { throw new Error("immediate that throws") });`, session: false },
  { name: "microtask", code: `queueMicrotask(() => { throw new Error("microtask that throws") });`, session: true },
  { name: "text", code: `setTimeout(() => { void Promise.reject("no error but a text") }, 50);`, session: true },
];

/** Runs a test with a temporary folder of files. */
async function withFiles(files: Record<string, string>, test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.mkdir(join(folder, name, ".."), { recursive: true });
      await Deno.writeTextFile(join(folder, name), text);
    }
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function read(url: string): Promise<string> {
  const response = await fetch(url);
  const text = await response.text();
  assertEquals(response.status, 200);
  return text;
}

Deno.test("uncaught errors: are logged with their line, and the server continues", async () => {
  const files = Object.fromEntries(MISTAKES.map(({ name, code }) => [
    `${name}.ts`,
    `export default () => {\n  ${code}\n};\n`,
  ]));
  const hook = `export function onServerLoaded() { void Promise.reject(new Error("hook's promise")) }\n`;
  await withFiles({
    ...files,
    "hook/main.ts": `${hook}export default () => {};\n`,
    "fine.ts": "export default () => {};",
  }, async (folder) => {
    const log = join(folder, "server.log");
    const apps = [...Object.keys(files), "hook", "fine.ts"].map((name) => join(folder, name));
    await using program = await ServerProcess.serve(...apps, "--port", "0", "--log-file", log, "--metrics");
    const { origin } = new URL(program.url);
    for (const { name } of MISTAKES) await read(`${origin}/${name}`);
    await eventually(async () => (await Deno.readTextFile(log)).split("Uncaught error").length > MISTAKES.length + 1);
    const text = await Deno.readTextFile(log);
    for (const { name, code, session } of MISTAKES) {
      const message = /"(.*)"/.exec(code)![1]!;
      const where = session ? "in a session" : "outside of its sessions";
      assertStringIncludes(text, `Uncaught error of /${name}, ${where}: `);
      assertStringIncludes(text, message);
      if (name !== "text") assertStringIncludes(text, `${name}.ts:2:`);
    }
    assertStringIncludes(text, "Uncaught error of /hook, outside of its sessions: Error: hook's promise");
    const metrics = await read(`${origin}/metrics`);
    for (const { name } of MISTAKES) assertStringIncludes(metrics, `bokeh_uncaught_errors_total{app="/${name}"} 1`);
    assertStringIncludes(metrics, `bokeh_uncaught_errors_total{app="/fine"} 0`);
    await read(`${origin}/fine`);
    assertEquals(await program.stop(), 0);
  });
});

Deno.test("timers: one of a destroyed session changes nothing and causes one warning", async () => {
  const app = `export default (doc) => {
    setInterval(() => {
      doc.add_next_tick_callback(() => {});
      doc.remove_next_tick_callback(doc.add_next_tick_callback(() => {}));
      doc.title = String(Math.random());
      using _hold = doc.hold();
      if (doc.destroyed) console.log("late");
    }, 20);
  };`;
  await withFiles({ "app.ts": app }, async (folder) => {
    const log = join(folder, "server.log");
    await using program = await ServerProcess.serve(
      ...[join(folder, "app.ts"), "--port", "0", "--log-file", log],
      ...["--unused-session-lifetime", "50", "--check-unused-sessions", "50"],
    );
    await read(program.url);
    await eventually(async () => (await Deno.readTextFile(log)).includes("whose session was destroyed"));
    await read(program.url);
    await eventually(async () => (await Deno.readTextFile(log)).split("whose session was destroyed").length === 3);
    const text = await Deno.readTextFile(log);
    assert(!text.includes("Uncaught"), text);
  });
});

/** Runs a program with `serveBokeh`. Returns its exit code and its output. */
async function runEmbedded(code: string): Promise<{ code: number; printed: string }> {
  let result = { code: -1, printed: "" };
  await withFiles({ "program.ts": code }, async (folder) => {
    const command = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--config", CONFIG, join(folder, "program.ts")],
      env: { NO_COLOR: "1" },
    });
    const { code, stdout, stderr } = await command.output();
    const decoder = new TextDecoder();
    result = { code, printed: decoder.decode(stdout) + decoder.decode(stderr) };
  });
  return result;
}

/** Returns a program that serves an application and runs further code. */
function embedding(app: string, own: string, options = "{}"): string {
  return `
import { Application, serveBokeh } from "@bokeh/server";
const seen = Promise.withResolvers();
const server = await serveBokeh({ "/app": ${app} }, {
  port: 0,
  hostname: "127.0.0.1",
  onError: (error, details) => {
    console.log("reported", String(error), details.appPath, details.during, details.session?.id);
    seen.resolve();
  },
  ...${options},
});
await (await fetch(server.url + "app?bokeh-session-id=mine")).text();
${own}
await seen.promise;
await server.stop();
console.log("went on");
`;
}

Deno.test("uncaught errors: serveBokeh reports an unhandled rejection of an application, and the program continues", async () => {
  const app = `() => { setTimeout(() => { void Promise.reject(new Error("app")) }, 20) }`;
  const { code, printed } = await runEmbedded(embedding(app, ""));
  assertEquals(code, 0, printed);
  assertStringIncludes(printed, "reported Error: app /app uncaught mine");
  assertStringIncludes(printed, "went on");
});

Deno.test("uncaught errors: serveBokeh attributes timers to an application with `source`", async () => {
  const app =
    `new Application(() => { setTimeout(() => { throw new Error("app") }, 20) }, { source: import.meta.url })`;
  const { code, printed } = await runEmbedded(embedding(app, ""));
  assertEquals(code, 0, printed);
  assertStringIncludes(printed, "reported Error: app /app uncaught undefined");
});

Deno.test("uncaught errors: serveBokeh does not handle those of the program", async () => {
  for (const own of [`void Promise.reject(new Error("own"));`, `setTimeout(() => { throw new Error("own") }, 20);`]) {
    const { code, printed } = await runEmbedded(embedding("() => {}", own));
    assertEquals(code, 1);
    assertMatch(printed, /Uncaught[^]*Error: own/);
    assert(!printed.includes("reported"), printed);
  }
});

Deno.test("uncaught errors: an option of serveBokeh handles all or none", async () => {
  const all = await runEmbedded(
    embedding("() => {}", `setTimeout(() => { throw new Error("own") }, 20);`, `{ uncaughtErrors: "all" }`),
  );
  assertEquals(all.code, 0, all.printed);
  assertStringIncludes(all.printed, "reported Error: own /app uncaught");
  const app = `() => { setTimeout(() => { void Promise.reject(new Error("app")) }, 20) }`;
  const none = await runEmbedded(embedding(app, "", `{ uncaughtErrors: "none" }`));
  assertEquals(none.code, 1, none.printed);
});

Deno.test("uncaught errors: the log contains the line of the application below many lines of a library", async () => {
  const files = {
    "node_modules/deep/index.js":
      `export function deep(n) { if (n === 0) throw new Error("in the library"); return deep(n - 1) + 1; }`,
    "app.ts": `import { deep } from "./node_modules/deep/index.js";
export default (doc) => {
  doc.add_next_tick_callback(() => deep(60));
};`,
  };
  await withFiles(files, async (folder) => {
    const log = join(folder, "server.log");
    await using program = await ServerProcess.serve(join(folder, "app.ts"), "--port", "0", "--log-file", log);
    await read(program.url);
    await eventually(async () => (await Deno.readTextFile(log)).includes("in the library"));
    const text = await Deno.readTextFile(log);
    assertStringIncludes(text, "app.ts:3:");
    assert(!text.includes("node_modules"), text);
  });
});
