/** Integrity checks of documents find the same errors and warnings as Python's. */

import { assert, assertEquals } from "@std/assert";
import { Document } from "@bokeh/server";
import type { DocJson } from "../../protocol/message.ts";
import { ensurePython } from "../../tools/setup/python.ts";

const SCRIPT = decodeURIComponent(new URL("faulty_documents.py", import.meta.url).pathname);

/** Checks that Python never reports, because it cannot create such models. Unit tests cover them. */
const NEVER_IN_PYTHON = [1002, 1003, 1004, 1005, 1008, 1012, 1013, 1014, 1015, 1016, 1017, 1025, 1026];

interface Case {
  readonly name: string;
  readonly doc: DocJson;
  readonly issues: readonly (readonly [level: string, code: number, name: string, id: string])[];
}

Deno.test("validate: reports the same as Python", async (t) => {
  const { success, stdout, stderr } = await new Deno.Command(await ensurePython(), {
    args: ["-W", "ignore", SCRIPT],
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  assert(success, decoder.decode(stderr));
  const cases: Case[] = JSON.parse(decoder.decode(stdout));

  for (const { name, doc, issues } of cases) {
    await t.step(name, () => {
      const found = Document.from_json(doc).validate()
        .map(({ level, code, name, model }) => [level, code, name, model.id] as const);
      assertEquals(found.toSorted(byText), issues.toSorted(byText));
    });
  }

  await t.step("all of Python's checks are covered", () => {
    const found = new Set(cases.flatMap(({ issues }) => issues.map(([level, code]) => `${level} ${code}`)));
    const errors = Array.from({ length: 31 }, (_, i) => 1001 + i).filter((code) => code !== 1010);
    assertEquals(errors.filter((code) => !found.has(`error ${code}`)), NEVER_IN_PYTHON);
    assertEquals([1000, 1002, 1004, 1005, 1006, 1007, 1008].filter((code) => !found.has(`warning ${code}`)), []);
  });
});

function byText(a: readonly unknown[], b: readonly unknown[]): number {
  return String(a) < String(b) ? -1 : 1;
}
