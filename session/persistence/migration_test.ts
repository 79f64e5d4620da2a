/** Sessions of an application that creates other models after a deploy. */

import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { ApplicationFunction } from "../../application/application_options.ts";
import type { LifecycleHooks } from "../../application/hooks.ts";
import { Div, Slider } from "../../models/mod.ts";
import { ProtocolError } from "../../protocol/error.ts";
import { type MemoryStore, memoryStore } from "../../store/memory.ts";
import { captureLogs } from "../../testing/captured_logs.ts";
import { InProcessClient } from "../session_test_support.ts";
import type { Session } from "../session.ts";
import { INFO, kill, type ProcessOptions, slide, sliders, startProcess, text } from "./stored_session_test_support.ts";

/** The application after the deploy: another order and a new text. */
const deployed: ApplicationFunction = (doc) => {
  const state = doc.session_state({ changes: 0 });
  doc.add_root(new Div({ text: "new", name: "new" }));
  doc.add_root(new Div({ text: `${state.changes}`, name: "answer" }));
  doc.add_root(new Slider({ start: 0, end: 10, value: 1, step: 1, name: "slider" }));
};

const hooks: LifecycleHooks = {
  onSessionResume(saved, doc) {
    const state = doc.session_state({ changes: 0 });
    doc.get_model_by_name<Slider>("slider").value = saved.get_model_by_name<Slider>("slider").value;
    doc.get_model_by_name<Div>("answer").text = `change ${state.changes}`;
    return true;
  },
};

/** Moves a slider in a process with the old application, and resumes the session in one with another. */
async function resumeIn(store: MemoryStore, fill: ApplicationFunction, options: ProcessOptions = {}): Promise<Session> {
  const first = await startProcess(store, sliders);
  const before = await first.registry.getOrCreate("s", INFO);
  slide(new InProcessClient(before), before, 4);
  await first.clock.tick();
  await kill(first);
  const second = await startProcess(store, fill, { ...options, name: "second" });
  return await second.registry.getOrCreate("s", INFO);
}

Deno.test("onSessionResume() transfers a session to other models, and later processes resume it exactly", async () => {
  await using store = memoryStore();
  const after = await resumeIn(store, deployed, { hooks });
  const value = (session: Session) => session.document.get_model_by_name<Slider>("slider").value;
  assertEquals([value(after), text(after, "answer"), text(after, "new")], [4, "change 1", "new"]);
  await after.journal!.flush();
  slide(new InProcessClient(after), after, 7);
  await after.journal!.flush();
  store.members.delete("second");
  using captured = captureLogs();
  const third = await startProcess(store, deployed);
  const last = await third.registry.getOrCreate("s", INFO);
  assertEquals([value(last), text(last, "answer"), third.errors], [7, "change 1", []]);
  assertEquals(captured.logs.map(({ message }) => message), ["Resumed a session (exact)"]);
});

Deno.test("a session is refused with the models that differ unless onSessionResume() returns true", async () => {
  const refusing: LifecycleHooks["onSessionResume"][] = [
    undefined,
    () => false,
    () => "yes" as unknown as boolean,
    () => {
      throw new Error("Cannot transfer");
    },
  ];
  for (const onSessionResume of refusing) {
    using captured = captureLogs();
    await using store = memoryStore();
    const own = onSessionResume === undefined ? {} : { hooks: { onSessionResume } };
    const error = await assertRejects(() => resumeIn(store, deployed, own), ProtocolError);
    assertEquals(error.code, "application_changed");
    const log = captured.logs.filter(({ level }) => level === "error").map(({ message }) => message).join();
    assertStringIncludes(log, onSessionResume === refusing[3] ? "Cannot transfer" : "it became");
    // A process with the old application, for example during a rolling restart, can go on with the session.
    const old = await startProcess(store, sliders);
    assertEquals(text(await old.registry.getOrCreate("s", INFO), "answer"), "4, change 1");
  }
});

Deno.test("sessions of another version are not resumed although the models are the same", async () => {
  await using store = memoryStore();
  const error = await assertRejects(() => resumeIn(store, sliders, { version: "2" }), ProtocolError);
  assertEquals(error.code, "application_changed");
  await using other = memoryStore();
  const after = await resumeIn(other, sliders, { version: "2", hooks });
  assertEquals(text(after, "answer"), "change 2"); // the hook has set the value, and the callback has run
});
