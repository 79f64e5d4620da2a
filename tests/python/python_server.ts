/**
 * Starts Python's `bokeh serve` in a separate process.
 *
 * @module
 */

import { ensurePython } from "../../tools/setup/python.ts";

/** A running `bokeh serve`. It is stopped when it is disposed of. */
export class PythonServer implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #folder: string;
  readonly #log: Promise<void>;
  /** Port of the server. */
  readonly port: number;

  constructor(child: Deno.ChildProcess, folder: string, log: Promise<void>, port: number) {
    this.#child = child;
    this.#folder = folder;
    this.#log = log;
    this.port = port;
  }

  /** Serves the application in the text of a script at `/app`. */
  static async serve(script: string, ...args: string[]): Promise<PythonServer> {
    const folder = await Deno.makeTempDir();
    await Deno.writeTextFile(`${folder}/app.py`, script);
    return await PythonServer.#start([`${folder}/app.py`, ...args], folder);
  }

  /** Serves the applications in script files, each at its name. */
  static async serveFiles(paths: readonly string[], ...args: string[]): Promise<PythonServer> {
    return await PythonServer.#start([...paths, ...args], await Deno.makeTempDir());
  }

  static async #start(args: readonly string[], folder: string): Promise<PythonServer> {
    const child = new Deno.Command(await ensurePython(), {
      args: ["-m", "bokeh", "serve", "--port", "0", ...args],
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const { promise: listens, resolve, reject } = Promise.withResolvers<number>();
    const log = readLog(child.stderr, resolve).then((printed) => reject(new Error(`Cannot start Bokeh: ${printed}`)));
    return new PythonServer(child, folder, log, await listens);
  }

  /** URL of the application. */
  get url(): string {
    return `http://localhost:${this.port}/app`;
  }

  /** Kills the process. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#child.status;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill("SIGTERM");
    } catch {
      // It has exited.
    }
    await this.#child.status;
    await this.#log;
    await Deno.remove(this.#folder, { recursive: true });
  }
}

/** Reads the output to its end, and calls back with the port when it is printed. */
async function readLog(
  stderr: ReadableStream<Uint8Array<ArrayBuffer>>,
  listens: (port: number) => void,
): Promise<string> {
  let printed = "";
  for await (const text of stderr.pipeThrough(new TextDecoderStream())) {
    printed += text;
    const port = /running at: http:\/\/localhost:(\d+)/.exec(printed)?.[1];
    if (port !== undefined) listens(Number(port));
  }
  return printed;
}
