/**
 * Starts a Redis or Valkey server for a test.
 *
 * @module
 */

import { freePort } from "../../cli/processes/workers.ts";
import { ensureRedis, ensureValkey } from "../../tools/setup/redis.ts";
import { eventually } from "./eventually.ts";

/** The program: Debian's Redis, which is the oldest supported version, or a recent Valkey. */
export type RedisProgram = "redis" | "valkey";

/** A running server. It is killed when it is disposed of. */
export class RedisServer implements AsyncDisposable {
  readonly port: number;
  readonly #program: string;
  readonly #folder: string;
  readonly #args: readonly string[];
  #process: Deno.ChildProcess;
  #ended = false;

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

  /** Starts a server on a free port. `args` are configuration options, such as `--appendonly yes`. */
  static async start(program: RedisProgram, ...args: string[]): Promise<RedisServer> {
    const path = program === "redis" ? await ensureRedis() : await ensureValkey();
    const server = new RedisServer(path, freePort("127.0.0.1"), await Deno.makeTempDir(), args);
    await server.#waitUntilReady();
    return server;
  }

  /** Starts a Sentinel that monitors a primary and fails over when it has not answered for 500 ms. */
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
    await server.#waitUntilReady();
    return server;
  }

  /** URL of the server. */
  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Sends a signal, for example `SIGSTOP` to freeze the server. */
  kill(signal: Deno.Signal): void {
    this.#process.kill(signal);
  }

  /** Kills the server and starts it again. It loses its data unless an option makes it persistent. */
  async restart(): Promise<void> {
    await this.stop();
    this.#process = this.#spawn();
    this.#ended = false;
    await this.#waitUntilReady();
  }

  /** Kills the server. Does nothing if it has exited. */
  async stop(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.#process.kill("SIGKILL");
    await this.#process.status;
  }

  /** Sends a command whose arguments contain no spaces. Returns the first line of the answer. */
  async command(text: string): Promise<string> {
    return (await this.answer(text)).split("\r\n")[0]!;
  }

  /** Sends a command whose arguments contain no spaces. Returns the raw answer. */
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

  async #waitUntilReady(): Promise<void> {
    await eventually(() => this.command("PING").then((answer) => answer === "+PONG", () => false));
  }
}
