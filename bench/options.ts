/** What `deno task bench` is asked to do. */

import { parseArgs } from "node:util";
import type { Line } from "./line.ts";
import type { ServerName } from "./servers/server.ts";

/** A run, resolved. */
export interface BenchOptions {
  lines: readonly Line[];
  servers: readonly ServerName[];
  rounds: number;
  warmSeconds: number;
  seconds: number;
  /** Where the figures go as JSON; undefined for standard output. */
  json: string | undefined;
  writeDocs: boolean;
  /** The server whose bytes the bare server repeats. */
  record: ServerName;
  help: boolean;
}

/** How the program is used. */
export const USAGE = `deno task bench [options]
  --smoke             every line that is quick, once: two minutes
  --only LINE,…       these lines only
  --servers NAME,…    of python, nodelay (Python with TCP_NODELAY), ours, bare
  --rounds N          how often each line is measured on each server (3)
  --seconds S         how long each measurement is (3)
  --record NAME       whose bytes bare repeats (ours): goals that fewer frames are to reach need Python's
  --json FILE         writes the figures there instead of printing them after the tables
  --write-docs        writes the tables to docs/performance.md`;

const OPTIONS = {
  smoke: { type: "boolean", default: false },
  only: { type: "string" },
  servers: { type: "string" },
  rounds: { type: "string" },
  seconds: { type: "string" },
  json: { type: "string" },
  record: { type: "string" },
  "write-docs": { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

const SERVERS: readonly ServerName[] = ["python", "nodelay", "ours", "bare"];

const SERVERS_BY_NAME = new Map(SERVERS.map((server) => [server, server]));

/** Reads the arguments; `lines` are all there are. */
export function parseOptions(args: string[], lines: readonly Line[]): BenchOptions {
  const { values: given } = parseArgs({ args, options: OPTIONS });
  const { smoke, only } = given;
  const seconds = number("seconds", given.seconds ?? (smoke ? "0.4" : "3"));
  const servers = given.servers === undefined
    ? SERVERS.filter((server) => !(smoke && server === "python"))
    : pick("server", given.servers, SERVERS_BY_NAME);
  return {
    lines: only === undefined
      ? lines.filter((line) => !(smoke && line.long))
      : pick("line", only, new Map(lines.map((line) => [line.id, line]))),
    servers,
    record: pick("server", given.record ?? (servers.includes("ours") ? "ours" : "nodelay"), SERVERS_BY_NAME)[0]!,
    rounds: number("rounds", given.rounds ?? (smoke ? "1" : "3")),
    warmSeconds: seconds,
    seconds,
    json: given.json,
    writeDocs: given["write-docs"],
    help: given.help,
  };
}

function pick<T>(what: string, names: string, known: ReadonlyMap<string, T>): T[] {
  return names.split(",").map((name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    throw new RangeError(`Cannot run the bench: there is no ${what} ${name}, only ${[...known.keys()].join(", ")}`);
  });
}

function number(name: string, text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  throw new RangeError(`Cannot run the bench: --${name} is ${text}`);
}
