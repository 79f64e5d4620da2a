import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { Document } from "../document/document.ts";
import { Button, Div } from "../models/mod.ts";
import { type BokehHttpServer, serveBokeh, type ServeBokehOptions } from "../server/serve.ts";
import { openSession } from "../testing/open_session.ts";
import { repeatRecording } from "./recorded_load.ts";

function app(doc: Document): void {
  const button = new Button({ label: "Count" });
  const count = new Div({ text: "0" });
  button.on_click(() => {
    count.text = `${Number(count.text) + 1}`;
  });
  doc.add_root(button);
  doc.add_root(count);
}

function failing(doc: Document): void {
  app(doc);
  doc.select_one(Button)!.on_click(() => {
    throw new Error("not in the recording");
  });
}

/** Returns the recording of a session in which a user clicks five times, and the number of its messages. */
async function recorded(): Promise<{ text: string; messages: number }> {
  const file = await Deno.makeTempFile();
  {
    await using session = await openSession(app, { record: file });
    for (let i = 0; i < 5; i++) await session.click(session.doc.select_one(Button)!);
  }
  const text = await Deno.readTextFile(file);
  await Deno.remove(file);
  return { text, messages: text.split("\n").filter((line) => line.includes('"kind":"message"')).length };
}

function serve(application: typeof app, options: ServeBokehOptions = {}): Promise<BokehHttpServer> {
  return serveBokeh({ "/": application }, { ...options, port: 0, onError: () => {} });
}

Deno.test("repeatRecording repeats a session with several clients on a server", async () => {
  const { text, messages } = await recorded();
  await using server = await serve(app, { secretKey: "a key of the server", signSessions: true });
  const report = await repeatRecording(text, { url: server.url, clients: 4, speed: 2 });
  const { sessions, errors, unanswered, refused, firstErrors } = report;
  assertEquals({ sessions, errors, unanswered, refused, firstErrors }, {
    sessions: 4,
    errors: 0,
    unanswered: 0,
    refused: 0,
    firstErrors: [],
  });
  assertEquals(report.messages, 4 * messages);
  assertEquals(server.getSessions("/").map(({ document }) => document.select_one(Div)!.text), ["5", "5", "5", "5"]);
});

Deno.test("repeatRecording counts errors that the recording does not have", async () => {
  const { text } = await recorded();
  await using server = await serve(failing);
  const { errors, firstErrors } = await repeatRecording(text, { url: server.url, clients: 2 });
  assertEquals([errors, firstErrors.length], [10, 5]);
  assertStringIncludes(firstErrors[0]!, "was answered with an error");
});

Deno.test("repeatRecording needs the headers of a login", async () => {
  const { text } = await recorded();
  const authProvider = { getUser: (request: Request) => request.headers.get("x-user"), getLoginUrl: () => "/login" };
  await using server = await serve(app, { authProvider });
  const refused = await repeatRecording(text, { url: server.url, clients: 2, headers: [["x-user", ""]] });
  assertEquals([refused.sessions, refused.refused], [0, 2]);
  assertStringIncludes(refused.firstErrors[0]!, "status 401: give the cookie of a login with --header");
  const report = await repeatRecording(text, { url: server.url, clients: 2, headers: [["x-user", "a secret"]] });
  assertEquals([report.sessions, report.unanswered, report.firstErrors], [2, 0, []]);
});

Deno.test("repeatRecording ends when its signal is aborted, and refuses a text without sessions", async () => {
  const { text } = await recorded();
  await using server = await serve(app);
  const signal = AbortSignal.abort();
  assertEquals((await repeatRecording(text, { url: server.url, clients: 2, signal })).messages, 0);
  const [header] = text.split("\n");
  const nothing = repeatRecording(`${header}\n`, { url: server.url, clients: 1 });
  await assertRejects(() => nothing, Error, "no session from its beginning");
});
