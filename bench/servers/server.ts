/** Starts the servers under test, each in a separate process on one core. */

import { freePort } from "../../cli/processes/workers.ts";
import { setTimeout as delay } from "node:timers/promises";
import { pinned } from "../measure/placement.ts";

/** A server: Python, Python with TCP_NODELAY, this server, or a bare Deno server. */
export type ServerName = "python" | "nodelay" | "ours" | "bare";

/** A running server. It is killed when it is disposed of. */
export interface RunningServer extends AsyncDisposable {
  port: number;
  pid: number;
  /** Time from the start until the port accepted a connection, in milliseconds. */
  startMilliseconds: number;
  /** Stops the server with SIGTERM and waits until it has exited, so that it removes its temporary files. */
  stop(): Promise<void>;
}

/** Returns the command that starts a server on a port. */
export type CommandOf = (port: number) => string[];

/** Maximum time until a server listens, in milliseconds. */
const START_TIMEOUT_MILLISECONDS = 60_000;

/**
 * Starts a server on a core, or on any of several, and waits until it accepts connections.
 *
 * @throws {Error} If it exits or does not listen within 60 s.
 */
export async function startServer(commandOf: CommandOf, cores: number | readonly number[]): Promise<RunningServer> {
  const port = freePort("127.0.0.1");
  const [command, ...args] = pinned(cores, commandOf(port));
  const started = performance.now();
  const child = new Deno.Command(command!, { args, stdin: "null", stdout: "null", stderr: "piped" }).spawn();
  const errors = lastText(child.stderr);
  let ended = false;
  const ending = child.status.then(() => void (ended = true));
  while (!await accepts(port)) {
    if (ended) throw new Error(`Cannot start ${command} ${args.join(" ")}: it exited: ${await errors}`);
    if (performance.now() - started > START_TIMEOUT_MILLISECONDS) {
      throw new Error(`Cannot start ${command}: it does not listen`);
    }
    await delay(1);
  }
  return {
    port,
    pid: child.pid,
    startMilliseconds: performance.now() - started,
    async stop() {
      child.kill("SIGTERM");
      await ending;
    },
    async [Symbol.asyncDispose]() {
      if (!ended) child.kill("SIGKILL");
      await ending;
      await errors;
    },
  };
}

async function accepts(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return false;
    throw error;
  }
}

/** Reads a stream to its end. Returns its last 4,000 characters. */
async function lastText(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let text = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) text = (text + chunk).slice(-4000);
  return text;
}
