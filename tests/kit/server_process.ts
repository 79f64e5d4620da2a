/**
 * The server program (`mod.ts serve`) in a separate process, for tests of the whole server.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { WireClient } from "./wire_client.ts";

/** Path of `mod.ts`, which runs the program. */
const MAIN = pathOf("../../mod.ts");
const CONFIG = pathOf("../../deno.json");
/** Path of the application that tests of attacks use by default. */
export const ATTACKED_APP: string = pathOf("./attacked_apps/app.ts");
/** A process that has not exited this long after SIGTERM is killed when it is disposed of, in milliseconds. */
const KILL_AFTER_MILLISECONDS = 15_000;

/** How {@linkcode ServerProcess.start} starts the program. */
export interface ServerProcessOptions {
  /** Files of applications. @default {[ATTACKED_APP]} */
  apps?: readonly string[];
  /** Further arguments of `serve`. */
  args?: readonly string[];
  /** Environment variables, besides those of the test. */
  env?: Record<string, string>;
  /** Permissions of Deno. @default {["-A"]} */
  permissions?: readonly string[];
  /** A module that Deno loads before the program. */
  preload?: string;
  /** A shell script that starts the program with `exec "$@"`, for example after `ulimit`. */
  shell?: string;
}

/** Environment variables, if any, and then the arguments of the program. */
type EnvironmentAndArguments = [env: Record<string, string>, ...args: string[]] | string[];

/** A running server process. It is stopped when it is disposed of. */
export class ServerProcess implements AsyncDisposable {
  /** The first text on the standard output. */
  readonly printed: string;
  /** The URLs of the applications. */
  readonly urls: readonly string[];
  readonly #child: Deno.ChildProcess;
  readonly #status: Promise<Deno.CommandStatus>;
  readonly #logCopied: Promise<void>;
  #log = "";
  #hasExited = false;

