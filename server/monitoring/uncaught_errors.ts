/**
 * Errors that no code catches: rejected promises that are not awaited, and errors in timers.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { currentApplication, currentSession } from "../../application/current_application.ts";
import { isOwnError, mentionsModule } from "../../application/error_trace.ts";
import type { SessionContext } from "../../document/document.ts";
import type { HostedApplication } from "../hosted_application.ts";
import type { ErrorDetails, UncaughtErrorPolicy } from "../options/options.ts";

const logger = getLogger(["bokeh", "server"]);

/** The source of an uncaught error. */
interface ErrorSource {
  /** The application, if known. */
  readonly app: HostedApplication | undefined;
  /** The session, if known. */
  readonly session: SessionContext | undefined;
}

/** Options of {@linkcode UncaughtErrors}. */
export interface UncaughtErrorsOptions {
  /** Which errors to report. */
  readonly policy: UncaughtErrorPolicy;
  /** Returns the applications of the server. */
  readonly apps: () => readonly HostedApplication[];
  /** Receives each reported error after it was logged. */
  readonly onError: (error: unknown, details: ErrorDetails) => void;
}

/**
 * Reports the uncaught errors of a program that its policy includes. All others end the program, as
 * Deno does by default.
 */
export class UncaughtErrors implements EventListenerObject {
  readonly #options: UncaughtErrorsOptions;

  /** Creates a reporter, which reports nothing before {@linkcode start}. */
  constructor(options: UncaughtErrorsOptions) {
    this.#options = options;
  }

  /** Starts to report errors. */
  start(): void {
    if (this.#options.policy === "none") return;
    for (const type of EVENT_TYPES) globalThis.addEventListener(type, this);
  }

  /** Stops to report errors. */
  stop(): void {
    for (const type of EVENT_TYPES) globalThis.removeEventListener(type, this);
  }

  handleEvent(event: Event): void {
    if (event.defaultPrevented) return;
    if (event instanceof ErrorEvent) this.#handle(event, event.error);
    else if (event instanceof PromiseRejectionEvent) this.#handle(event, event.reason);
  }

  #handle(event: Event, error: unknown): void {
    const { policy } = this.#options;
    const source = this.#sourceOf(error);
    if (policy !== "all" && (source.app === undefined || isOwnError(error))) return;
    event.preventDefault();
    this.#report(error, source);
  }

  #report(error: unknown, { app, session }: ErrorSource): void {
    if (app !== undefined) {
      const where = session === undefined ? "outside of its sessions" : "in a session";
      logger.error("Uncaught error of {app}, {where}: {error}", { app: app.path, where, error });
      app.registry.observer({ type: "uncaughtError", error });
    } else if (isOwnError(error)) logger.fatal("Uncaught error of the server: {error}", { error });
    else logger.error("Uncaught error: {error}", { error });
    this.#options.onError(error, { appPath: app?.path, during: "uncaught", session });
  }

  /**
   * Finds the source by the asynchronous context. Timers lose the context: then the stack is
   * searched for modules of applications.
   */
  #sourceOf(error: unknown): ErrorSource {
    const { policy, apps } = this.#options;
    const all = apps();
    const session = currentSession();
    const application = currentApplication();
    const app = all.find(({ registry }) => registry.serverContext === session?.serverContext) ??
      all.find((app) => app.application === application) ??
      all.find(({ application: { source } }) => source !== undefined && mentionsModule(error, source)) ??
      (policy === "all" && all.length === 1 && !isOwnError(error) ? all[0] : undefined);
    return { app, session };
  }
}

const EVENT_TYPES = ["error", "unhandledrejection"] as const;
