/**
 * Runs a server in a separate process and reads its memory and file descriptors from `/proc`.
 *
 * @module
 */

import { freePort } from "../../cli/processes/workers.ts";

const ROOT = decodeURIComponent(new URL("../../", import.meta.url).pathname);

/** The resources that a process uses. */
export interface Resources {
  /** Resident memory in MiB. */
  readonly memory: number;
  /** Open file descriptors. */
  readonly descriptors: number;
}

/** The command that starts this server with the sliders application. `{port}` is replaced by the port. */
export const DENO_SERVER_COMMAND = [
  "deno",
  "run",
  "-A",
  "mod.ts",
  "serve",
  "tests/apps/sliders.ts",
  "--port",
  "{port}",
];

/** A running server. */
export class ServerUnderLoad implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly port: number;

  constructor(child: Deno.ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  /**
   * Starts a server and waits until it answers, for at most 20 s.
   *
   * @param command the program and its arguments, in which `{port}` is replaced by the port
   * @throws {Error} if the server does not answer
   */
  static async start(
    command: readonly string[] = DENO_SERVER_COMMAND,
    port: number = freePort(),
  ): Promise<ServerUnderLoad> {
    const [name = "deno", ...args] = command.map((word) => word.replace("{port}", `${port}`));
    const program = name === "deno" ? Deno.execPath() : name;
    const child = new Deno.Command(program, { args, cwd: ROOT, stdin: "null", stdout: "null", stderr: "null" }).spawn();
    const server = new ServerUnderLoad(child, port);
    for (let attempt = 0; attempt < 200; attempt++) {
      const response = await fetch(server.url, { method: "HEAD" }).catch(() => undefined);
      if (response !== undefined) return server;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await server.stop("SIGKILL");
    throw new Error("Cannot start the server: it does not answer");
  }

  /** The address of the application. */
  get url(): string {
    return `http://localhost:${this.port}/sliders`;
  }

  /** Returns the ids of the child processes, which `--num-procs` starts. */
  async workers(): Promise<number[]> {
    const children = await Deno.readTextFile(`/proc/${this.#child.pid}/task/${this.#child.pid}/children`);
    return children.trim().split(" ").filter((pid) => pid !== "").map(Number);
  }

  /** Returns the memory and file descriptors that the first process uses now. */
  async resources(): Promise<Resources> {
    const status = await Deno.readTextFile(`/proc/${this.#child.pid}/status`);
    const descriptors = [...Deno.readDirSync(`/proc/${this.#child.pid}/fd`)].length;
    return { memory: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024, descriptors };
  }

  /** Sends a signal to the server and waits until it has exited. Returns its exit code. */
  async stop(signal: Deno.Signal = "SIGTERM"): Promise<number> {
    try {
      this.#child.kill(signal);
    } catch {
      // The process has exited already.
    }
    return (await this.#child.status).code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