  constructor(child: Deno.ChildProcess, printed: string) {
    this.#child = child;
    this.printed = printed;
    this.urls = urlsIn(printed);
    this.#status = child.status.then((status) => {
      this.#hasExited = true;
      return status;
    });
    this.#logCopied = child.stderr.pipeThrough(new TextDecoderStream()).pipeTo(
      new WritableStream({ write: (text) => void (this.#log += text) }),
    );
  }

  /** Starts the program on a free port and waits until it listens. */
  static async start(options: ServerProcessOptions = {}): Promise<ServerProcess> {
    const { apps = [ATTACKED_APP], args = [], env = {}, permissions = ["-A"], preload, shell = 'exec "$@"' } = options;
    const preloading = preload === undefined ? [] : ["--preload", preload];
    return await ServerProcess.run(
      ["run", ...permissions, "--no-prompt", "--config", CONFIG, ...preloading, MAIN]
        .concat("serve", ...apps, "--port", "0", ...args),
      { env: { NO_COLOR: "1", ...env }, shell },
    );
  }

  /** Starts the program with all permissions and waits until it listens. The arguments follow `serve`. */
  static async serve(...given: EnvironmentAndArguments): Promise<ServerProcess> {
    const { env, args } = splitEnvironment(given);
    return await ServerProcess.run(["run", "-A", MAIN, "serve", ...args], { env });
  }

  /**
   * Starts Deno with arguments that run the program, and waits until the program listens.
   *
   * @throws {Error} If the process exits before it prints a URL.
   */
  static async run(
    args: string[],
    { shell, ...options }: Pick<Deno.CommandOptions, "env" | "cwd"> & Pick<ServerProcessOptions, "shell"> = {},
  ): Promise<ServerProcess> {
    const [command, commandArgs] = shell === undefined
      ? [Deno.execPath(), args]
      : ["sh", ["-c", shell, "sh", Deno.execPath(), ...args]];
    const child = new Deno.Command(command, {
      args: commandArgs,
      ...options,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    let printed = "";
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      printed += text;
      if (printed.endsWith("\n") && urlsIn(printed).length > 0) return new ServerProcess(child, printed);
    }
    throw new Error(`Cannot start the server: ${printed}${await new Response(child.stderr).text()}`);
  }

  /** Process id. */
  get pid(): number {
    return this.#child.pid;
  }

  /** The URL of the first application. */
  get url(): string {
    return this.urls[0]!;
  }

  /** The port that the server listens on. */
  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** The text on the standard error output so far, which contains the log unless `--log-file` is given. */
  get log(): string {
    return this.#log;
  }

  /** Whether the process has exited. */
  get hasExited(): boolean {
    return this.#hasExited;
  }

  /** Sends a signal. Does nothing if the process has exited. */
  signal(name: Deno.Signal): void {
    if (!this.#hasExited) this.#child.kill(name);
  }

  /** Sends SIGTERM and waits until the process has exited. Returns the exit code. */
  async stop(): Promise<number> {
    this.signal("SIGTERM");
    return await this.exitCode();
  }

  /** Sends SIGKILL and waits until the process has exited. */
  async kill(): Promise<void> {
    this.signal("SIGKILL");
    await this.exitCode();
  }

  /** Waits until the process has exited. Returns the exit code. */
  async exitCode(): Promise<number> {
    const { code } = await this.#status;
    await this.#logCopied;
    return code;
  }

  /** Returns the ids of the processes that this one has started (`--num-procs`, `--dev`). */
  async childPids(): Promise<number[]> {
    const text = await Deno.readTextFile(`/proc/${this.pid}/task/${this.pid}/children`);
    return text.trim().split(/\s+/).filter(Boolean).map(Number);
  }

  /** Returns the resident memory in MiB. */
  async memory(): Promise<number> {
    return await this.#memoryField("VmRSS");
  }

  /** Returns the largest resident memory since {@linkcode resetPeakMemory}, in MiB. */
  async peakMemory(): Promise<number> {
    return await this.#memoryField("VmHWM");
  }

  /** Starts a new measurement of the peak. */
  async resetPeakMemory(): Promise<void> {
    await Deno.writeTextFile(`/proc/${this.pid}/clear_refs`, "5");
  }

  /** Returns the processor time that the process has used, in milliseconds. Unlike wall time, it does not depend on the load of the machine. */
  async processorTime(): Promise<number> {
    const stat = await Deno.readTextFile(`/proc/${this.pid}/stat`);
    // Fields 14 and 15, in hundredths of a second. Field 2 is a name in parentheses that may contain spaces.
    const [user, system] = stat.slice(stat.lastIndexOf(")") + 2).split(" ").slice(11, 13).map(Number);
    return (user! + system!) * 10;
  }

  /** Returns the number of open file descriptors. */
  descriptors(): number {
    return [...Deno.readDirSync(`/proc/${this.pid}/fd`)].length;
  }

  /** Returns the number of sessions. Requires `--metrics`. Does not extend the lifetime of a session. */
  async sessions(): Promise<number> {
    const metrics = await (await fetch(`http://127.0.0.1:${this.port}/metrics`)).text();
    return Number(/^bokeh_sessions(?:\{.*\})? (\d+)/m.exec(metrics)?.[1]);
  }

  /** Connects a client to a session, by default to a new one. */
  client(sessionId: string = `s-${crypto.randomUUID()}`): Promise<WireClient> {
    return WireClient.connect(this.port, sessionId);
  }

  /** Asserts that a new client gets the document of {@linkcode ATTACKED_APP} and that its patch is applied. */
  async assertHealthy(): Promise<void> {
    assertEquals(this.#hasExited, false, `The server has exited:\n${this.#log}`);
    using client = await WireClient.connect(this.port, `healthy-${crypto.randomUUID()}`);
    assertEquals((await client.pull())?.title, "Attacked");
    assertEquals(await client.patch({ kind: "TitleChanged", title: "Mine" }), "OK");
    assertEquals((await client.pull()).title, "Mine");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const timer = setTimeout(() => this.signal("SIGKILL"), KILL_AFTER_MILLISECONDS);
    await this.stop();
    clearTimeout(timer);
  }

  async #memoryField(name: "VmRSS" | "VmHWM"): Promise<number> {
    const status = await Deno.readTextFile(`/proc/${this.pid}/status`);
    return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  }
}

/** Runs the program until it exits. Returns its exit code and its output. */
export async function runProgram(
  ...given: EnvironmentAndArguments
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { env, args } = splitEnvironment(given);
  const command = new Deno.Command(Deno.execPath(), { args: ["run", "-A", MAIN, ...args], env, stdin: "null" });
  const { code, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** Returns the path of an example of this repository. */
export function example(name: string): string {
  return pathOf(`../../examples/${name}.ts`);
}

function splitEnvironment(given: EnvironmentAndArguments): { env: Record<string, string>; args: string[] } {
  const [first, ...rest] = given;
  return typeof first === "object" ? { env: first, args: rest as string[] } : { env: {}, args: given as string[] };
}

function urlsIn(printed: string): string[] {
  return [...new Set(printed.match(/https?:\/\/[^\s"]+/g))];
}

function pathOf(file: string): string {
  return decodeURIComponent(new URL(file, import.meta.url).pathname);
}
