/**
 * A server in a process of its own, with its memory and its descriptors in view.
 *
 * @module
 */

const ROOT = decodeURIComponent(new URL("../../", import.meta.url).pathname);

/** Resources of a process. */
export interface Resources {
  /** Resident memory in MiB. */
  readonly memory: number;
  /** Open file descriptors. */
  readonly descriptors: number;
}

/** The words that start our own server; `{port}` stands for the port. */
export const OURS = ["deno", "run", "-A", "mod.ts", "serve", "tests/apps/sliders.ts", "--port", "{port}"];

/** A running server. */
export class ServerUnderLoad implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly port: number;

  constructor(child: Deno.ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  /** Starts a server by its words and waits until it answers. */
  static async start(words: readonly string[] = OURS, port: number = freePort()): Promise<ServerUnderLoad> {
    const [program = "deno", ...args] = words.map((word) => word.replace("{port}", `${port}`));
    const command = program === "deno" ? Deno.execPath() : program;
    const child = new Deno.Command(command, { args, cwd: ROOT, stdin: "null", stdout: "null", stderr: "null" }).spawn();
    const server = new ServerUnderLoad(child, port);
    for (let attempt = 0; attempt < 200; attempt++) {
      const response = await fetch(server.url, { method: "HEAD" }).catch(() => undefined);
      if (response !== undefined) return server;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await server.stop("SIGKILL");
    throw new Error("Cannot start the server: it does not answer");
  }

  /** Address of the application. */
  get url(): string {
    return `http://localhost:${this.port}/sliders`;
  }

  /** The processes of the server below the first one: those of `--num-procs`. */
  async workers(): Promise<number[]> {
    const children = await Deno.readTextFile(`/proc/${this.#child.pid}/task/${this.#child.pid}/children`);
    return children.trim().split(" ").filter((pid) => pid !== "").map(Number);
  }

  /** What the process holds at this moment. */
  async resources(): Promise<Resources> {
    const status = await Deno.readTextFile(`/proc/${this.#child.pid}/status`);
    const descriptors = [...Deno.readDirSync(`/proc/${this.#child.pid}/fd`)].length;
    return { memory: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024, descriptors };
  }

  /** Ends it, and answers with its exit code. */
  async stop(signal: Deno.Signal = "SIGTERM"): Promise<number> {
    try {
      this.#child.kill(signal);
    } catch {
      // it has ended by itself
    }
    return (await this.#child.status).code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

function freePort(): number {
  using listener = Deno.listen({ port: 0 });
  return listener.addr.port;
}
