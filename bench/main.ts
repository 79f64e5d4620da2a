/**
 * Compares this server with Python's and with a bare Deno server: `deno task bench`.
 *
 * @module
 */

import { ensurePython } from "../tools/setup/python.ts";
import { outputOf } from "../tools/setup/process.ts";
import { allLines } from "./lines/all_lines.ts";
import { describe, machine } from "./machine.ts";
import { placement } from "./measure/placement.ts";
import { type BenchOptions, parseOptions, USAGE } from "./options.ts";
import { failures, tables } from "./report/markdown.ts";
import { compare } from "./report/comparison.ts";
import { type Row, runLines } from "./run_lines.ts";
import { PublishedPackage } from "./servers/published_package.ts";
import { recordServer } from "./servers/record_server.ts";

const DOCS = new URL("../docs/performance.md", import.meta.url);

async function main(options: BenchOptions): Promise<number> {
  if (options.help) return console.log(`${USAGE}\nLines: ${allLines.map(({ id }) => id).join(", ")}`), 0;
  const { lines, servers, rounds, warmSeconds, seconds, record } = options;
  const cores = placement();
  // The browser is a child of this process and inherits its core, so that it does not share the server's.
  await outputOf("taskset", ["--all-tasks", "--cpu-list", "--pid", String(cores.client), String(Deno.pid)]);
  const recording = await Deno.makeTempFile({ prefix: "bokeh-bench-", suffix: ".json" });
  try {
    await using published = new PublishedPackage();
    const tools = { python: await ensurePython(), recording, published };
    const setting = { tools, placement: cores, warmSeconds, seconds };
    if (servers.includes("bare")) {
      console.error(`recording the answers of ${record} for the bare server`);
      await recordServer(record, setting);
    }
    const onStart = (line: { id: string }, server: string, round: number) =>
      console.error(`${line.id}: ${server}, round ${round}`);
    const rows = await Array.fromAsync(runLines({ lines, servers, rounds, setting, onStart }));
    const about = await machine(tools.python);
    const text = `${describe(about)}\n\n${tables(rows, servers)}\n`;
    console.log(text);
    await writeJson(options.json, {
      machine: about,
      rounds,
      seconds,
      placement: cores,
      record,
      lines: rows.map(asJson),
    });
    if (options.writeDocs) await Deno.writeTextFile(DOCS, document(text));
    const failed = failures(rows);
    for (const failure of failed) console.error(`failed: ${failure}`);
    return failed.length === 0 ? 0 : 1;
  } finally {
    await Deno.remove(recording);
  }
}

function asJson(row: Row): unknown {
  const { id, title, unit, goal } = row.line;
  return { id, title, unit, goal, ...compare(row), servers: row.cells };
}

async function writeJson(file: string | undefined, figures: unknown): Promise<void> {
  const text = JSON.stringify(figures, null, 2);
  if (file === undefined) console.log(text);
  else await Deno.writeTextFile(file, text + "\n");
}

function document(text: string): string {
  return `# Performance\n\n` +
    `Results of the last run of \`deno task bench --write-docs\`, which generates this page. Each server runs in a separate ` +
    `process on one core and the load client on another core. The servers are measured alternately. ${text}`;
}

/** Parses the arguments. Exits with 2 and a message if they are invalid. */
function optionsOf(args: string[]): BenchOptions {
  try {
    return parseOptions(args, allLines);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(2);
  }
}

if (import.meta.main) Deno.exit(await main(optionsOf(Deno.args)));
