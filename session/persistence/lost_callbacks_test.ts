/** Warnings of callbacks that resumed sessions lack, and attributes that a store does not keep. */

import { assertEquals, assertThrows } from "@std/assert";
import type { ApplicationFunction } from "../../application/application_options.ts";
import type { LifecycleHooks } from "../../application/hooks.ts";
import { Button, ColumnDataSource, Div, Slider } from "../../models/mod.ts";
import { memoryStore } from "../../store/memory.ts";
import { captureLogs } from "../../testing/captured_logs.ts";
import { makeRegistry } from "../session_test_support.ts";
import type { Session } from "../session.ts";
import { INFO, kill, sliders, startProcess, text } from "./stored_session_test_support.ts";

/** Returns the warnings that two sessions of an application cause. */
async function warningsOf(
  fill: ApplicationFunction,
  change: (session: Session) => void,
  hooks: LifecycleHooks = {},
): Promise<string[]> {
  using captured = captureLogs();
  await using store = memoryStore();
  const { registry, clock } = await startProcess(store, fill, { hooks });
  for (const id of ["a", "b"]) {
    const session = await registry.getOrCreate(id, INFO);
    await session.transact({}, () => change(session));
  }
  await clock.tick(10);
  await registry.drain();
  return captured.logs.filter(({ level }) => level === "warning").map(({ message }) => message);
}

function addButton({ document }: Session): void {
  const button = new Button({ label: "Again" });
  button.on_click(() => {});
  document.add_root(button);
}

Deno.test("a model with callbacks that a callback has added is reported once with the model", async () => {
  const warnings = await warningsOf(sliders, addButton);
  assertEquals(warnings.length, 1);
  assertEquals(
    warnings[0]!.replace(/p\d+/, "p"),
    "A resumed session will lack the callbacks of Button(p): the model was added after the application function had returned. Restore it in doc.on_session_resumed",
  );
});

Deno.test("a callback that a callback has added to a model of the application function is reported", async () => {
  const warnings = await warningsOf(
    sliders,
    ({ document }) => document.select_one(Slider).on_change("value", () => {}),
  );
  assertEquals(warnings.map((text) => text.replace(/p\d+/, "p")), [
    "A resumed session will lack the callbacks of Slider(p): one was added after the application function had returned. Restore it in doc.on_session_resumed",
  ]);
});

Deno.test("timers that callbacks have added or removed are reported, but no short timeouts", async () => {
  const warnings = await warningsOf(
    (doc) => {
      const refresh = doc.add_periodic_callback(function refresh() {}, 1000);
      doc.on_message("stop", () => doc.remove_periodic_callback(refresh));
    },
    ({ document }) => {
      document.add_periodic_callback(function play() {}, 100);
      document.add_timeout_callback(function remind() {}, 60_000);
      document.add_timeout_callback(function debounce() {}, 100);
      document.add_next_tick_callback(function next() {});
      document.remove_periodic_callback(document.session_callbacks[0]!);
    },
  );
  assertEquals(warnings.map((text) => text.split(".")[0]), [
    "A resumed session will lack the periodic callback play: it was added after the application function had returned",
    "A resumed session will lack the timeout callback remind: it was added after the application function had returned",
    "A resumed session will lack the removal of the periodic callback refresh: the application function adds it again",
  ]);
});

Deno.test("models without callbacks and applications that restore their callbacks are not reported", async () => {
  const div = await warningsOf(sliders, ({ document }) => document.add_root(new Div({ text: "added" })));
  const restoring: ApplicationFunction = (doc) => {
    doc.on_session_resumed(() => {});
  };
  const byCallback = await warningsOf(restoring, addButton);
  const byHook = await warningsOf(sliders, addButton, { onSessionResumed: () => {} });
  assertEquals([div, byCallback, byHook], [[], [], []]);
});

Deno.test("sessions without a store cause no warnings of lost callbacks", async () => {
  using captured = captureLogs();
  const { registry } = makeRegistry(sliders);
  const session = await registry.getOrCreate("s");
  await session.transact({}, () => addButton(session));
  await registry.drain();
  assertEquals(captured.logs.filter(({ level }) => level === "warning"), []);
});

Deno.test("a transient attribute is not stored, and a resumed session has that of the application function", async () => {
  await using store = memoryStore();
  let run = 0;
  const fill: ApplicationFunction = (doc) => {
    run++;
    const source = new ColumnDataSource({ data: { x: [run] }, name: "source" });
    const status = new Div({ text: `run ${run}`, name: "status" });
    doc.add_root(new Div({ text: "title", name: "title", tags: [source] }));
    doc.add_root(status);
    doc.transient(source, "data");
    doc.transient(status, "text", "styles");
  };
  for (const maxEntries of [1, 512]) {
    run = 0;
    const first = await startProcess(store, fill, { maxEntries });
    const before = await first.registry.getOrCreate(`${maxEntries}`, INFO);
    const source = before.document.get_model_by_name<ColumnDataSource>("source");
    for (let i = 0; i < 5; i++) await before.transact({}, () => source.stream({ x: [i] }));
    await before.transact({}, () => void (before.document.get_model_by_name<Div>("status").text = "changed"));
    const records = [...store.records.values()];
    assertEquals(records.at(-1)!.entries.length, 0);
    await before.transact({}, () => void (before.document.get_model_by_name<Div>("title").text = "kept"));
    await before.transact({}, () => void (before.document.get_model_by_name<Div>("title").tags = [source, 1]));
    await first.clock.tick(250);
    await kill(first);
    const second = await startProcess(store, fill);
    const after = await second.registry.getOrCreate(`${maxEntries}`, INFO);
    assertEquals([text(after, "title"), text(after, "status")], ["kept", "run 2"]);
    assertEquals([...after.document.get_model_by_name<ColumnDataSource>("source").data.x!], [2]);
    assertEquals(second.errors, []);
  }
});

Deno.test("transient() refuses attributes that the model does not have", async () => {
  const { registry } = makeRegistry(() => {});
  const { document } = await registry.getOrCreate("s");
  const slider = new Slider({ start: 0, end: 1, value: 0 });
  assertThrows(() => document.transient(slider, "speed" as "value"), TypeError, "Slider.speed transient");
});
