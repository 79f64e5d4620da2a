/**
 * What the admin page shows of one process.
 *
 * @module
 */

import type {
  AdminError,
  AdminProcess,
  AdminSample,
  AdminSession,
  AdminSlowCallback,
} from "../../admin/admin_source.ts";
import { systemClock, type TimerId } from "../../common/clock.ts";
import type { Document } from "../../document/document.ts";
import { ColumnDataSource } from "../../models/mod.ts";
import type { SessionEvent, SessionObserver } from "../../session/observability/observer.ts";
import { userName } from "../../session/observability/session_log.ts";
import type { Session } from "../../session/session.ts";
import type { HostedApplication } from "../hosted_application.ts";
import type { Readiness } from "../monitoring/readiness.ts";
import type { AdminLogControl } from "./admin_options.ts";
import { errorText, shortened } from "./error_text.ts";

/** Interval between measurements of the event loop's delay, in milliseconds. */
const DELAY_MILLISECONDS = 100;
/** Number of samples that are kept: 15 minutes. Each takes about 100 bytes. */
export const MAX_SAMPLES = 900;
/** Number of errors that are kept. Each takes at most 8 kB. */
export const MAX_ERRORS = 50;
const MAX_SLOW_CALLBACKS = 50;
/** Number of sessions in a report. */
const MAX_SESSIONS = 100;
/** Shortest time over which the rate of changes is computed, in milliseconds. */
const RATE_MILLISECONDS = 900;

/** The state of a process since an earlier report. */
export interface ProcessReport extends Omit<AdminProcess, "index"> {
  /** Id of this object: another one means that the process was replaced. */
  readonly instance: string;
  /** Samples that are newer than the earlier report, oldest first. */
  readonly samples: readonly AdminSample[];
  /** Errors that are newer than the earlier report, oldest first. */
  readonly newErrors: readonly Omit<AdminError, "process">[];
  /** Number of the last error. */
  readonly lastError: number;
  readonly slowCallbacks: readonly Omit<AdminSlowCallback, "process">[];
  readonly liveSessions: readonly Omit<AdminSession, "process">[];
}

/** What a {@linkcode ProcessMonitor} observes. */
export interface MonitoredServer {
  /** Returns the applications that are served. */
  readonly apps: () => Iterable<HostedApplication>;
  /** Whether the server can serve new clients. */
  readonly readiness: Readiness;
  /** Level of the program's log. */
  readonly log: AdminLogControl | undefined;
}

/** Observes the sessions of this process. Its memory is bounded. */
export class ProcessMonitor {
  readonly #server: MonitoredServer;
  readonly #instance = crypto.randomUUID();
  readonly #createdAt = performance.now();
  readonly #samples: AdminSample[] = [];
  readonly #errors: (Omit<AdminError, "process"> & { readonly number: number })[] = [];
  readonly #slowCallbacks = new Map<string, Omit<AdminSlowCallback, "process">>();
  readonly #rates = new WeakMap<Session, { seq: number; at: number; rate: number }>();
  #messages = 0;
  #patches = 0;
  #errorCount = 0;
  #longestDelay = 0;
  #timer: TimerId | undefined;

  /** Creates a monitor that does not measure yet. */
  constructor(server: MonitoredServer) {
    this.#server = server;
  }

  /** Returns an observer of an application. */
  observer(application: string): SessionObserver {
    return (event) => this.#observe(event, application);
  }

