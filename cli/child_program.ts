/**
 * This program once more, in a process below this one.
 *
 * @module
 */

import type { ProcessGroupOptions } from "../server/process_group.ts";

/** The variable that tells a process that it is below another of this program, and its place if it is one of several. */
const VARIABLE = "BOKEH_SERVER_CHILD";

/** Whether this process was started by another of this program. */
export function isChildProgram(): boolean {
  return Deno.env.has(VARIABLE);
}

/** The place of this process among several; undefined where it serves alone. */
export function processGroup(): ProcessGroupOptions | undefined {
  const [index, count, ...folder] = (Deno.env.get(VARIABLE) ?? "").split(":");
  if (folder.length === 0) return undefined;
  return { index: Number(index), count: Number(count), folder: folder.join(":") };
}

/** How {@linkcode ChildProgram.start} starts a process. */
export interface ChildProgramOptions {
  /** Whether its output is this one's, or is read by this one. */
  readonly stdout: "inherit" | "piped";
  /** Its place among several. */
  readonly group?: ProcessGroupOptions;
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

  /** Starts it with the words of a command line. */
  static start(args: readonly string[], { stdout, group }: ChildProgramOptions): ChildProgram {
    // Deno keeps a port for several processes behind --unstable-net.
    const program = Deno.build.standalone
      ? []
      : ["run", ...ownRights(group?.folder), "--unstable-net", Deno.mainModule];
    const command = new Deno.Command(Deno.execPath(), {
      args: [...program, ...args],
      env: { [VARIABLE]: group === undefined ? "1" : `${group.index}:${group.count}:${group.folder}` },
      stdin: "piped",
      stdout,
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

const RIGHTS = ["read", "write", "net", "env", "run", "sys", "ffi", "import"] as const;

/** What this program may do without limits, and whether it may write to a folder: a process below it may do no more. */
function ownRights(folder?: string): string[] {
  const has = (right: Deno.PermissionDescriptor) => Deno.permissions.querySync(right).state === "granted";
  const granted = RIGHTS.filter((name) => has({ name }));
  if (granted.length === RIGHTS.length) return ["-A"];
  const rights = granted.map((name) => `--allow-${name}`);
  const writes = folder !== undefined && !granted.includes("write") && has({ name: "write", path: folder });
  return ["--no-prompt", ...rights, ...writes ? [`--allow-write=${folder}`] : []];
}

/** In a process below another: resolves when the other has ended, however that came. */
export async function parentEnded(): Promise<void> {
  for await (const _ of Deno.stdin.readable) {
    // Nothing is ever written: only the end counts.
  }
}
