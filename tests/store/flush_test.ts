/** `doc.flush()` with a session store: a process that is killed, and SQLite. */

import { assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { idOf, message, unsignedToken } from "../kit/messages.ts";
import { ServerProcess } from "../kit/server_process.ts";
import { WireClient } from "../kit/wire_client.ts";

const APP = decodeURIComponent(new URL("apps/flushing.ts", import.meta.url).pathname);

/** Returns the number of journal entries in a store. */
function entriesIn(path: string): number {
  using db = new DatabaseSync(path, { readOnly: true });
  return Number(db.prepare("SELECT count(*) AS count FROM entries").get()!.count);
}

const CASES = [
  { cause: "a client", value: 1, entries: 2, last: "second" },
  { cause: "the server", value: 2, entries: 3, last: "second" },
  { cause: "a client that writes much", value: 3, entries: undefined, last: "49".padEnd(4000, ".") },
];

for (const { cause, value, entries, last } of CASES) {
  Deno.test(`flush() in a callback of ${cause}: SIGKILL after it loses only later changes`, async () => {
    const folder = await Deno.makeTempDir({ prefix: "bokeh-" });
    const path = `${folder}/sessions.db`;
    const start = () => ServerProcess.serve(APP, "--port", "0", "--session-store", `sqlite:${path}`);
    const token = unsignedToken("flushed");
    const connect = ({ port }: ServerProcess) => WireClient.connect(port, "", { path: "/flushing/ws", token });
    await using first = await start();
    using client = await connect(first);
    const slider = idOf(await client.pull(), "slider");
    const before = entriesIn(path);
    const event = { kind: "ModelChanged", model: { id: slider }, attr: "value", new: value };
    await client.socket.sendAll(message("PATCH-DOC", { events: [event] }));
    await first.exitCode();
    if (entries !== undefined) assertEquals(entriesIn(path) - before, entries);

    await using second = await start();
    using again = await connect(second);
    const { roots } = await again.pull();
    const attributes = roots.map((root: { attributes: unknown }) => root.attributes);
    assertEquals(attributes[0].value, value);
    assertEquals([attributes[1].text, attributes[1].width], [last, last.length]);
    await Deno.remove(folder, { recursive: true });
  });
}
