/**
 * This program once more, in a process below this one.
 *
 * @module
 */

import { TextLineStream } from "@std/streams/text-line-stream";
import type { ProcessGroupOptions } from "../../server/process_group.ts";
import { printLine } from "../print.ts";

/** The variable that tells a process that it is below another of this program, and its place among several. */
const VARIABLE = "BOKEH_SERVER_CHILD";

/** How the line begins that the program prints once it listens. */
export const RUNNING_AT = "Bokeh applications running at:";

/** Whether this process was started by another of this program. */
export function isChildProgram(): boolean {
  return Deno.env.has(VARIABLE);
}

/** The place of this process among several; undefined where it serves alone. */
export function processGroup(): ProcessGroupOptions | undefined {
  const [index, count, secret, ...folder] = (Deno.env.get(VARIABLE) ?? "").split(":");
  if (folder.length === 0) return undefined;
  return { index: Number(index), count: Number(count), secret, folder: folder.join(":") };
}

/** A process of this program below this one. It ends with this one: its standard input ends then. */
export class ChildProgram {
  readonly #child: Deno.ChildProcess;
  #ended = false;
  #isListening = false;
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number>;

  constructor(child: Deno.ChildProcess) {
    this.#child = child;
    this.ended = child.status.then(({ code }) => {
      this.#ended = true;
      return code;
    });
  }

  /** Starts it with the words of a command line, in the same runtime as this process: see {@linkcode runtimeArgs}. */
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
   * Waits until it listens, and returns the line in which it says so; undefined if it ends before. All else that it prints this
   * process prints too.
   */
  async listening(): Promise<string | undefined> {
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    // The library is published without types: it makes lines of texts.
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

  /** Sends it a signal, if it has not ended. A process that does not listen yet gets no SIGHUP, which would end it. */
  signal(name: "SIGTERM" | "SIGKILL" | "SIGHUP"): void {
    if (!this.#ended && (name !== "SIGHUP" || this.#isListening)) this.#child.kill(name);
  }

  /** Asks it to end, and answers with its exit code. */
  async end(): Promise<number> {
    this.signal("SIGTERM");
    return await this.ended;
  }
}

/** Flags that concern one process only: a debugger's port, a watcher, a cache that this process has already renewed. */
const OWN_FLAGS = /^(?:--inspect(?:-brk|-wait)?|--watch(?:-hmr|-exclude)?|--reload|-r)(?:=|$)/;

/** Deno lets several processes listen on one port only with this flag. */
const SHARED_PORT = "--unstable-net";

/**
 * Returns the words of Deno's command line that start this program: the flags and the entry module, without the program's own
 * arguments. A process that is started with them has the same `deno.json`, lock file, import map and permissions.
 */
export async function runtimeArgs(): Promise<string[]> {
  if (Deno.build.standalone) return [];
  if (Deno.build.os !== "linux") return ["run", ...grantedPermissions(), SHARED_PORT, Deno.mainModule];
  const words = (await ownCommandLine()).slice(1, -Deno.args.length || undefined);
  const flags = words.filter((word) => !OWN_FLAGS.test(word));
  // the subcommand "run" may be left out
  return flags[0] === "run" ? ["run", SHARED_PORT, ...flags.slice(1)] : [SHARED_PORT, ...flags];
}

/** Returns this process's command line. Deno reads `/proc` only with all permissions, which `deno eval` has. */
async function ownCommandLine(): Promise<string[]> {
  const code = `Deno.stdout.writeSync(Deno.readFileSync("/proc/${Deno.pid}/cmdline"))`;
  const args = ["eval", "--no-config", "--no-lock", code];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args, stdin: "null" }).output();
  return new TextDecoder().decode(stdout).replace(/\0$/, "").split("\0");
}

const PERMISSIONS = ["read", "write", "net", "env", "run", "sys", "ffi", "import"] as const;

/** Returns the flags of the permissions that this process has without limits. */
function grantedPermissions(): string[] {
  const granted = PERMISSIONS.filter((name) => Deno.permissions.querySync({ name }).state === "granted");
  if (granted.length === PERMISSIONS.length) return ["-A"];
  return ["--no-prompt", ...granted.map((name) => `--allow-${name}`)];
}

/** In a process below another: resolves when the other has ended, however that came. */
export async function parentEnded(): Promise<void> {
  for await (const _ of Deno.stdin.readable) {
    // Nothing is ever written: only the end counts.
  }
}
