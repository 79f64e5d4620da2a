/**
 * Several server processes that share one port (`--num-procs`).
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { settlesWithin } from "../../common/settles_within.ts";
import { randomText } from "../../session/credentials/session_id.ts";
import { CommandError } from "../exit.ts";
import type { Log } from "../logging/logging.ts";
import { ChildProgram, runtimeArgs } from "./child_program.ts";
import { firstSignal, shutdownReason } from "./signals.ts";

const logger = getLogger(["bokeh", "cli"]);

/**
 * A process that lived shorter than this is replaced with exponential back-off, in milliseconds.
 */
const STEADY_MILLISECONDS = 5_000;
/**
 * First wait of the back-off, in milliseconds. It applies when two processes in a row were not
 * steady.
 */
const FIRST_WAIT_MILLISECONDS = 100;
/** Longest wait of the back-off, in milliseconds. */
const LONGEST_WAIT_MILLISECONDS = 10_000;

/**
 * Runs the program in several processes until a signal stops them. Replaces a process that exits by
 * itself.
 *
 * @param count Number of processes; 0 or less starts one per core.
 * @param args Arguments of the program in each process.
 * @throws {CommandError} If a process exits before it listens.
 */
export async function runWorkers(count: number, args: readonly string[], log: Log): Promise<number> {
  // Imported only here: a server of one process starts faster.
  const { SessionDirectory } = await import("../../server/processes/session_directory.ts");
  const folder = await Deno.makeTempDir({ prefix: "bokeh-" });
  const secret = randomText();
  try {
    using _directory = new SessionDirectory(folder, secret);
    const runtime = await runtimeArgs();
    const workers = new Workers(count > 0 ? count : navigator.hardwareConcurrency, { folder, secret, runtime, args });
    const signal = firstSignal({ onSecond: () => workers.endNow() });
    log.announce(await workers.start());
    if (Deno.build.os !== "windows") Deno.addSignalListener("SIGHUP", () => workers.hangUp());
    logger.info("{why}, shutting down", { why: shutdownReason(await signal) });
    await workers.end();
    return 0;
  } finally {
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}

/** The command line of the processes. */
interface WorkerCommand {
  /** Folder of the Unix sockets on which the processes forward requests to each other. */
  readonly folder: string;
  /** Secret that the processes share. */
  readonly secret: string;
  /** Arguments of Deno. */
  readonly runtime: readonly string[];
  /** Arguments of the program. */
  readonly args: readonly string[];
}

/** The server processes. A process that exits is replaced by another one with the same index. */
class Workers {
  readonly #folder: string;
  readonly #secret: string;
  readonly #runtime: readonly string[];
  readonly #args: readonly string[];
  readonly #programs: ChildProgram[];
  readonly #ending = Promise.withResolvers<void>();
  #isEnding = false;

  constructor(count: number, { folder, secret, runtime, args }: WorkerCommand) {
    this.#folder = folder;
    this.#secret = secret;
    this.#runtime = runtime;
    this.#args = args;
    this.#programs = Array.from({ length: count }, (_, index) => this.#launch(index, count));
  }

  /**
   * Waits until all processes listen, and replaces those that exit from then on. Returns the line
   * that states the URLs.
   */
  async start(): Promise<string> {
    const lines = await Promise.all(this.#programs.map((program) => program.listening()));
    const [line] = lines;
    if (line === undefined || lines.includes(undefined)) {
      await this.end();
      throw new CommandError("Cannot start Bokeh server: a process exited before it listened");
    }
    for (const index of this.#programs.keys()) void this.#superviseProcess(index);
    return line;
  }

  /** Stops all processes with SIGTERM and waits until they have exited. */
  async end(): Promise<void> {
    this.#isEnding = true;
    this.#ending.resolve();
    await Promise.all(this.#programs.map((program) => program.end()));
  }

  /** Sends SIGHUP to all processes: they reopen the log file and read the certificate again. */
  hangUp(): void {
    for (const program of this.#programs) program.signal("SIGHUP");
  }

  /** Kills all processes. */
  endNow(): void {
    for (const program of this.#programs) program.signal("SIGKILL");
    Deno.removeSync(this.#folder, { recursive: true });
  }

  #launch(index: number, count: number): ChildProgram {
    const group = { index, count, folder: this.#folder, secret: this.#secret };
    return ChildProgram.start(this.#runtime, this.#args, group);
  }

  /**
   * Waits for the process with an index to exit, and replaces it, until all processes are stopped.
   */
  async #superviseProcess(index: number): Promise<void> {
    let wait = 0;
    while (true) {
      const startedAt = performance.now();
      const code = await this.#programs[index]!.ended;
      if (this.#isEnding) return;
      logger.error("Process {index} of the server exited with code {code} and is replaced", { index, code });
      const steady = performance.now() - startedAt > STEADY_MILLISECONDS;
      await settlesWithin(this.#ending.promise, wait);
      wait = steady ? 0 : Math.min(Math.max(2 * wait, FIRST_WAIT_MILLISECONDS), LONGEST_WAIT_MILLISECONDS);
      if (this.#isEnding) return;
      const program = this.#programs[index] = this.#launch(index, this.#programs.length);
      if (await program.listening() !== undefined) {
        logger.info("The replacement of process {index} of the server listens", { index });
      }
    }
  }
}

/** Returns a free TCP port, for processes that will share it. */
export function freePort(hostname?: string): number {
  using listener = Deno.listen({ port: 0, ...hostname === undefined ? {} : { hostname } });
  return listener.addr.port;
}
