/**
 * What the server listens with.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";

const logger = getLogger(["bokeh", "server"]);

/** Time until it is tried again to listen. */
const RETRY_MILLISECONDS = 200;

/**
 * Listens, also after the system has refused it more connections: Deno stops listening then, as when the process has no file descriptors
 * left. Those who are connected stay so, and new ones come in when there is room again.
 */
export class Listener {
  readonly #options: Deno.ServeTcpOptions;
  readonly #handler: Deno.ServeHandler;
  readonly #finished = Promise.withResolvers<void>();
  readonly #addr: Deno.Addr;
  #http: Deno.HttpServer;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  /** Listens from now on. Throws where it cannot. */
  constructor(options: Deno.ServeTcpOptions, handler: Deno.ServeHandler) {
    this.#options = options;
    this.#handler = handler;
    this.#http = this.#serve(options);
    this.#addr = this.#http.addr;
  }

  /** Where it listens. */
  get addr(): Deno.Addr {
    return this.#addr;
  }

  /** Resolves when it has been shut down, and all answers are sent. */
  get finished(): Promise<void> {
    return this.#finished.promise;
  }

  /** Listens no longer, and waits until all answers are sent. */
  async shutdown(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    await this.#http.shutdown().catch(() => {});
    this.#finished.resolve();
  }

  #serve(options: Deno.ServeTcpOptions): Deno.HttpServer {
    const http = Deno.serve({ ...options, onListen: () => {} }, this.#handler);
    http.finished.catch((error) => {
      if (this.#stopped) return;
      logger.error("The server accepts no more connections for now: {error}", { error });
      this.#listenAgain();
    });
    return http;
  }

  #listenAgain(): void {
    this.#retry = setTimeout(() => {
      try {
        this.#http = this.#serve("port" in this.#addr ? { ...this.#options, port: this.#addr.port } : this.#options);
      } catch {
        this.#listenAgain();
      }
    }, RETRY_MILLISECONDS);
  }
}
