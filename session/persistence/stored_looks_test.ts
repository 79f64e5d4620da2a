/** Themes and JavaScript callbacks of documents that another process resumes. */

import { assert, assertEquals } from "@std/assert";
import type { ApplicationFunction } from "../../application/application_options.ts";
import { builtInThemes } from "../../document/themes/built_in_themes.ts";
import { Theme } from "../../document/themes/theme.ts";
import { Column, CustomJS, Div, Title } from "../../models/mod.ts";
import { memoryStore } from "../../store/memory.ts";
import type { Session } from "../session.ts";
import { makeRegistry } from "../session_test_support.ts";
import { INFO, kill, startProcess } from "./stored_session_test_support.ts";

const RED = new Theme({ attrs: { Title: { text_color: "red", text_font: "serif" } } });
const BLUE = new Theme({ attrs: { Title: { text_color: "blue" } } });

const CASES: readonly [name: string, options: { maxEntries?: number; random?: boolean; theme?: Theme }][] = [
  ["from the journal", {}],
  ["from a snapshot", { maxEntries: 1 }],
  ["in place of the application's theme", { theme: BLUE }],
  ["in place of the application's theme, from a snapshot", { theme: BLUE, maxEntries: 1 }],
  ["in an application that fills its document with other values", { random: true, theme: BLUE }],
  ["in an application that fills its document with other values, from a snapshot", { random: true, maxEntries: 1 }],
];

/** Returns colors and fonts of the titles by their names. */
function styles({ document }: Session): unknown {
  return document.models.filter((model) => model instanceof Title).map(({ name, text_color, text_font }) => [
    name,
    text_color,
    text_font,
  ]);
}

for (const [name, { maxEntries = 512, random = false, theme = null }] of CASES) {
  Deno.test(`a theme that a callback has set is restored ${name}`, async () => {
    await using store = memoryStore();
    let runs = 0;
    const fill: ApplicationFunction = (doc) => {
      const text = random ? `run ${runs++}` : "same";
      doc.add_root(new Column({ name: "column", children: [new Div({ text, tags: [new Title({ name: "plain" })] })] }));
      doc.add_root(new Div({ tags: [new Title({ name: "own", text_color: "green" }), new Title({ name: "later" })] }));
      doc.theme = theme;
    };
    const title = (session: Session, of: string) => session.document.get_model_by_name<Title>(of)!;
    /** Changes a session that is stored, and one that stays in memory. */
    const change = async (session: Session) => {
      await session.transact({}, () => void (session.document.theme = RED));
      await session.transact({}, () => {
        // the default, which the theme must not replace; an application that is random loses it
        if (!random) title(session, "later").text_color = "#444444";
        session.document.get_model_by_name<Column>("column")!.tags = [new Title({ name: "added" })];
      });
    };
    const before = await makeRegistry(fill).registry.getOrCreate("s");
    await change(before);
    const first = await startProcess(store, fill, { maxEntries });
    await change(await first.registry.getOrCreate("s", INFO));
    await first.clock.tick(300);
    await kill(first);
    const second = await startProcess(store, fill, { maxEntries });
    const after = await second.registry.getOrCreate("s", INFO);
    assertEquals(styles(after), styles(before));
    assertEquals(title(after, "plain").text_color, "red");
    for (const next of [builtInThemes().dark_minimal, BLUE, null]) {
      for (const session of [before, after]) await session.transact({}, () => void (session.document.theme = next));
      assertEquals(styles(after), styles(before));
    }
    assertEquals([title(after, "plain").text_color, title(after, "added").text_color], ["#444444", "#444444"]);
  });
}

Deno.test("a theme of Bokeh is the same object after a session was resumed", async () => {
  await using store = memoryStore();
  const first = await startProcess(store, (doc) => void doc.add_root(new Title()));
  const before = await first.registry.getOrCreate("s", INFO);
  await before.transact({}, () => void (before.document.theme = "dark_minimal"));
  await first.clock.tick(300);
  await kill(first);
  const second = await startProcess(store, (doc) => void doc.add_root(new Title()));
  const after = await second.registry.getOrCreate("s", INFO);
  assert(after.document.theme === builtInThemes().dark_minimal);
});

Deno.test("JavaScript callbacks of the document that callbacks have added, and their changes, are restored", async () => {
  for (const random of [false, true]) {
    await using store = memoryStore();
    let runs = 0;
    const fill: ApplicationFunction = (doc) => {
      doc.add_root(new Div({ name: "div", text: random ? `run ${runs++}` : "same" }));
      doc.js_on_event("document_ready", new CustomJS({ code: "first()" }));
    };
    const first = await startProcess(store, fill, { maxEntries: 3 });
    const before = await first.registry.getOrCreate("s", INFO);
    const { document } = before;
    const second = new CustomJS({
      code: "second()",
      args: { div: document.get_model_by_name("div")!, more: new Div() },
    });
    await before.transact({}, () => document.js_on_event("connection_lost", second, new CustomJS({ code: "third()" })));
    await before.transact({}, () => void (second.code = "changed()"));
    for (let i = 0; i < 2; i++) {
      await first.clock.tick(300);
      const text = JSON.stringify(document.to_json());
      const process = await startProcess(store, fill, { maxEntries: 3 });
      if (i === 0) await kill(first);
      else await first.registry.drain();
      const after = await process.registry.getOrCreate("s", INFO);
      assertEquals(JSON.stringify(after.document.to_json()), text, `random: ${random}, move ${i}`);
      await process.registry.drain();
    }
  }
});
