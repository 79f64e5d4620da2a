/**
 * A real Redis or Valkey of its own for a test.
 *
 * @module
 */

import { freePort } from "../../cli/processes/workers.ts";
import { ensureRedis, ensureValkey } from "../../tools/setup/redis.ts";
import { eventually } from "./eventually.ts";

/** Which program to start: Debian's Redis, the oldest that is supported, or a recent Valkey. */
export type RedisProgram = "redis" | "valkey";

/** A server that runs until it is disposed of. */
export class RedisServer implements AsyncDisposable {
  readonly port: number;
  readonly #program: string;
  readonly #folder: string;
  readonly #args: readonly string[];
  #process: Deno.ChildProcess;
  #ended = false;

  /** @internal */

  constructor(
    program: string,
    port: number,
    folder: string,
    options: readonly string[],
    config: readonly string[] = ["--save", ""],
  ) {
    this.#program = program;
    this.port = port;
    this.#folder = folder;
    this.#args = [...config, "--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder, ...options];
    this.#process = this.#spawn();
  }

  /** Starts a server on a free port of this machine; `args` are options of its configuration, such as `--appendonly yes`. */
  static async start(program: RedisProgram, ...args: string[]): Promise<RedisServer> {
    const path = program === "redis" ? await ensureRedis() : await ensureValkey();
    const server = new RedisServer(path, freePort("127.0.0.1"), await Deno.makeTempDir(), args);
    await server.#answers();
    return server;
  }

  /** Starts a Sentinel that watches a primary, and fails over when it has not answered for half a second. */
  static async startSentinel(name: string, primaryPort: number): Promise<RedisServer> {
    const folder = await Deno.makeTempDir();
    const config = `${folder}/sentinel.conf`;
    await Deno.writeTextFile(
      config,
      [
        `sentinel monitor ${name} 127.0.0.1 ${primaryPort} 1`,
        `sentinel down-after-milliseconds ${name} 500`,
        `sentinel failover-timeout ${name} 3000`,
      ].join("\n"),
    );
    const server = new RedisServer(await ensureRedis(), freePort("127.0.0.1"), folder, ["--sentinel"], [config]);
    await server.#answers();
    return server;
  }

  /** Address as a URL. */
  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Sends a signal, for example `SIGSTOP` to freeze the server. */
  kill(signal: Deno.Signal): void {
    this.#process.kill(signal);
  }

  /** Ends the server as a crash does, and starts it again. It loses its data unless it was told to keep them. */
  async restart(): Promise<void> {
    await this.stop();
    this.#process = this.#spawn();
    this.#ended = false;
    await this.#answers();
  }

  /** Ends the server as a crash does. Does nothing if it has ended. */
  async stop(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.#process.kill("SIGKILL");
    await this.#process.status;
  }

  /** Sends a command without arguments that hold blanks, and returns the first line of the answer. */
  async command(text: string): Promise<string> {
    return (await this.answer(text)).split("\r\n")[0]!;
  }

  /** Sends a command without arguments that hold blanks, and returns the answer in the form of the wire. */
  async answer(text: string): Promise<string> {
    using connection = await Deno.connect({ hostname: "127.0.0.1", port: this.port });
    await connection.write(new TextEncoder().encode(`${text}\r\n`));
    const buffer = new Uint8Array(4096);
    const count = await connection.read(buffer) ?? 0;
    return new TextDecoder().decode(buffer.subarray(0, count));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await Deno.remove(this.#folder, { recursive: true });
  }

  #spawn(): Deno.ChildProcess {
    return new Deno.Command(this.#program, { args: [...this.#args], stdin: "null", stdout: "null", stderr: "null" })
      .spawn();
  }

  async #answers(): Promise<void> {
    await eventually(() => this.command("PING").then((answer) => answer === "+PONG", () => false));
  }
}