  /** Starts to measure. */
  start(): void {
    let due = performance.now() + DELAY_MILLISECONDS;
    let second = Math.floor(Date.now() / 1000);
    this.#timer ??= systemClock.setInterval(() => {
      const now = performance.now();
      this.#longestDelay = Math.max(this.#longestDelay, now - due);
      due = now + DELAY_MILLISECONDS;
      const current = Math.floor(Date.now() / 1000);
      if (current === second) return;
      second = current;
      this.#takeSample(current * 1000);
    }, DELAY_MILLISECONDS);
  }

  /** Stops measuring. */
  stop(): void {
    systemClock.clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /**
   * Returns the current state.
   *
   * @param sinceTime Time of the last sample of the earlier report, 0 without one.
   * @param sinceError Number of the last error of the earlier report, 0 without one.
   */
  report(sinceTime = 0, sinceError = 0): ProcessReport {
    const apps = [...this.#server.apps()];
    return {
      instance: this.#instance,
      pid: Deno.pid,
      uptimeSeconds: (performance.now() - this.#createdAt) / 1000,
      sessions: apps.reduce((sum, { registry }) => sum + registry.all().length, 0),
      errors: this.#errorCount,
      isDraining: this.#server.readiness.isDraining,
      logLevel: this.#server.log?.level,
      samples: this.#samples.filter(({ time }) => time > sinceTime),
      newErrors: this.#errors.filter(({ number }) => number > sinceError).map(({ number: _, ...error }) => error),
      lastError: this.#errorCount,
      slowCallbacks: [...this.#slowCallbacks.values()],
      liveSessions: this.#busiestSessions(apps),
    };
  }

  #observe(event: SessionEvent, application: string): void {
    switch (event.type) {
      case "messageReceived":
        this.#messages++;
        break;
      case "patchSent":
        this.#patches++;
        break;
      case "callbackFailed":
        return this.#addError("callback", event.error, application);
      case "sessionFailed":
        return this.#addError("session creation", event.error, application);
      case "uncaughtError":
        return this.#addError("uncaught", event.error, application);
      case "internalError":
        return this.#addError("the server's code", event.error, application);
      case "slowCallback":
        return this.#addSlowCallback(event, application);
    }
  }

  #addError(during: string, error: unknown, application: string): void {
    this.#errors.push({ number: ++this.#errorCount, time: Date.now(), application, during, stack: errorText(error) });
    if (this.#errors.length > MAX_ERRORS) this.#errors.shift();
  }

  #addSlowCallback(
    { name, milliseconds, blocking }: SessionEvent & { readonly type: "slowCallback" },
    application: string,
  ): void {
    const key = `${application} ${blocking} ${name}`;
    const known = this.#slowCallbacks.get(key);
    this.#slowCallbacks.delete(key); // so that the oldest is the first
    this.#slowCallbacks.set(key, {
      application,
      name: shortened(name),
      blocking,
      count: (known?.count ?? 0) + 1,
      longestMilliseconds: Math.max(known?.longestMilliseconds ?? 0, milliseconds),
      lastTime: Date.now(),
    });
    const [oldest] = this.#slowCallbacks.keys();
    if (this.#slowCallbacks.size > MAX_SLOW_CALLBACKS) this.#slowCallbacks.delete(oldest!);
  }

  #takeSample(time: number): void {
    let sessions = 0;
    let connections = 0;
    for (const { registry } of this.#server.apps()) {
      for (const session of registry.all()) {
        sessions++;
        connections += session.subscribers.size;
      }
    }
    const { rss: residentBytes, heapUsed: heapBytes } = Deno.memoryUsage();
    const delayMilliseconds = Math.round(this.#longestDelay * 10) / 10;
    const [messages, patches] = [this.#messages, this.#patches];
    this.#messages = this.#patches = this.#longestDelay = 0;
    this.#samples.push({ time, sessions, connections, messages, patches, residentBytes, heapBytes, delayMilliseconds });
    if (this.#samples.length > MAX_SAMPLES) this.#samples.shift();
  }

  /** Returns the sessions with most changes in a second, in the order of their creation. */
  #busiestSessions(apps: readonly HostedApplication[]): Omit<AdminSession, "process">[] {
    const now = performance.now();
    const all = apps.flatMap(({ path, registry }) => registry.all().map((session) => ({ path, session })))
      .map((entry) => ({ ...entry, rate: this.#rateOf(entry.session, now) }));
    const busiest = all.length <= MAX_SESSIONS ? all : all.sort((a, b) => b.rate - a.rate).slice(0, MAX_SESSIONS);
    return busiest.map(({ path, session, rate }) => ({
      instance: session.instance,
      application: path,
      user: shortened(userName(session.context.request?.user) ?? ""),
      ageSeconds: session.ageMilliseconds / 1000,
      idleSeconds: session.idleMilliseconds / 1000,
      connections: session.subscribers.size,
      models: session.document.models.length,
      columnBytes: columnBytes(session.document),
      clientBytes: session.sync.retainedBytes,
      changesPerSecond: rate,
    })).sort((a, b) => b.ageSeconds - a.ageSeconds);
  }

  #rateOf(session: Session, now: number): number {
    const { seq } = session.sync.mark;
    const last = this.#rates.get(session);
    if (last !== undefined && now - last.at < RATE_MILLISECONDS) return last.rate;
    const rate = last === undefined ? 0 : (seq - last.seq) * 1000 / (now - last.at);
    this.#rates.set(session, { seq, at: now, rate });
    return rate;
  }
}

/** Estimates the size of the columns of a document, from their lengths. */
function columnBytes(document: Document): number {
  let bytes = 0;
  for (const model of document.models) {
    if (!(model instanceof ColumnDataSource)) continue;
    for (const values of Object.values(model.data)) {
      bytes += ArrayBuffer.isView(values) ? values.byteLength : 8 * values.length;
    }
  }
  return bytes;
}
