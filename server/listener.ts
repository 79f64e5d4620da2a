/**
 * The listener of a server.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";

const logger = getLogger(["bokeh", "server"]);

/** A certificate with its private key, as PEM. */
export interface Certificate {
  /** The certificate, followed by its chain. */
  readonly cert: string;
  /** Its private key. */
  readonly key: string;
}

/** Time that the port may take to become free after a listener has closed. */
const PORT_MILLISECONDS = 5000;

/** Interval between attempts to listen again. */
const RETRY_MILLISECONDS = 200;

/**
 * Listens, and listens again after the operating system has refused more connections: Deno stops
 * listening then, for example when the process has no free file descriptor. Open connections stay
 * open.
 */
export class Listener {
  #options: Deno.ServeTcpOptions;
  readonly #handler: Deno.ServeHandler;
  readonly #finished = Promise.withResolvers<void>();
  readonly #addr: Deno.Addr;
  #http: Deno.HttpServer;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  /**
   * Starts to listen.
   *
   * @throws {Deno.errors.AddrInUse} If the port is in use.
   */
  constructor(options: Deno.ServeTcpOptions, handler: Deno.ServeHandler) {
    this.#options = options;
    this.#handler = handler;
    this.#http = this.#serve(options);
    this.#addr = this.#http.addr;
  }

  /** Address on which it listens. */
  get addr(): Deno.Addr {
    return this.#addr;
  }

  /** Resolves after {@linkcode shutdown}, when all responses have been sent. */
  get finished(): Promise<void> {
    return this.#finished.promise;
  }

  /**
   * Listens on the same port with another certificate. Requests in progress are answered.
   * Websockets are closed with 1001, because Deno closes them with their listener.
   *
   * @throws {Error} If the certificate or the key is not valid. Then the old certificate is kept.
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
        // the port becomes free in one of the next turns of the event loop
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
  }

  /** Stops listening, and resolves when all responses have been sent. */
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
