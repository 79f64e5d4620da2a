/**
 * Destruction of sessions: unused ones, and all when the server stops.
 *
 * @module
 */

import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { Application, BokehServer, type Document, serveBokeh, without_document_lock } from "@bokeh/server";
import { Button, Column, Div } from "@bokeh/server/models";
import { runProgram } from "./kit/server_process.ts";
import { eventually } from "./kit/eventually.ts";
import { idOf, type Json } from "./kit/messages.ts";
import { WireClient } from "./kit/wire_client.ts";

const LOCAL = { port: 0, hostname: "127.0.0.1" } as const;
const SHORT = { unusedSessionLifetimeMilliseconds: 20, checkUnusedSessionsMilliseconds: 20 };

function never(): Promise<void> {
  return new Promise(() => {});
}

async function requestPage(url: string): Promise<void> {
  await (await fetch(url)).body?.cancel();
}

Deno.test("session destruction: hooks that do not settle do not delay other sessions", async () => {
  const ended: string[] = [];
  const errors: string[] = [];
  const stuck = (doc: Document) => doc.on_session_destroyed(never);
  await using server = await serveBokeh({
    "/document": stuck,
    "/hook": new Application(() => {}, { hooks: { onSessionDestroyed: never } }),
    "/other": (doc) => doc.on_session_destroyed(({ id }) => ended.push(id)),
  }, { ...LOCAL, ...SHORT, drainMilliseconds: 200, onError: (error) => errors.push(String(error)) });
  for (const round of ["1", "2"]) {
    await requestPage(`${server.url}document?bokeh-session-id=stuck${round}`);
    await requestPage(`${server.url}hook?bokeh-session-id=stuck${round}`);
    await requestPage(`${server.url}other?bokeh-session-id=free${round}`);
    await eventually(() => ended.includes(`free${round}`));
    for (const path of ["/document", "/hook"]) {
      await eventually(() => server.getSessions(path).length === 0);
    }
  }
  await eventually(() => errors.length === 4);
  assertEquals(
    new Set(errors),
    new Set(
      ["on_session_destroyed", "onSessionDestroyed"].map((name) =>
        `Error: ${name} has not ended after 200 ms: the server waits no longer`
      ),
    ),
  );
});

/** Serves a document whose button sets two texts, the second one after a promise has resolved. */
async function withSlowButton(drainMilliseconds: number) {
  const gate = Promise.withResolvers<void>();
  const started = Promise.withResolvers<void>();
  const seen: string[][] = [];
  const server = await serveBokeh({
    "/app": (doc) => {
      const [button, first, second] = [new Button({ name: "button" }), new Div(), new Div()];
      button.on_click(async () => {
        first.text = "half";
        started.resolve();
        await gate.promise;
        second.text = "whole";
      });
      for (const root of [button, first, second]) doc.add_root(root);
      doc.on_session_destroyed(() => seen.push([first.text, second.text].map(String)));
    },
  }, { ...LOCAL, drainMilliseconds, onError: () => {} });
  using client = await WireClient.connect(server.port, "session");
  const model = { id: idOf(await client.pull(), "button") };
  const values = { type: "map", entries: [["model", model]] };
  const data = { type: "event", name: "button_click", values };
  const clicked = client.patch({ kind: "MessageSent", msg_type: "bokeh_event", msg_data: data } satisfies Json);
  await started.promise;
  return { server, gate, seen, clicked };
}

Deno.test("stop: waits for running callbacks, so that hooks of sessions see complete changes", async () => {
  const { server, gate, seen, clicked } = await withSlowButton(10_000);
  const stopped = server.stop();
  await clicked; // the connection is closed at once
  assertEquals(seen, []);
  gate.resolve();
  await stopped;
  assertEquals(seen, [["half", "whole"]]);
});

Deno.test("stop: waits for a callback that does not settle until the deadline, and then runs the hooks of sessions", async () => {
  const { server, gate, seen, clicked } = await withSlowButton(100);
  const session = server.getSession("/app", "session");
  await server.stop();
  await clicked;
  assertEquals(seen, [["half", ""]]);
  gate.resolve();
  await eventually(() => !session.busy);
});

Deno.test("callbacks: one that was removed while it waited for the lock does not run", async () => {
  await using server = await serveBokeh({ "/app": () => {} }, LOCAL);
  await requestPage(`${server.url}app?bokeh-session-id=session`);
  const { document: doc, context } = server.getSession("/app", "session");
  const runs: string[] = [];
  const planned = doc.add_timeout_callback(() => runs.push("removed"), 5);
  const periodic = doc.add_periodic_callback(() => runs.push("removed"), 5);
  doc.add_timeout_callback(() => runs.push("kept"), 5);
  const fired = Promise.withResolvers<void>();
  doc.add_timeout_callback(without_document_lock(fired.resolve), 20); // earlier timers have fired too
  await context.withLockedDocument(async () => {
    await fired.promise;
    doc.remove_timeout_callback(planned);
    doc.remove_periodic_callback(periodic);
  });
  await eventually(() => runs.length > 0);
  assertEquals(runs, ["kept"]);
});

Deno.test("models: replaced ones are removed from the document also without clients", async () => {
  await using server = await serveBokeh({ "/app": (doc) => doc.add_root(new Column()) }, LOCAL);
  await requestPage(`${server.url}app?bokeh-session-id=session`);
  const { document: doc, context } = server.getSession("/app", "session");
  const column = doc.roots[0] as Column;
  const replaced: Div[] = [];
  for (let i = 0; i < 3; i++) {
    await context.withLockedDocument(() => {
      const div = new Div();
      replaced.push(div);
      column.children = [div];
    });
  }
  assertEquals(replaced.map(({ document }) => document === doc), [false, false, true]);
});

Deno.test("applications: two with the same path are refused", async () => {
  const app = () => {};
  assertThrows(
    () => new BokehServer({ "/app": app, "/app/": app }),
    TypeError,
    "another application is served at /app",
  );
  const folder = await Deno.makeTempDir();
  try {
    const paths = ["one", "two"].map((name) => `${folder}/${name}/app.ts`);
    for (const path of paths) {
      await Deno.mkdir(path.replace("/app.ts", ""));
      await Deno.writeTextFile(path, "export default () => {};");
    }
    // The program serves the last one, as `bokeh serve` does, and warns. It exits, because the folder of its socket does not exist.
    const { code, stderr } = await runProgram("serve", ...paths, "--unix-socket", `${folder}/absent/socket`);
    assertEquals(code, 1);
    assertStringIncludes(stderr, `Cannot serve ${paths[0]}: ${paths[1]} has the same route /app`);
    const json = await runProgram("json", paths[0]!, "--output", `${folder}/a`, "--output", `${folder}/b`);
    assert(json.stderr.includes("Cannot write 2 files for 1 application\n"), json.stderr);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
