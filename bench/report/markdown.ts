/** The figures as tables. */

import type { Row } from "../run_lines.ts";
import type { ServerName } from "../servers/server.ts";
import { number, percent, table, withUnit } from "./format.ts";
import { cpuStanding, goalText, standing } from "./verdict.ts";

/** How the servers are called. */
export const NAMES: Record<ServerName, string> = {
  python: "Python",
  nodelay: "with TCP_NODELAY",
  ours: "this server",
  bare: "bare Deno",
};

/** Three tables: values with ratios and goals; time of the server's core; latencies. */
export function tables(rows: readonly Row[], servers: readonly ServerName[]): string {
  return [
    "## What each server does\n",
    "Medians of all rounds. Ratios are of this server to Python's with TCP_NODELAY, and to the bare Deno server that says " +
    "the same bytes; more is better in both, whether the line counts a rate, a time or memory.\n",
    valueTable(rows, servers),
    "\n## Time of the server's core for an operation, in ms\n",
    "It depends less on what else the machine does. Beside it, what share of its own core the load client took at most, " +
    "and what share of a core strangers took: where either is large the rates above are not the server's own.\n",
    cpuTable(rows, servers),
    "\n## Latency, 50 % / 99 %, in ms\n",
    "Of a stream: the time between one patch and the next.\n",
    latencyTable(rows, servers),
  ].join("\n");
}

/** Why a measurement is missing, a line each. */
export function failures(rows: readonly Row[]): string[] {
  return rows.flatMap(({ line, cells }) =>
    Object.entries(cells).flatMap(([server, cell]) =>
      "failure" in cell ? [`${line.id}, ${server}: ${cell.failure}`] : []
    )
  );
}

function valueTable(rows: readonly Row[], servers: readonly ServerName[]): string {
  const body = rows.map((row) => {
    const { python, bare, reached } = standing(row);
    return [
      row.line.title,
      ...servers.map((server) => cell(row, server, ({ value }) => withUnit(value, row.line.unit))),
      python === undefined ? "" : `${number(python)}×`,
      bare === undefined ? "" : percent(bare),
      goalText(row.line),
      reached === undefined ? "" : reached ? "yes" : "no",
    ];
  });
  return table([
    ["work", ...servers.map((server) => NAMES[server]), "of Python", "of bare", "goal", "reached"],
    ...body,
  ]);
}

function cpuTable(rows: readonly Row[], servers: readonly ServerName[]): string {
  const body = rows.map((row) => {
    const most = (figure: "clientShare" | "strangerShare") => {
      const shares = Object.values(row.cells).flatMap((cell) => "failure" in cell ? [] : cell[figure] ?? []);
      return shares.length > 0 ? percent(Math.max(...shares)) : "";
    };
    const times = servers.map((server) => cell(row, server, ({ cpu }) => cpu === undefined ? "" : number(cpu)));
    const { python, bare } = cpuStanding(row);
    return [
      row.line.title,
      ...times,
      python === undefined ? "" : `${number(python)}×`,
      bare === undefined ? "" : percent(bare),
      most("clientShare"),
      most("strangerShare"),
    ];
  });
  const head = ["work", ...servers.map((server) => NAMES[server]), "of Python", "of bare", "client", "strangers"];
  return table([head, ...body.filter((row) => row.slice(1).some(Boolean))]);
}

function latencyTable(rows: readonly Row[], servers: readonly ServerName[]): string {
  const body = rows.map((row) => [
    row.line.title,
    ...servers.map((server) =>
      cell(row, server, ({ latency }) => latency === undefined ? "" : `${number(latency.p50)} / ${number(latency.p99)}`)
    ),
  ]);
  return table([
    ["work", ...servers.map((server) => NAMES[server])],
    ...body.filter((row) => row.slice(1).some(Boolean)),
  ]);
}

type Measured = Exclude<NonNullable<Row["cells"][ServerName]>, { failure: string }>;

function cell(row: Row, server: ServerName, text: (cell: Measured) => string): string {
  const found = row.cells[server];
  return found === undefined ? "" : "failure" in found ? "failed" : text(found);
}
