/** Options of `deno task bench`. */

import { parseArgs } from "node:util";
import type { Line } from "./line.ts";
import type { ServerName } from "./servers/server.ts";

/** Options of a run, with defaults applied. */
export interface BenchOptions {
  lines: readonly Line[];
  servers: readonly ServerName[];
  rounds: number;
  warmSeconds: number;
  seconds: number;
  /** File for the figures as JSON. Undefined: standard output. */
  json: string | undefined;
  writeDocs: boolean;
  /** The server whose answers the bare server sends. */
  record: ServerName;
  help: boolean;
}

/** Usage of the program. */
export const USAGE = `deno task bench [options]
  --smoke             measure each short line once (two minutes)
  --only LINE,…       measure only these lines
  --servers NAME,…    servers: python, nodelay (Python with TCP_NODELAY), ours, bare
  --rounds N          number of measurements of each line on each server (default: 3)
  --seconds S         duration of each measurement in seconds (default: 3)
  --record NAME       server whose answers the bare server sends (default: ours)
  --json FILE         write the figures to a file instead of printing them after the tables
  --write-docs        write the tables to docs/performance.md`;

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

/**
 * Parses the arguments.
 *
 * @param lines All lines.
 * @throws {RangeError} If a line, server or number is invalid.
 * @throws {TypeError} If an option is unknown.
 */
export function parseOptions(args: string[], lines: readonly Line[]): BenchOptions {
  const { values: given } = parseArgs({ args, options: OPTIONS });
  const { smoke, only } = given;
  const seconds = number("seconds", given.seconds ?? (smoke ? "0.4" : "3"));
  const servers = given.servers === undefined
    ? SERVERS.filter((server) => !(smoke && server === "python"))
    : pick("server", given.servers, SERVERS_BY_NAME);
  return {
    lines: only === undefined
      ? smoke ? smokeLines(lines) : lines
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

/** Returns the short lines. Of lines that differ in a number only, all but the first run on this server alone. */
function smokeLines(lines: readonly Line[]): Line[] {
  const families = new Set<string>();
  return lines.filter(({ long }) => !long).map((line) => {
    const family = line.id.replace(/-\d+$/, "");
    const isRepeated = families.size === families.add(family).size;
    return isRepeated ? { ...line, servers: line.servers.filter((server) => server === "ours") } : line;
  });
}

function pick<T>(what: string, names: string, known: ReadonlyMap<string, T>): T[] {
  return names.split(",").map((name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    throw new RangeError(`Cannot run the benchmark: there is no ${what} ${name}, only ${[...known.keys()].join(", ")}`);
  });
}

function number(name: string, text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  throw new RangeError(`Cannot run the benchmark: --${name} is ${text}, not a positive number`);
}
