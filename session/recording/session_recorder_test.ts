import { assertEquals } from "@std/assert";
import { DEFAULT_LIMITS } from "../../common/limits.ts";
import type { Document } from "../../document/document.ts";
import { TextInput } from "../../models/mod.ts";
import { InProcessClient, makeRegistry } from "../session_test_support.ts";
import { Recording } from "./recording.ts";

function app(doc: Document): void {
  doc.add_root(new TextInput({ value: "" }));
}

/** Sends a text of 2 kB, with a limit of 1 kB on what one message may cause to be sent. Returns why the session ended. */
async function endOf(recording: Recording | undefined): Promise<string | undefined> {
  const { registry, clock } = makeRegistry(app, {
    limits: { ...DEFAULT_LIMITS, sentBytesPerMessage: 1000 },
    recording: recording && Promise.resolve(recording),
  });
  const session = await registry.getOrCreate("a");
  new InProcessClient(session).set(session.document.roots[0]!, "value", "x".repeat(2000));
  await clock.tick();
  return session.destroyedBy;
}

Deno.test("SessionRecorder charges what it writes to the account of the session's clients", async () => {
  assertEquals(await endOf(undefined), undefined);
  assertEquals(await endOf(new Recording({ size: 0, write: () => {} })), "too_much_work");
});
