/** Measures lines. Alternates between the servers, so that changes of the machine affect all of them. */

import { errorMessage } from "../common/error_message.ts";
import type { Line, Sample, Setting } from "./line.ts";
import { median, type Spread } from "./measure/statistics.ts";
import type { ServerName } from "./servers/server.ts";

/** The result for one server: the medians of all rounds, or the text of the error. */
export type Cell = (Sample & { values: number[] }) | { failure: string };

/** A line and its results. */
export interface Row {
  line: Line;
  cells: Partial<Record<ServerName, Cell>>;
}

/** Lines, servers and rounds of a run. */
export interface Plan {
  lines: readonly Line[];
  servers: readonly ServerName[];
  rounds: number;
  setting: Setting;
  /** Called before each measurement. */
  onStart?: (line: Line, server: ServerName, round: number) => void;
}

/** Measures all lines of a plan. A failed measurement is reported in its cell and does not stop the others. */
export async function* runLines({ lines, servers, rounds, setting, onStart }: Plan): AsyncGenerator<Row> {
  for (const line of lines) {
    const asked = servers.filter((server) => line.servers.includes(server));
    const samples = new Map<ServerName, Sample[]>(asked.map((server) => [server, []]));
    const cells: Row["cells"] = {};
    for (let round = 1; round <= (line.once ? 1 : rounds); round++) {
      for (const [server, found] of samples) {
        if (cells[server] !== undefined) continue;
        onStart?.(line, server, round);
        try {
          found.push(await line.measure(server, setting));
        } catch (error) {
          cells[server] = { failure: errorMessage(error) };
        }
      }
    }
    for (const [server, found] of samples) cells[server] ??= summary(found);
    yield { line, cells };
  }
}

/** Returns the medians of the figures of samples. */
export function summary(samples: readonly Sample[]): Sample & { values: number[] } {
  const values = samples.map((sample) => sample.value);
  const of = (figure: (sample: Sample) => number | undefined) => {
    const found = samples.map(figure).filter((value) => value !== undefined);
    return found.length > 0 ? median(found) : undefined;
  };
  const optional = {
    cpu: of((sample) => sample.cpu),
    serverShare: of((sample) => sample.serverShare),
    clientShare: of((sample) => sample.clientShare),
    otherShare: of((sample) => sample.otherShare),
    relativeCpu: of((sample) => sample.relativeCpu),
    largestShare: of((sample) => sample.largestShare),
    latency: spreadOf(of((sample) => sample.latency?.p50), of((sample) => sample.latency?.p99)),
    further: furtherOf(samples),
  };
  const known = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return { value: median(values), values, ...known };
}

function spreadOf(p50: number | undefined, p99: number | undefined): Spread | undefined {
  return p50 === undefined || p99 === undefined ? undefined : { p50, p99 };
}

function furtherOf(samples: readonly Sample[]): Record<string, number> | undefined {
  const names = Object.keys(samples[0]?.further ?? {});
  if (names.length === 0) return undefined;
  return Object.fromEntries(
    names.map((name) => [name, median(samples.map((sample) => sample.further?.[name] ?? NaN))]),
  );
}
