/**
 * Child processes that run this program again.
 *
 * @module
 */

import { TextLineStream } from "@std/streams/text-line-stream";
import type { ProcessGroupOptions } from "../../server/processes/process_group.ts";
import { printLine } from "../print.ts";

/**
 * Environment variable of child processes: their index, the number of processes, the shared secret
 * and the socket folder.
 */
const VARIABLE = "BOKEH_SERVER_CHILD";

/**
 * Start of the line that the program prints when it listens. Other programs search for it, as in
 * Bokeh.
 */
export const RUNNING_AT = "Bokeh applications running at:";

/** Returns whether another process of this program started this one. */
export function isChildProgram(): boolean {
  return Deno.env.has(VARIABLE);
}

/** Returns the group that this process belongs to; undefined if it is the only server process. */
export function processGroup(): ProcessGroupOptions | undefined {
  const [index, count, secret, ...folder] = (Deno.env.get(VARIABLE) ?? "").split(":");
  if (folder.length === 0) return undefined;
  return { index: Number(index), count: Number(count), secret, folder: folder.join(":") };
}

/**
 * A child process that runs this program. It exits when this process exits, because its standard
 * input is closed then.
 */
export class ChildProgram {
  readonly #child: Deno.ChildProcess;
  #ended = false;
  #isListening = false;
  /** Resolves with the exit code when the process has exited. */
  readonly ended: Promise<number>;

  /** Wraps a process whose standard output is piped. */
  constructor(child: Deno.ChildProcess) {
    this.#child = child;
    this.ended = child.status.then(({ code }) => {
      this.#ended = true;
      return code;
    });
  }

  /**
   * Starts a process.
   *
   * @param runtime Arguments of Deno, from {@linkcode runtimeArgs}.
   * @param args Arguments of the program.
   * @param group The process's place among the processes of the server.
   */
  static start(runtime: readonly string[], args: readonly string[], group: ProcessGroupOptions): ChildProgram {
    const command = new Deno.Command(Deno.execPath(), {
      args: [...runtime, ...args],
      env: { [VARIABLE]: `${group.index}:${group.count}:${group.secret}:${group.folder}` },
      stdin: "piped",
      stdout: "piped",
    });
    return new ChildProgram(command.spawn());
  }

  /**
   * Waits until the process listens. Copies all other lines of its standard output to that of this
   * process.
   *
   * @returns The line that states its addresses; undefined if the process exits first.
   */
  async listening(): Promise<string | undefined> {
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    // The npm package of @std has no types, so the type is stated here.
    const splitter: TransformStream<string, string> = new TextLineStream();
    const lines = this.#child.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(splitter);
    const read = async () => {
      for await (const line of lines) {
        if (this.#isListening || !line.includes(RUNNING_AT)) printLine(line);
        else resolve(line);
        this.#isListening ||= line.includes(RUNNING_AT);
      }
      resolve(undefined);
    };
    void read().catch(() => resolve(undefined));
    return await promise;
  }

  /**
   * Sends a signal if the process is running. SIGHUP is sent only when it listens: before that, the
   * signal would end it.
   */
  signal(name: "SIGTERM" | "SIGKILL" | "SIGHUP"): void {
    if (!this.#ended && (name !== "SIGHUP" || this.#isListening)) this.#child.kill(name);
  }

  /** Sends SIGTERM and waits for the process to exit. Returns the exit code. */
  async end(): Promise<number> {
    this.signal("SIGTERM");
    return await this.ended;
  }
}

/**
 * Flags of Deno that children do not inherit: debugger ports, file watchers, and cache reloads that
 * are already done.
 */
const OWN_FLAGS = /^(?:--inspect(?:-brk|-wait)?|--watch(?:-hmr|-exclude)?|--reload|-r)(?:=|$)/;

/** Flag of Deno that lets several processes listen on one port. */
const SHARED_PORT = "--unstable-net";

/**
 * Returns the arguments of Deno with which this process was started: flags and entry module,
 * without the program's arguments. A process that is started with them has the same `deno.json`,
 * lock file, import map and permissions.
 */
export async function runtimeArgs(): Promise<string[]> {
  if (Deno.build.standalone) return [];
  if (Deno.build.os !== "linux") return ["run", ...grantedPermissions(), SHARED_PORT, Deno.mainModule];
  const words = (await ownCommandLine()).slice(1, -Deno.args.length || undefined);
  const flags = words.filter((word) => !OWN_FLAGS.test(word));
  // `deno app.ts` is short for `deno run app.ts`.
  return flags[0] === "run" ? ["run", SHARED_PORT, ...flags.slice(1)] : [SHARED_PORT, ...flags];
}

/**
 * Returns this process's command line. A `deno eval` reads it, because Deno reads `/proc` only with
 * all permissions.
 */
async function ownCommandLine(): Promise<string[]> {
  const code = `Deno.stdout.writeSync(Deno.readFileSync("/proc/${Deno.pid}/cmdline"))`;
  const args = ["eval", "--no-config", "--no-lock", code];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args, stdin: "null" }).output();
  return new TextDecoder().decode(stdout).replace(/\0$/, "").split("\0");
}

const PERMISSIONS = ["read", "write", "net", "env", "run", "sys", "ffi", "import"] as const;

/** Returns flags for the permissions that this process has without restrictions. */
function grantedPermissions(): string[] {
  const granted = PERMISSIONS.filter((name) => Deno.permissions.querySync({ name }).state === "granted");
  if (granted.length === PERMISSIONS.length) return ["-A"];
  return ["--no-prompt", ...granted.map((name) => `--allow-${name}`)];
}

/**
 * In a child process, resolves when the parent has exited for any reason, which closes standard
 * input.
 */
export async function parentEnded(): Promise<void> {
  for await (const _ of Deno.stdin.readable) {
    // The parent never writes. Only the end of the stream matters.
  }
}
