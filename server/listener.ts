/**
 * What the server listens with.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";

const logger = getLogger(["bokeh", "server"]);

/** A certificate with its private key, both as PEM. */
export interface Certificate {
  /** The certificate, and those that it is signed by. */
  readonly cert: string;
  /** Its private key. */
  readonly key: string;
}

/** How long the port may take to be free after the server has let it go. */
const PORT_MILLISECONDS = 5000;

/** Time until it is tried again to listen. */
const RETRY_MILLISECONDS = 200;

/**
 * Listens, also after the system has refused it more connections: Deno stops listening then, as when the process has no file descriptors
 * left. Those who are connected stay so, and new ones come in when there is room again.
 */
export class Listener {
  #options: Deno.ServeTcpOptions;
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

  /**
   * Listens with another certificate from now on, on the same port. Requests under way are answered. Websockets are closed with 1001, for Deno
   * ends them with the listener that let them in. Throws, and goes on as before, where the certificate is none.
   */
  async renewCertificate(certificate: Certificate): Promise<void> {
    const options = { ...this.#options, ...certificate };
    await Deno.serve({ ...options, port: 0, onListen: () => {} }, this.#handler).shutdown();
    this.#options = "port" in this.#addr ? { ...options, port: this.#addr.port } : options;
    void this.#http.shutdown().catch(() => {});
    const end = performance.now() + PORT_MILLISECONDS;
    while (!this.#stopped) {
      try {
        this.#http = this.#serve(this.#options);
        return;
      } catch (error) {
        if (!(error instanceof Deno.errors.AddrInUse) || performance.now() > end) throw error;
        // the port is free in one of the next turns of the event loop
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
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
