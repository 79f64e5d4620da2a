/**
 * Periodic jobs of a server.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import type { ServedApplication } from "../handlers/context.ts";
import { asksForUser } from "../handlers/login/auth.ts";
import type { Logins } from "../handlers/login/logins.ts";
import { systemClock, type TimerId } from "../common/clock.ts";
import type { EventLoopDelay } from "./monitoring/event_loop_delay.ts";
import { MemoryRelease } from "./memory_release.ts";
import type { ResolvedOptions } from "./options/resolve_options.ts";
import type { SessionStorage } from "./session_storage.ts";

const logger = getLogger(["bokeh", "server"]);

/** Interval between measurements of the event loop's delay, in milliseconds. */
const EVENT_LOOP_MILLISECONDS = 100;

/** Interval between checks whether the process is idle, in milliseconds. */
const IDLE_MILLISECONDS = 1000;

/** What the jobs work on. */
export interface JobServices {
  readonly logins: Logins;
  readonly storage: SessionStorage | undefined;
  /** Measures the delay of the event loop; undefined without metrics. */
  readonly eventLoop: EventLoopDelay | undefined;
}

/** Destroys unused sessions, validates logins of open websockets, and logs statistics. */
export class PeriodicJobs {
  #timers: TimerId[] = [];
  #isValidating = false;

  /** Starts the jobs. */
  start(
    apps: readonly ServedApplication[],
    options: ResolvedOptions,
    { logins, storage, eventLoop }: JobServices,
  ): void {
    const memory = options.releaseMemory ? new MemoryRelease() : undefined;
    this.#every(options.checkUnusedSessionsMilliseconds, () => sweep(apps, memory));
    if (memory !== undefined) this.#every(IDLE_MILLISECONDS, () => memory.releaseIdle());
    if (storage !== undefined) this.#every(options.checkUnusedSessionsMilliseconds, () => renew(storage));
    this.#every(options.statsLogFrequencyMilliseconds, () => logSessions(apps));
    const recheck = asksForUser(options.authProvider) ? options.authProvider.recheckMilliseconds ?? 60_000 : 0;
    if (recheck > 0) this.#every(recheck, () => this.#validateLogins(logins));
    if (eventLoop !== undefined) this.#every(EVENT_LOOP_MILLISECONDS, eventLoop.start(EVENT_LOOP_MILLISECONDS));
    if (options.memLogFrequencyMilliseconds > 0) this.#every(options.memLogFrequencyMilliseconds, logMemory);
  }

  /** Stops the jobs. */
  stop(): void {
    for (const timer of this.#timers) systemClock.clearInterval(timer);
    this.#timers = [];
  }

  /**
   * Validates the logins of open websockets, unless the auth provider has not finished the previous
   * round.
   */
  async #validateLogins(logins: Logins): Promise<void> {
    if (this.#isValidating) return;
    this.#isValidating = true;
    await logins.validateAll();
    this.#isValidating = false;
  }

  #every(milliseconds: number, job: () => void): void {
    this.#timers.push(systemClock.setInterval(job, milliseconds));
  }
}

async function sweep(apps: readonly ServedApplication[], memory: MemoryRelease | undefined): Promise<void> {
  const ended = await Promise.all(apps.map(sweepApplication));
  memory?.sessionsEnded(
    ended.reduce((sum, count) => sum + count, 0),
    apps.reduce((sum, { registry }) => sum + registry.size, 0),
  );
}

async function sweepApplication({ path, registry }: ServedApplication): Promise<number> {
  try {
    return await registry.sweep();
  } catch (error) {
    logger.error("Cannot destroy unused sessions of {path}: {error}", { path, error });
    return 0;
  }
}

async function renew(storage: SessionStorage): Promise<void> {
  try {
    await storage.renew();
  } catch (error) {
    logger.warn("The time of sessions could not be renewed in the session store: {error}", { error });
  }
}

function logSessions(apps: readonly ServedApplication[]): void {
  for (const { path, registry } of apps) {
    const sessions = registry.all();
    const unused = sessions.filter((session) => session.subscribers.size === 0).length;
    const clients = sessions.reduce((sum, session) => sum + session.subscribers.size, 0);
    logger.debug("{path} has {sessions} sessions with {unused} unused, {clients} clients connected", {
      path,
      sessions: sessions.length,
      unused,
      clients,
    });
  }
}

function logMemory(): void {
  const { rss, heapUsed } = Deno.memoryUsage();
  logger.info("Memory: {rss} bytes resident, {heapUsed} bytes of heap", { rss, heapUsed });
}
