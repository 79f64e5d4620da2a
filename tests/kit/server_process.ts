/**
 * The program as its users start it, in a process of its own.
 *
 * @module
 */

import { firstLine } from "./first_line.ts";

const MAIN = decodeURIComponent(new URL("../../mod.ts", import.meta.url).pathname);

/** A running program, ended when it is disposed of. */
export class Program implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  #ended = false;
  /** The first that it printed. */
  readonly printed: string;
  /** The addresses of its applications. */
  readonly urls: string[];

  constructor(child: Deno.ChildProcess, printed: string) {
    this.#child = child;
    this.printed = printed;
    const urls = printed.match(/https?:\/\/[^\s"]+/g);
    if (urls === null) throw new Error(`Cannot start the program: it printed ${JSON.stringify(printed)}`);
    this.urls = [...new Set(urls)];
  }

  /** Starts the program, perhaps with variables in its environment, and waits until it says that it listens. */
  static async serve(...given: [env: Record<string, string>, ...args: string[]] | string[]): Promise<Program> {
    const { env, args } = environmentOf(given);
    return await Program.start(["run", "-A", MAIN, "serve", ...args], { env });
  }

  /** Starts Deno with these words, which run the program, and waits until it says that it listens. */
  static async start(args: string[], options: Pick<Deno.CommandOptions, "env" | "cwd"> = {}): Promise<Program> {
    const child = new Deno.Command(Deno.execPath(), {
      args,
      ...options,
      stdin: "null",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    return new Program(child, await firstLine(child.stdout));
  }

  /** The address of the first application. */
  get url(): string {
    return this.urls[0]!;
  }

  /** The port that it listens on. */
  get port(): string {
    return new URL(this.url).port;
  }

  /** Asks it to end, and answers with its exit code. */
  async end(): Promise<number> {
    if (!this.#ended) this.#child.kill("SIGTERM");
    this.#ended = true;
    return (await this.#child.status).code;
  }

  /** Ids of the processes that it has started. */
  async childPids(): Promise<number[]> {
    const text = await Deno.readTextFile(`/proc/${this.#child.pid}/task/${this.#child.pid}/children`);
    return text.trim().split(/\s+/).filter(Boolean).map(Number);
  }

  /** Sends it a signal that does not end it. */
  tell(name: "SIGHUP"): void {
    this.#child.kill(name);
  }

  /** Sends it a signal that ends it, and does not wait. */
  signal(name: "SIGTERM" | "SIGINT"): void {
    this.#ended = true;
    this.#child.kill(name);
  }

  /** Its exit code, once it has ended. */
  async code(): Promise<number> {
    return (await this.#child.status).code;
  }

  /** Ends it without a warning. */
  async kill(): Promise<void> {
    if (!this.#ended) this.#child.kill("SIGKILL");
    this.#ended = true;
    await this.#child.status;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
  }
}

/** Runs the program to its end, and tells what it printed. */
export async function runProgram(
  ...given: [env: Record<string, string>, ...args: string[]] | string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { env, args } = environmentOf(given);
  const command = new Deno.Command(Deno.execPath(), { args: ["run", "-A", MAIN, ...args], env, stdin: "null" });
  const { code, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

function environmentOf(given: [env: Record<string, string>, ...args: string[]] | string[]) {
  const [first, ...rest] = given;
  return typeof first === "object" ? { env: first, args: rest as string[] } : { env: {}, args: given as string[] };
}

/** The path of one of our examples. */
export function example(name: string): string {
  return decodeURIComponent(new URL(`../../examples/${name}.ts`, import.meta.url).pathname);
}
