/**
 * Readiness: whether a server can serve new clients, for `/readyz`.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { sessionRequest } from "../../handlers/http/session_request.ts";
import type { HostedApplication } from "../hosted_application.ts";

const logger = getLogger(["bokeh", "server"]);

/**
 * Time for which the result of a probe is reused, so that frequent requests do not create a session
 * each.
 */
const PROBE_MILLISECONDS = 5000;

/** Options of {@linkcode Readiness}. */
export interface ReadinessOptions {
  /** Returns the applications that are served. */
  readonly apps: () => Iterable<HostedApplication>;
  /** Whether to create a session of each application as a probe. */
  readonly probes: boolean;
}

/** Tracks why a server cannot serve new clients. */
export class Readiness {
  readonly #options: ReadinessOptions;
  readonly #failedHooks = new Set<string>();
  #probe: { readonly startedAt: number; readonly result: Promise<string | undefined> } | undefined;
  #isStopping = false;

  /** Creates the readiness of a server that starts. */
  constructor(options: ReadinessOptions) {
    this.#options = options;
  }

  /** Returns why the server is not ready; undefined if it is. */
  async reason(): Promise<string | undefined> {
    if (this.#isStopping) return "stopping";
    const [failed] = this.#failedHooks;
    if (failed !== undefined) return `onServerLoaded of ${failed} failed`;
    if (!this.#options.probes) return undefined;
    const now = performance.now();
    if (this.#probe === undefined || now - this.#probe.startedAt > PROBE_MILLISECONDS) {
      this.#probe = { startedAt: now, result: this.#openSessions() };
    }
    return await this.#probe.result;
  }

  /** Notes whether the hook `onServerLoaded` of an application has run without an error. */
  noteLoaded(path: string, succeeded: boolean): void {
    if (succeeded) this.#failedHooks.delete(path);
    else this.#failedHooks.add(path);
  }

  /** Notes that the server stops and accepts no new clients. */
  noteStop(): void {
    this.#isStopping = true;
  }

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
