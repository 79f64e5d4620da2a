/** Formats the results as Markdown tables. */

import type { Row } from "../run_lines.ts";
import type { ServerName } from "../servers/server.ts";
import { number, percent, table, withUnit } from "./format.ts";
import { compare, compareCpu, goalText, type Measured, measuredOf } from "./comparison.ts";

/** Names of the servers in the tables. */
export const NAMES: Record<ServerName, string> = {
  python: "Python",
  nodelay: "with TCP_NODELAY",
  ours: "this server",
  bare: "bare Deno",
};

/** Returns tables: values with ratios and goals, CPU time, latencies, and several processes if they were measured. */
export function tables(rows: readonly Row[], servers: readonly ServerName[]): string {
  return [
    "## Results\n",
    "Lines `from the checkout` run the sources of this repository. Lines of the published package run what users get: bundles, " +
    "from a local registry whose files are in Deno's cache, so that no download is measured. " +
    "Medians of all rounds. The ratios compare this server with Python's server with TCP_NODELAY and with a bare Deno server " +
    "that sends the same bytes. Higher ratios are better on all lines.\n",
    valueTable(rows, servers),
    "\n## CPU time of the server for an operation, in ms\n",
    "CPU time depends less on other load of the machine. The last two columns are the largest share of its core that the load " +
    "client used and the largest share of a core that other processes used. If one of them is large, the server did not limit " +
    "the rates above.\n",
    cpuTable(rows, servers),
    "\n## Latency, 50 % / 99 %, in ms\n",
    "For streams: time between two patches.\n",
    latencyTable(rows, servers),
    ...processTables(rows),
  ].join("\n");
}

/** Returns a line for each failed measurement. */
export function failures(rows: readonly Row[]): string[] {
  return rows.flatMap(({ line, cells }) =>
    Object.entries(cells).flatMap(([server, cell]) =>
      "failure" in cell ? [`${line.id}, ${server}: ${cell.failure}`] : []
    )
  );
}

function valueTable(rows: readonly Row[], servers: readonly ServerName[]): string {
  const body = rows.map((row) => {
    const { python, bare, reached } = compare(row);
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
    const most = (figure: "clientShare" | "otherShare") => {
      const shares = Object.values(row.cells).flatMap((cell) => "failure" in cell ? [] : cell[figure] ?? []);
      return shares.length > 0 ? percent(Math.max(...shares)) : "";
    };
    const times = servers.map((server) => cell(row, server, ({ cpu }) => cpu === undefined ? "" : number(cpu)));
    const { python, bare } = compareCpu(row);
    return [
      row.line.title,
      ...times,
      python === undefined ? "" : `${number(python)}×`,
      bare === undefined ? "" : percent(bare),
      most("clientShare"),
      most("otherShare"),
    ];
  });
  const head = ["work", ...servers.map((server) => NAMES[server]), "of Python", "of bare", "client", "others"];
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

/** Returns a section about lines of several processes, or nothing if none was measured. */
function processTables(rows: readonly Row[]): string[] {
  const body = rows.flatMap(({ line, cells }) => {
    const { value, relativeCpu = NaN, largestShare, further } = measuredOf(cells.ours) ?? {};
    if (value === undefined || largestShare === undefined) return [];
    const { cpuOfBase = NaN, cpuOfSeparate = NaN, cpuOfParent = NaN } = further ?? {};
    return [[
      line.title,
      number(cpuOfBase),
      number(cpuOfSeparate),
      number(value),
      number(cpuOfParent),
      `${number(relativeCpu)}×`,
      percent(largestShare),
    ]];
  });
  if (body.length === 0) return [];
  return [
    "\n## Several processes\n",
    "CPU time of all processes of a server for an operation, in ms, at a fixed rate: in one process (in half of them " +
    "with Valkey), in as many separate servers of one process each, and in the processes that share a " +
    "port; the part of the process that started them; and the ratio to the first. The separate servers know nothing of each " +
    "other. What they need more than one process is the price of more processes on this machine: each has its own code and " +
    "data in the caches of the cores, which they share with each other, except for the load client's. The last column is the " +
    "share of the sessions that the process with the most sessions owns; the operating system spreads the connections.\n",
    table([["work", "one", "separate", "shared port", "parent", "relative", "largest share"], ...body]),
  ];
}

function cell(row: Row, server: ServerName, text: (cell: Measured) => string): string {
  const found = row.cells[server];
  return found === undefined ? "" : "failure" in found ? "failed" : text(found);
}
