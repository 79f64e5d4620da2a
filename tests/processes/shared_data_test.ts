/** Columns and values that the sessions of several processes share. */

import { assertEquals } from "@std/assert";
import { type ClientSession, pullSession } from "../../client/mod.ts";
import { syncOf } from "../../document/document_sync.ts";
import { PAGE_MESSAGE } from "../../document/page/page_message.ts";
import { ButtonClick } from "@bokeh/server/events";
import { type Button, ColumnDataSource, type DataTable, Div, Slider, type Toggle } from "../../models/mod.ts";
import { eventually } from "../kit/eventually.ts";
import { ServerProcess } from "../kit/server_process.ts";

const APP = decodeURIComponent(new URL("shared_feed.ts", import.meta.url).pathname);

function valuesOf({ document }: ClientSession): number[] {
  return [...document.select_one(ColumnDataSource)!.data.value];
}

function textOf({ document }: ClientSession, name: string): string {
  return document.select_one({ type: Div, name })!.text;
}

async function move(session: ClientSession, values: readonly number[]): Promise<void> {
  for (const value of values) {
    session.document.select_one(Slider)!.value = value;
    await session.flushed();
  }
}

/** Opens sessions until each process has one. */
async function sessionOfEach(url: string, processes: number): Promise<Map<string, ClientSession>> {
  const sessions = new Map<string, ClientSession>();
  while (sessions.size < processes) {
    const session = await pullSession({ url });
    const pid = textOf(session, "pid");
    if (sessions.has(pid)) await session.close();
    else sessions.set(pid, session);
  }
  return sessions;
}

Deno.test({
  name: "sharedSource: all processes apply all changes in the same order, and a new process has the columns",
  ignore: Deno.build.os !== "linux",
}, async () => {
  await using program = await ServerProcess.serve(APP, "--port", "0", "--num-procs", "2", "--log-level", "None");
  const sessions = await sessionOfEach(program.url, 2);
  const [one, two] = [...sessions.values()] as [ClientSession, ClientSession];
  const moved = (from: number) => Array.from({ length: 20 }, (_, i) => from + i);
  await Promise.all([move(one, moved(100)), move(two, moved(500))]);

  await eventually(() => valuesOf(one).length === 41 && valuesOf(two).length === 41, "all rows are in both processes");
  assertEquals(valuesOf(one), valuesOf(two));
  assertEquals(valuesOf(one).slice(1).toSorted((a, b) => a - b), [...moved(100), ...moved(500)]);
  await eventually(() => textOf(one, "last") === `${valuesOf(one).at(-1)}`, "the value is the last one");
  assertEquals(textOf(one, "last"), textOf(two, "last"));

  const [killed] = sessions.keys();
  Deno.kill(Number(killed), "SIGKILL");
  let after = two;
  await eventually(async () => {
    const opened = await pullSession({ url: program.url }).catch(() => undefined);
    if (opened === undefined) return false;
    if (sessions.has(textOf(opened, "pid"))) await opened.close();
    else after = opened;
    return after === opened;
  }, "a session is opened in the new process");
  assertEquals(valuesOf(after), valuesOf(two));
  await move(after, [7]);
  await eventually(() => valuesOf(two).at(-1) === 7, "the new process publishes changes");
  await Promise.allSettled([one, two, after].map((session) => session.close()));
});

Deno.test({
  name: "the admin page shows and drains all processes, and ends a session of another one",
  ignore: Deno.build.os !== "linux",
}, async () => {
  const token = "a token of the administrator";
  const args = ["--port", "0", "--num-procs", "2", "--admin", "/admin"];
  await using program = await ServerProcess.serve({ BOKEH_ADMIN_TOKEN: token }, APP, ...args);
  const sessions = [...(await sessionOfEach(program.url, 2)).values()];
  const authorization = `Basic ${btoa(`admin:${token}`)}`;
  const admin = await pullSession({ url: new URL("/", program.url).href, app: "/admin", headers: { authorization } });
  const rowsOf = (name: string) => {
    const { source } = admin.document.get_model_by_name<DataTable>(name);
    const columns = Object.values((source as ColumnDataSource).data).map((values) => [...values].map(String));
    return (columns[0] ?? []).map((_, row) => columns.map((values) => values[row]!));
  };
  await eventually(
    () => new Set(rowsOf("Sessions").filter((row) => row[1] !== "/admin").map((row) => row[3])).size === 2,
    "the sessions of both processes are listed",
  );
  assertEquals(rowsOf("Processes").map((row) => row[5]), ["accepted", "accepted"]);

  const own = () => rowsOf("Sessions").find((row) => row[1] === "/admin");
  await eventually(() => own() !== undefined, "the page lists its own session");
  const process = own()![3];
  const indexOfOther = () => rowsOf("Sessions").findIndex((row) => row[1] !== "/admin" && row[3] !== process);
  const name = rowsOf("Sessions")[indexOfOther()]![0]!;
  admin.document.on_message(PAGE_MESSAGE, (data) => {
    const [action, id, text] = data as unknown[];
    if (action !== "confirm" || !String(text).startsWith(`End session ${name}`)) return;
    admin.document.send_message(PAGE_MESSAGE, ["answer", id, "true"]);
  });
  const { selected } = admin.document.get_model_by_name<DataTable>("Sessions").source as ColumnDataSource;
  selected.indices = [indexOfOther()];
  const end = admin.document.get_model_by_name<Button>("end");
  await eventually(() => !end.disabled, "the session is selected");
  syncOf(admin.document).sendEvent(new ButtonClick({ model: end }));
  await eventually(
    () => !rowsOf("Sessions").some((row) => row[0] === name),
    "the session of the other process has ended",
  );
  await eventually(
    () => program.log.includes(`end session ${name} of process ${1 - Number(process)}`),
    "the log has it",
  );

  admin.document.get_model_by_name<Toggle>("drain").active = true;
  await eventually(() => rowsOf("Processes").every((row) => row[5] === "draining"), "both processes drain");
  const readiness = await fetch(new URL("/readyz", program.url));
  assertEquals([readiness.status, await readiness.text()], [503, "draining\n"]);
  await eventually(() => program.log.includes("Administrator with the token: drain the server"), "the log has it");
  await Promise.allSettled([...sessions, admin].map((session) => session.close()));
});
