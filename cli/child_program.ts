/**
 * This program once more, in a process below this one.
 *
 * @module
 */

import type { ProcessGroupOptions } from "../server/process_group.ts";

/** The variable that tells a process that it is below another of this program, and its place among several. */
const VARIABLE = "BOKEH_SERVER_CHILD";

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

  /** What it prints first, which it does once it listens; undefined if it ends before. What it prints later this one prints too. */
  async firstLine(): Promise<string | undefined> {
    const reader = this.#child.stdout.getReader();
    const decoder = new TextDecoder();
    let printed = "";
    while (!printed.includes("\n")) {
      const { value, done } = await reader.read();
      if (done) return undefined;
      printed += decoder.decode(value, { stream: true });
    }
    reader.releaseLock();
    void this.#child.stdout.pipeTo(Deno.stdout.writable, { preventClose: true }).catch(() => {});
    return printed.slice(0, printed.indexOf("\n"));
  }

  /** Sends it a signal, if it has not ended. */
  signal(name: "SIGTERM" | "SIGKILL" | "SIGHUP"): void {
    if (!this.#ended) this.#child.kill(name);
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
