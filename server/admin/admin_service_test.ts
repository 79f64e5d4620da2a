import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { Application } from "../../application/application.ts";
import type { Document } from "../../document/document.ts";
import { sessionRequest } from "../../handlers/http/session_request.ts";
import { Button, ColumnDataSource, type DataTable, Div, PreText, Select, Toggle } from "../../models/mod.ts";
import { openSession, type TestSession } from "../../testing/mod.ts";
import { eventually } from "../../tests/kit/eventually.ts";
import { hostApplication } from "../hosted_application.ts";
import { Readiness } from "../monitoring/readiness.ts";
import { resolveOptions } from "../options/resolve_options.ts";
import type { AdminLogControl } from "./admin_options.ts";
import { AdminService } from "./admin_service.ts";

const HOSTILE = "<img src=x onerror=alert(1)>";
const PROVIDER = { getUser: () => "ada", loginUrl: "/login" };

function app(doc: Document): void {
  const source = new ColumnDataSource({ data: { x: new Float64Array(1000) } });
  const button = new Button({ label: "Fail" });
  doc.add_root(source);
  doc.add_root(button);
}

/** A server without a port, with an admin page for the user ada. */
class Served implements Disposable {
  readonly service: AdminService;
  readonly log: AdminLogControl = { level: "info" };
  readonly readiness: Readiness;
  readonly hosted;
  authorized = true;

  constructor() {
    const admin = { path: "/admin", log: this.log, authorize: (user: unknown) => this.authorized && user === "ada" };
    const options = resolveOptions({ authProvider: PROVIDER, admin });
    const apps = () => [this.hosted];
    this.readiness = new Readiness({ apps, probes: false });
    this.service = new AdminService(options.admin!, { apps, readiness: this.readiness, group: () => undefined });
    this.hosted = hostApplication("/app", new Application(app), options, { observer: this.service.observer("/app") });
  }

  async addSession(id: string, user: string) {
    const details = { url: new URL("http://localhost/app"), method: "GET" };
    return await this.hosted.registry.getOrCreate(id, { request: sessionRequest({}, details, new Headers(), user) });
  }

  page(user = "ada"): Promise<TestSession> {
    return openSession(this.service.source[0][1], { user });
  }

  [Symbol.dispose](): void {
    this.service[Symbol.dispose]();
  }
}

function rowsOf({ serverDoc }: TestSession, name: string): string[][] {
  const { source, columns } = serverDoc.get_model_by_name<DataTable>(name);
  const data = Object.values((source as ColumnDataSource).data).map((values) => [...values].map(String));
  assertEquals(data.length, columns.length);
  return (data[0] ?? []).map((_, i) => data.map((values) => values[i]!));
}

async function select(page: TestSession, name: string, index: number): Promise<void> {
  const source = page.doc.get_model_by_name<DataTable>(name).source as ColumnDataSource;
  await page.set(source.selected, "indices", [index]);
}

Deno.test("the admin page lists sessions without their ids, and errors with stacks", async () => {
  using server = new Served();
  const session = await server.addSession("the-secret-id-of-a-session-which-must-not-be-shown", HOSTILE);
  session.reportError(new Error(`failed ${HOSTILE} ${"A".repeat(44)}`, { cause: new Error("the cause") }));
  await using page = await server.page();

  const [row] = rowsOf(page, "Sessions");
  assertEquals(row!.slice(0, 4), [session.instance.slice(0, 8), "/app", HOSTILE, "0"]);
  assertEquals(row!.slice(-2), ["8.0 kB", "0 B"]);
  assertEquals(rowsOf(page, "Errors").map((cells) => cells.slice(2)), [
    ["/app", "callback", `Error: failed ${HOSTILE} AAAA…`],
  ]);
  await select(page, "Errors", 0);
  const stack = page.serverDoc.get_model_by_name<PreText>("stack").text;
  assertStringIncludes(stack, "admin_service_test.ts");
  assertStringIncludes(stack, "Caused by Error: the cause");
  assert(!JSON.stringify(page.serverDoc.to_json()).includes("the-secret-id"));
});

Deno.test("the admin page ends the selected session after a question, also when its row has moved", async () => {
  using server = new Served();
  const sessions = [await server.addSession("one", "ada"), await server.addSession("two", "grace")];
  await using page = await server.page();
  const end = page.doc.get_model_by_name<Button>("end");
  assert(end.disabled);
  await select(page, "Sessions", 1);
  assert(!end.disabled);
  const name = rowsOf(page, "Sessions")[1]![0]!;
  const [selected, other] = sessions.toSorted((a) => a.instance.startsWith(name) ? -1 : 1);
  server.hosted.registry.end(other!.id);
  await eventually(async () => {
    await page.clock.tick(2000);
    return rowsOf(page, "Sessions").length === 1;
  }, "the other session is no longer listed");

  await page.click(end);
  assertStringIncludes(page.page.question ?? "", `End session ${name} of`);
  await page.page.answer(true);
  assert(selected!.destroyed);
  assertEquals(page.page.notifications.map(({ text }) => text), ["The session was ended."]);
  assertEquals(
    page.logs.filter(({ message }) => message.startsWith("Administrator")).map(({ message }) => message),
    [`Administrator ada: end session ${name} of process 0`],
  );
});

Deno.test("the admin page drains the server, and sets the level of the log", async () => {
  using server = new Served();
  await using page = await server.page();
  const drain = page.doc.get_model_by_name<Toggle>("drain");
  await page.set(drain, "active", true);
  assertEquals(await server.readiness.reason(), "draining");
  await page.set(drain, "active", false);
  assertEquals(await server.readiness.reason(), undefined);
  await page.set(page.doc.get_model_by_name<Select>("log level"), "value", "debug");
  assertEquals(server.log.level, "debug");
});

Deno.test("the admin page does nothing for a user who has lost the right", async () => {
  using server = new Served();
  const session = await server.addSession("one", "grace");
  await using page = await server.page();
  await select(page, "Sessions", 0);
  server.authorized = false;
  await page.click(page.doc.get_model_by_name<Button>("end"));
  await assertRejects(() => page.page.answer(true), Error, "the user may no longer use the admin page");
  assert(!session.destroyed);
});

Deno.test("clients cannot change what the admin page shows", async () => {
  using server = new Served();
  await using page = await server.page();
  const summary = page.doc.get_model_by_name<Div>("summary");
  const before = page.serverDoc.get_model_by_name<Div>("summary").text;
  await page.set(summary, "text", "0 errors").catch(() => {});
  assertEquals(page.serverDoc.get_model_by_name<Div>("summary").text, before);
  assertEquals(page.errors.length, 1);
});
