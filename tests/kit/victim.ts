/**
 * The server under attack: the program as its users start it, in a process of its own, with an eye on its health.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { unsignedToken, WireClient } from "./wire_client.ts";

const MAIN = decodeURIComponent(new URL("../../mod.ts", import.meta.url).pathname);
const CONFIG = decodeURIComponent(new URL("../../deno.json", import.meta.url).pathname);
/** The application under attack. */
export const APP: string = decodeURIComponent(new URL("./attacked_apps/app.ts", import.meta.url).pathname);

/** How a victim is started. */
export interface VictimOptions {
  /** Files of applications; by default the one of these tests. */
  apps?: readonly string[];
  /** Further words of the command line. */
  args?: readonly string[];
  env?: Record<string, string>;
  /** What Deno may do, in place of everything. */
  permissions?: readonly string[];
  /** A module that is loaded before the server. */
  preload?: string;
  /** Commands of a shell for what the process may not have: before `exec "$@"`, which starts it. */
  shell?: string;
}

/** A running server. */
export class Victim implements AsyncDisposable {
  readonly port: number;
  readonly #child: Deno.ChildProcess;
  readonly #status: Promise<Deno.CommandStatus>;
  readonly #draining: Promise<unknown>;
  #log = "";
  #ended = false;

  constructor(child: Deno.ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
    this.#status = child.status.then((status) => {
      this.#ended = true;
      return status;
    });
    const log = child.stderr.pipeThrough(new TextDecoderStream()).pipeTo(
      new WritableStream({ write: (text) => void (this.#log += text) }),
    );
    this.#draining = log;
  }

  static async start(options: VictimOptions = {}): Promise<Victim> {
    const { apps = [APP], args = [], env = {}, permissions = ["-A"], shell = 'exec "$@"' } = options;
    const preload = options.preload === undefined ? [] : ["--preload", options.preload];
    const run = [Deno.execPath(), "run", ...permissions, "--no-prompt", "--config", CONFIG, ...preload, MAIN];
    const child = new Deno.Command("sh", {
      args: ["-c", shell, "sh", ...run, "serve", ...apps, "--port", "0", ...args],
      env: { NO_COLOR: "1", ...env },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    let printed = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      printed += part.value;
      const port = /https?:\/\/[^/:\s]+:(\d+)/.exec(printed)?.[1];
      if (port === undefined) continue;
      reader.releaseLock();
      return new Victim(child, Number(port));
    }
    throw new Error(`The server did not start: ${printed}${await new Response(child.stderr).text()}`);
  }

  /** The process. */
  get pid(): number {
    return this.#child.pid;
  }

  /** What was logged so far. */
  get log(): string {
    return this.#log;
  }

  /** Whether the process has ended. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Resident memory in MiB. */
  async memory(): Promise<number> {
    const status = await Deno.readTextFile(`/proc/${this.pid}/status`);
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  }

  /** Milliseconds of processors' time that it has used: of a machine that others use too, it tells more than the time on the wall. */
  async processorTime(): Promise<number> {
    const stat = await Deno.readTextFile(`/proc/${this.pid}/stat`);
    // the 14th and 15th fields, in hundredths of a second; the 2nd is a name that may hold blanks
    const [user, system] = stat.slice(stat.lastIndexOf(")") + 2).split(" ").slice(11, 13).map(Number);
    return (user! + system!) * 10;
  }

  /** Most resident memory in MiB since {@linkcode forgetPeak}. */
  async peak(): Promise<number> {
    const status = await Deno.readTextFile(`/proc/${this.pid}/status`);
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
  }

  /** Begins a new measurement of the peak. */
  async forgetPeak(): Promise<void> {
    await Deno.writeTextFile(`/proc/${this.pid}/clear_refs`, "5");
  }

  /** How many file descriptors are open. */
  descriptors(): number {
    return [...Deno.readDirSync(`/proc/${this.pid}/fd`)].length;
  }

  /** How many sessions it has, started with `--metrics`. Asking for it keeps none of them. */
  async sessions(): Promise<number> {
    const numbers = await (await fetch(`http://127.0.0.1:${this.port}/metrics`)).text();
    return Number(/^bokeh_sessions(?:\{.*\})? (\d+)/m.exec(numbers)?.[1]);
  }

  /** What an ordinary visitor sees: a page, a socket, a right document, a patch that is done. */
  async assertHealthy(): Promise<void> {
    assertEquals(this.#ended, false, `the server has ended:\n${this.#log}`);
    using client = await WireClient.connect(this.port, `healthy-${crypto.randomUUID()}`);
    assertEquals((await client.pull())?.title, "Victim");
    assertEquals(await client.patch({ kind: "TitleChanged", title: "Mine" }), "OK");
    assertEquals((await client.pull()).title, "Mine");
  }

  /** A client of a session of its own, or of a named one. */
  client(sessionId: string = `s-${crypto.randomUUID()}`): Promise<WireClient> {
    return WireClient.connect(this.port, sessionId);
  }

  /** A token that the server believes. */
  token(sessionId = `s-${crypto.randomUUID()}`): string {
    return unsignedToken(sessionId);
  }

  kill(signal: Deno.Signal): void {
    if (!this.#ended) this.#child.kill(signal);
  }

  /** Asks it to end and answers with its exit code. */
  async stop(): Promise<number> {
    this.kill("SIGTERM");
    return await this.finished();
  }

  /** Its exit code, once it has ended. */
  async finished(): Promise<number> {
    const { code } = await this.#status;
    if (!this.#child.stdout.locked) await this.#child.stdout.cancel();
    await this.#draining;
    return code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const timer = setTimeout(() => this.kill("SIGKILL"), 15_000);
    await this.stop();
    clearTimeout(timer);
  }
}
