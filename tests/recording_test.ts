/** Recordings of servers, which lock their files. */

import { assertEquals } from "@std/assert";
import { pullSession } from "../client/mod.ts";
import type { Document } from "../document/document.ts";
import { TextInput } from "../models/mod.ts";
import { type BokehHttpServer, serveBokeh } from "../server/serve.ts";
import { captureLogs, type TestLog } from "../testing/captured_logs.ts";
import { replay } from "../testing/replay.ts";

function app(doc: Document): void {
  doc.add_root(new TextInput({ value: "" }));
}

/** Opens a session and sends one change. */
async function useSession({ url }: BokehHttpServer): Promise<void> {
  const session = await pullSession({ url });
  session.document.select_one(TextInput)!.value = "changed";
  await session.flushed();
  await session.close();
}

function errorsOf(logs: readonly TestLog[]): string[] {
  const errors = logs.filter(({ category, level }) => category === "bokeh.recording" && level === "error");
  return errors.map(({ message }) => message);
}

Deno.test("a server records to a file until it has stopped; a second one says that the file is in use", async () => {
  using captured = captureLogs();
  const folder = await Deno.makeTempDir();
  const record = `${folder}/recording.jsonl`;
  const start = () => serveBokeh({ "/": app }, { port: 0, record });
  try {
    {
      await using first = await start();
      await using second = await start();
      await useSession(second);
      await useSession(first);
    }
    assertEquals(errorsOf(captured.logs), [
      `Cannot record to ${record}: Another server or test records to it: stop that one, or name another file`,
    ]);
    assertEquals((await replay(record, app, { update: false })).sessions, 1);
    {
      await using third = await start();
      await useSession(third);
    }
    assertEquals(errorsOf(captured.logs).length, 1);
    assertEquals((await replay(record, app, { update: false })).sessions, 2);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
