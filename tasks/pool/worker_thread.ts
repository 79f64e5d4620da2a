/**
 * The threads of the pool.
 *
 * @module
 */

import { packageModule } from "../../common/package_module.ts";
import { MessageChannel, Worker as NodeWorker } from "node:worker_threads";
import type { TaskOptions } from "../task_options.ts";
import type { FromWorker, InitMessage, ToWorker } from "./messages.ts";

/** Options of a {@linkcode WorkerThread}. */
export interface WorkerThreadOptions {
  /** Limit of the heap in megabytes. Buffers do not count. */
  readonly memoryMegabytes: number;
  /** Permissions, those of the program by default. */
  readonly permissions: TaskOptions["permissions"];
  /** Memory that the thread shares with the pool. */
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly onReady: () => void;
  readonly onMessage: (message: FromWorker) => void;
  /** Called once when the thread has ended: by an error that no code has caught, or else undefined. */
  readonly onEnd: (error: Error | undefined) => void;
}

/** A thread that runs `worker_main.ts`. */
export class WorkerThread {
  readonly #worker: RawWorker;
  // A port of its own: the messages of a Worker of `node:worker_threads`, and those that a port
  // receives by `on("message")`, take 50 ms per megabyte in Deno 2.9.
  readonly #channel = new MessageChannel();
  readonly #onEnd: (error: Error | undefined) => void;
  #hasEnded = false;

  /** Starts a thread. */
  constructor(options: WorkerThreadOptions) {
    const { control, permissions, onReady, onMessage, onEnd } = options;
    const { port1, port2 } = this.#channel;
    this.#onEnd = onEnd;
    receiveFrom(port1, onMessage);
    const events: RawEvents = {
      onReady: () => {
        if (this.#hasEnded) return;
        this.#worker.post({ port: port2, control }, [port2]);
        onReady();
      },
      onEnd: (error) => this.#end(error),
    };
    this.#worker = permissions === undefined ? startLimited(options, events) : startPermitted(permissions, events);
  }

  /** Sends a message. The thread must be ready. */
  postMessage(message: ToWorker, transfer: readonly Transferable[] = []): void {
    this.#channel.port1.postMessage(message, transfer as never);
  }

  /**
   * Ends the thread at the next turn of its event loop. Deno 2.9 cannot end one whose code does not
   * return to the event loop.
   */
  terminate(): void {
    this.#worker.terminate();
    this.#end(undefined);
  }

  /** Lets the program end, or not, while the thread exists. */
  setRef(isReferenced: boolean): void {
    const { port1 } = this.#channel;
    for (const handle of [port1, this.#worker]) {
      if (isReferenced) handle.ref();
      else handle.unref();
    }
  }

  #end(error: Error | undefined): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#channel.port1.close();
    this.#onEnd(error);
  }
}

/** A Worker of either kind. */
interface RawWorker {
  post(message: InitMessage, transfer: readonly unknown[]): void;
  terminate(): void;
  ref(): void;
  unref(): void;
}

interface RawEvents {
  readonly onReady: () => void;
  readonly onEnd: (error: Error | undefined) => void;
}

/** Receives the messages of a port by its web interface. */
function receiveFrom(port: object, onMessage: (message: FromWorker) => void): void {
  (port as globalThis.MessagePort).onmessage = ({ data }) => onMessage(data);
}

const ENTRY = packageModule("tasks/pool/worker_main");
// Never true: the literal makes `deno compile` include the program of the Workers, also from a bundle.
if (ENTRY === "") void import("./worker_main.ts");

/** Starts a Worker whose heap is limited, which only Workers of `node:worker_threads` are. */
function startLimited({ memoryMegabytes }: WorkerThreadOptions, { onReady, onEnd }: RawEvents): RawWorker {
  const options = { name: "bokeh task", resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes } };
  // Such a Worker cannot have a URL of another scheme, as that of this package on JSR. In a program
  // of `deno compile`, where all URLs have this scheme, code from a text cannot import.
  const worker = ENTRY.startsWith("file:")
    ? new NodeWorker(new URL(ENTRY), options)
    : new NodeWorker(`import(${JSON.stringify(ENTRY)})`, { ...options, eval: true });
  worker.once("message", onReady);
  worker.on("error", onEnd);
  worker.on("exit", () => onEnd(undefined));
  return {
    post: (message, transfer) => worker.postMessage(message, transfer as never),
    terminate: () => void worker.terminate(),
    ref: () => worker.ref(),
    unref: () => worker.unref(),
  };
}

/** Starts a Worker with fewer permissions, which only web Workers of Deno may have. */
function startPermitted(permissions: Deno.PermissionOptionsObject, { onReady, onEnd }: RawEvents): RawWorker {
  const options: WorkerOptions & { deno: { permissions: Deno.PermissionOptions } } = {
    type: "module",
    name: "bokeh task",
    deno: { permissions },
  };
  const worker = new Worker(ENTRY, options);
  worker.addEventListener("message", onReady, { once: true });
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    onEnd(new Error(event.message));
  });
  return {
    post: (message, transfer) => worker.postMessage(message, transfer as never),
    terminate: () => worker.terminate(),
    ref: () => {}, // a web Worker of Deno always keeps the program from ending
    unref: () => {},
  };
}
