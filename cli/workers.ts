/**
 * Several processes that share one port: `--num-procs`.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { ChildProgram } from "./child_program.ts";
import { CommandError } from "./exit.ts";
import { printLine } from "./print.ts";
import { firstSignal } from "./signals.ts";

const logger = getLogger(["bokeh", "cli"]);

/**
 * Runs the program in several processes until a signal ends them all. Where one ends by itself, all do.
 *
 * @param count how many; 0 takes one for each core
 * @param args the words of the command line that each is started with
 */
export async function runWorkers(count: number, args: readonly string[]): Promise<number> {
  const signal = firstSignal();
  const workers = Array.from(
    { length: count || navigator.hardwareConcurrency },
    () => ChildProgram.start(args, "piped"),
  );
  const lines = await Promise.all(workers.map((worker) => worker.firstLine()));
  if (lines.includes(undefined)) {
    await Promise.all(workers.map((worker) => worker.end()));
    throw new CommandError("Cannot start Bokeh server: a process of it ended at once");
  }
  printLine(lines[0]!);
  const lost = await Promise.race([
    signal.then(() => false),
    ...workers.map((worker) => worker.ended.then(() => true)),
  ]);
  if (lost) logger.error("A process of the server ended by itself: the others end too");
  await Promise.all(workers.map((worker) => worker.end()));
  return lost ? 1 : 0;
}

/** A port that nobody listens on, for processes that are to share it. */
export function freePort(hostname?: string): number {
  using listener = Deno.listen({ port: 0, ...hostname === undefined ? {} : { hostname } });
  return listener.addr.port;
}
