/**
 * Readiness: whether a server can serve new clients, as `/readyz` reports it.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { sessionRequest } from "../../handlers/http/session_request.ts";
import type { HostedApplication } from "../hosted_application.ts";

const logger = getLogger(["bokeh", "server"]);

/**
 * Time for which the result of a probe is reused, from its start, so that not every request creates
 * sessions. Concurrent requests share a probe.
 */
const PROBE_MILLISECONDS = 5000;

/** Options of {@linkcode Readiness}. */
export interface ReadinessOptions {
  /** Returns the applications that are served. */
  readonly apps: () => Iterable<HostedApplication>;
  /** Whether requests for the readiness create and destroy a session of each application. */
  readonly probes: boolean;
}

/**
 * Determines whether a server can serve new clients. It cannot if it stops, if the hook
 * `onServerLoaded` of an application has failed, or if a probe cannot create a session.
 */
export class Readiness {
  readonly #options: ReadinessOptions;
  readonly #failedHooks = new Set<string>();
  #probe: { readonly startedAt: number; readonly result: Promise<string | undefined> } | undefined;
  #isStopping = false;
  #isDraining = false;

  /** Creates the readiness of a server with no failed hooks. */
  constructor(options: ReadinessOptions) {
    this.#options = options;
  }

  /** Returns the first reason for which the server is not ready, or undefined if it is ready. */
  async reason(): Promise<string | undefined> {
    if (this.#isStopping) return "stopping";
    if (this.#isDraining) return "draining";
    const [failed] = this.#failedHooks;
    if (failed !== undefined) return `onServerLoaded of ${failed} failed`;
    if (!this.#options.probes) return undefined;
    const now = performance.now();
    if (this.#probe === undefined || now - this.#probe.startedAt > PROBE_MILLISECONDS) {
      this.#probe = { startedAt: now, result: this.#openSessions() };
    }
    return await this.#probe.result;
  }

  /**
   * Records whether the hook `onServerLoaded` of an application has run without an error. After a
   * failure, the server is not ready until the hook of a replacement of the application succeeds.
   *
   * @param path Path of the application.
   */
  noteLoaded(path: string, succeeded: boolean): void {
    if (succeeded) this.#failedHooks.delete(path);
    else this.#failedHooks.add(path);
  }

  /** Whether an administrator drains the server: load balancers are to send new clients elsewhere. */
  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** Starts or ends draining. The server continues to serve all clients. */
  setDraining(isDraining: boolean): void {
    this.#isDraining = isDraining;
  }

  /** Records that the server stops and accepts no new clients. */
  noteStop(): void {
    this.#isStopping = true;
  }

  /**
   * Creates and destroys a session of each application. Returns the reason of the first failure.
   */
  async #openSessions(): Promise<string | undefined> {
    for (const { path, registry } of this.#options.apps()) {
      const details = { url: new URL(`http://localhost${path}`), method: "GET" };
      const headers = new Headers({ "user-agent": "bokeh-readiness-probe" });
      try {
        await registry.probe({ request: sessionRequest({}, details, headers, undefined) });
      } catch (error) {
        logger.error("The readiness probe cannot create a session of {application}: {error}", {
          application: path,
          error,
        });
        return `no session of ${path} can be opened`;
      }
    }
    return undefined;
  }
}
