/**
 * Several processes that share one port: `--num-procs`.
 *
 * @module
 */

import { settlesWithin } from "../../common/settles_within.ts";
import { getLogger } from "@logtape/logtape";
import { ChildProgram, runtimeArgs } from "./child_program.ts";
import { CommandError } from "../exit.ts";
import type { Log } from "../logging/logging.ts";
import { randomText } from "../../session/credentials/session_id.ts";
import { firstSignal, whyItEnds } from "./signals.ts";

const logger = getLogger(["bokeh", "cli"]);

/** Waits before a process is replaced: the next after the second that died within the time of {@linkcode STEADY_MILLISECONDS}. */
const FIRST_WAIT_MILLISECONDS = 100;
const LONGEST_WAIT_MILLISECONDS = 10_000;
const STEADY_MILLISECONDS = 5_000;

/**
 * Runs the program in several processes until a signal ends them all. One that ends by itself is replaced.
 *
 * @param count how many; 0 or less takes one for each core
 * @param args the words of the command line that each is started with
 */
export async function runWorkers(count: number, args: readonly string[], log: Log): Promise<number> {
  const folder = await Deno.makeTempDir({ prefix: "bokeh-" });
  try {
    const runtime = await runtimeArgs();
    const workers = new Workers(count > 0 ? count : navigator.hardwareConcurrency, { folder, runtime, args });
    const signal = firstSignal({ onSecond: () => workers.endNow() });
    log.announce(await workers.start());
    if (Deno.build.os !== "windows") Deno.addSignalListener("SIGHUP", () => workers.hangUp());
    logger.info("{why}, shutting down", { why: whyItEnds(await signal) });
    await workers.end();
    return 0;
  } finally {
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}

/** How the processes are started. */
interface WorkerCommand {
  /** Folder of the sockets on which the processes hand requests over. */
  readonly folder: string;
  /** Words of Deno's command line before those of the program. */
  readonly runtime: readonly string[];
  /** The program's arguments. */
  readonly args: readonly string[];
}

/** Processes, each with its place that another takes when it dies. */
class Workers {
  readonly #folder: string;
  readonly #secret = randomText();
  readonly #runtime: readonly string[];
  readonly #args: readonly string[];
  readonly #programs: ChildProgram[];
  readonly #ending = Promise.withResolvers<void>();
  #isEnding = false;

  constructor(count: number, { folder, runtime, args }: WorkerCommand) {
    this.#folder = folder;
    this.#runtime = runtime;
    this.#args = args;
    this.#programs = Array.from({ length: count }, (_, index) => this.#launch(index, count));
  }

  /** Waits until all listen, and answers with what one of them printed. From now on those that die are replaced. */
  async start(): Promise<string> {
    const lines = await Promise.all(this.#programs.map((program) => program.listening()));
    const [line] = lines;
    if (line === undefined || lines.includes(undefined)) {
      await this.end();
      throw new CommandError("Cannot start Bokeh server: a process of it ended at once");
    }
    for (const index of this.#programs.keys()) void this.#keep(index);
    return line;
  }

  /** Asks all to end, and waits for that. */
  async end(): Promise<void> {
    this.#isEnding = true;
    this.#ending.resolve();
    await Promise.all(this.#programs.map((program) => program.end()));
  }

  /** Has all of them reopen their log file and read their certificate again. */
  hangUp(): void {
    for (const program of this.#programs) program.signal("SIGHUP");
  }

  /** Ends all without waiting for anything. */
  endNow(): void {
    for (const program of this.#programs) program.signal("SIGKILL");
    Deno.removeSync(this.#folder, { recursive: true });
  }

  #launch(index: number, count: number): ChildProgram {
    const group = { index, count, folder: this.#folder, secret: this.#secret };
    return ChildProgram.start(this.#runtime, this.#args, group);
  }

  async #keep(index: number): Promise<void> {
    let wait = 0;
    while (true) {
      const startedAt = performance.now();
      const code = await this.#programs[index]!.ended;
      if (this.#isEnding) return;
      logger.error("Process {index} of the server ended with {code}: another takes its place", { index, code });
      const steady = performance.now() - startedAt > STEADY_MILLISECONDS;
      await this.#pause(wait);
      wait = steady ? 0 : Math.min(Math.max(2 * wait, FIRST_WAIT_MILLISECONDS), LONGEST_WAIT_MILLISECONDS);
      if (this.#isEnding) return;
      const program = this.#programs[index] = this.#launch(index, this.#programs.length);
      if (await program.listening() !== undefined) {
        logger.info("Process {index} of the server listens again", { index });
      }
    }
  }

  async #pause(milliseconds: number): Promise<void> {
    await settlesWithin(this.#ending.promise, milliseconds);
  }
}

/** A port that nobody listens on, for processes that are to share it. */
export function freePort(hostname?: string): number {
  using listener = Deno.listen({ port: 0, ...hostname === undefined ? {} : { hostname } });
  return listener.addr.port;
}
