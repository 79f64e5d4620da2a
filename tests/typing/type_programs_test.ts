/** `deno check` of applications: it must accept common code, and report mistakes with a helpful error. */

import { assertEquals, assertMatch } from "@std/assert";
import { Document } from "@bokeh/server";
import * as accepted from "./accepted.ts";
import { HEAD, REFUSED } from "./refused.ts";
import * as typedColumns from "./typed_columns.ts";

const ROOT = new URL("../..", import.meta.url);

/** Runs `deno check` on files with the configuration of the project and returns what it prints. */
async function check(...files: string[]): Promise<{ code: number; output: string }> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["check", "--quiet", "--config", new URL("deno.json", ROOT).pathname, ...files],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  return { code, output: new TextDecoder().decode(stderr) };
}

/** Maximum number of lines of a report before the line that states the mistake. */
const MOST_LINES_BEFORE = 3;

Deno.test("deno check: accepts common code, which runs", async () => {
  const files = ["accepted.ts", "typed_columns.ts"].map((name) => new URL(name, import.meta.url).pathname);
  const { code, output } = await check(...files);
  assertEquals([code, output], [0, ""]);
  for (const program of [...Object.values(accepted), ...Object.values(typedColumns)]) program();
});

Deno.test("deno check: accepts Bokeh's server examples, and they fill documents", async () => {
  const folder = new URL("examples/", import.meta.url);
  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name).toSorted();
  assertEquals(names.length, 15);
  const { code, output } = await check(...names.map((name) => folder.pathname + name));
  assertEquals([code, output], [0, ""]);
  for (const name of names) {
    const { default: fill }: { default: (doc: Document) => void } = await import(folder.href + name);
    const doc = new Document();
    fill(doc);
    const mistakes = doc.validate().filter(({ level }) => level === "error").map(({ text }) => text);
    assertEquals(mistakes, [], name);
    doc.to_json();
  }
});

Deno.test("deno check: reports mistakes near the start of its output", async (t) => {
  // Inside the project, so that its import map is used.
  const folder = await Deno.makeTempDir({ dir: new URL(".", import.meta.url).pathname, prefix: "refused_" });
  try {
    const files = await Promise.all(REFUSED.map(async ([mistake], i) => {
      const file = `${folder}/mistake_${i}.ts`;
      await Deno.writeTextFile(file, HEAD + mistake + "\nexport {};\n");
      return file;
    }));
    const { output } = await check(...files);
    const reports = output.split(/\n\n(?=TS\d+)/);
    for (const [i, [mistake, error]] of REFUSED.entries()) {
      await t.step(mistake, () => {
        const report = reports.find((text) => text.includes(`mistake_${i}.ts:`)) ?? "";
        assertMatch(report, error);
        const before = report.split("\n").findIndex((line) => error.test(line));
        assertEquals(before <= MOST_LINES_BEFORE, true, report);
      });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
