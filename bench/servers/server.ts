/** Servers under test, each a process of its own on the core that is kept for it. */

import { setTimeout as delay } from "node:timers/promises";
import { pinned } from "../measure/placement.ts";

/** Which server. */
export type ServerName = "python" | "nodelay" | "ours" | "bare";

/** A server that runs. */
export interface RunningServer extends AsyncDisposable {
  port: number;
  pid: number;
  /** Milliseconds from its start until its port took a connection. */
  startMilliseconds: number;
}

/** Where a command's parts that differ from run to run come in. */
export type CommandOf = (port: number) => string[];

/** How long a server may take to listen. */
const PATIENCE_MILLISECONDS = 60_000;

/** Starts a server on a core and waits until it takes connections. */
export async function startServer(commandOf: CommandOf, core: number): Promise<RunningServer> {
  const port = freePort();
  const [command, ...args] = pinned(core, commandOf(port));
  const started = performance.now();
  const child = new Deno.Command(command!, { args, stdin: "null", stdout: "null", stderr: "piped" }).spawn();
  const errors = lastText(child.stderr);
  let ended = false;
  const ending = child.status.then(() => void (ended = true));
  while (!await accepts(port)) {
    if (ended) throw new Error(`Cannot start ${command} ${args.join(" ")}: it ended with ${await errors}`);
    if (performance.now() - started > PATIENCE_MILLISECONDS) {
      throw new Error(`Cannot start ${command}: it does not listen`);
    }
    await delay(1);
  }
  return {
    port,
    pid: child.pid,
    startMilliseconds: performance.now() - started,
    async [Symbol.asyncDispose]() {
      if (!ended) child.kill("SIGKILL");
      await ending;
      await errors;
    },
  };
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
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

/** The end of what a program prints. */
async function lastText(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let text = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) text = (text + chunk).slice(-4000);
  return text;
}
