/**
 * The admin page of a server: its application, and what it needs of this process and the others.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { adminApplication } from "../../admin/admin_page.ts";
import { ADMIN_LOG_LEVELS, type AdminSession, type AdminSource } from "../../admin/admin_source.ts";
import type { Application } from "../../application/application.ts";
import type { SessionContext } from "../../document/document.ts";
import type { Peer } from "../../handlers/relay/relay.ts";
import { userName } from "../../session/observability/session_log.ts";
import type { SessionObserver } from "../../session/observability/observer.ts";
import type { AdminCommand } from "./admin_command.ts";
import type { AdminOptions } from "./admin_options.ts";
import { type MonitoredServer, ProcessMonitor } from "./process_monitor.ts";
import { ADMIN_PEER_PATH, ProcessReports } from "./process_reports.ts";

const logger = getLogger(["bokeh", "server", "admin"]);

/** What an {@linkcode AdminService} uses of its server. */
export interface AdminServer extends Omit<MonitoredServer, "log"> {
  /** Number of this process, and the other processes of the server; undefined if there are no others. */
  readonly group: () => { readonly index: number; readonly others: ReadonlyMap<number, Peer> } | undefined;
}

/** The admin page of a server. */
export class AdminService implements Disposable {
  /** The path and the application of the page. */
  readonly source: readonly [readonly [path: string, application: Application]];
  readonly #options: AdminOptions;
  readonly #server: AdminServer;
  readonly #monitor: ProcessMonitor;
  #reports: ProcessReports | undefined;

  /** Creates the page, and starts to measure. */
  constructor(options: AdminOptions, server: AdminServer) {
    this.#options = options;
    this.#server = server;
    this.#monitor = new ProcessMonitor({ ...server, log: options.log });
    this.#monitor.start();
    this.source = [[options.path, adminApplication((context) => this.#sourceOf(context))]];
    logger.info("The admin page is at {path}", { path: options.path });
  }

  /** Returns an observer of an application. */
  observer(path: string): SessionObserver {
    return this.#monitor.observer(path);
  }

  /** Answers a question of another process's admin page; undefined if the request is none. */
  async answerPeer(request: Request): Promise<Response | undefined> {
    if (new URL(request.url).pathname !== ADMIN_PEER_PATH) return undefined;
    // sent by another process of this server, so that it has this type
    return Response.json(this.#run(await request.json() as AdminCommand));
  }

  /** Stops measuring. */
  [Symbol.dispose](): void {
    this.#monitor.stop();
  }

  #run(command: AdminCommand): unknown {
    switch (command.kind) {
      case "report":
        return this.#monitor.report(command.sinceTime, command.sinceError);
      case "end":
        return this.#endSession(command.instance);
      case "drain":
        this.#server.readiness.setDraining(command.isDraining);
        return true;
      case "level":
        if (this.#options.log !== undefined) this.#options.log.level = command.level;
        return true;
    }
  }

  /** Returns whether the session existed. Does not wait for its callbacks and hooks. */
  #endSession(instance: string): boolean {
    for (const { registry } of this.#server.apps()) {
      const session = registry.all().find((session) => session.instance === instance);
      if (session !== undefined) return registry.end(session.id);
    }
    return false;
  }

  get #processes(): ProcessReports {
    return this.#reports ??= new ProcessReports({
      index: this.#server.group()?.index ?? 0,
      run: (command) => this.#run(command),
      others: () => this.#server.group()?.others ?? new Map(),
    });
  }

  /** Returns the server as a session of the page sees it. Each action checks the right of its user again, and is logged. */
  #sourceOf(context: SessionContext): AdminSource {
    const act = async <T>(action: string, details: Record<string, unknown>, run: () => Promise<T>): Promise<T> => {
      const { request } = context;
      const { authorize } = this.#options;
      const admin = { admin: userName(request?.user) ?? "with the token", ...details };
      if (authorize !== undefined && await authorize(request?.user) !== true) {
        logger.warn(`Refused to ${action}: the administrator {admin} has no right any more`, admin);
        throw new Error("Cannot change the server: the user may no longer use the admin page");
      }
      logger.warn(`Administrator {admin}: ${action}`, admin);
      return await run();
    };
    const inAll = async (command: AdminCommand) => {
      const missing = await this.#processes.runInAll(command);
      if (missing.length > 0) throw new Error(`Cannot reach process ${missing.join(", ")} of the server`);
    };
    return {
      read: () => this.#processes.read(),
      endSession: ({ process, instance }: Pick<AdminSession, "process" | "instance">) =>
        act(
          "end session {session} of process {process}",
          { session: instance.slice(0, 8), process },
          async () => await this.#processes.run(process, { kind: "end", instance }) === true,
        ),
      setDraining: (isDraining) =>
        act(
          isDraining ? "drain the server" : "end draining the server",
          {},
          () => inAll({ kind: "drain", isDraining }),
        ),
      setLogLevel: async (level) => {
        // the value comes from a client
        if (!ADMIN_LOG_LEVELS.includes(level)) throw new RangeError(`Cannot set log level ${JSON.stringify(level)}`);
        await act("set log level {level}", { level }, () => inAll({ kind: "level", level }));
      },
    };
  }
}
