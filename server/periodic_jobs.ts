/**
 * What a server does by the clock.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import type { ServedApplication } from "../handlers/context.ts";
import { asksForUser } from "../handlers/login/auth.ts";
import type { Logins } from "../handlers/login/logins.ts";
import { systemClock, type TimerId } from "../common/clock.ts";
import { MemoryRelease } from "./memory_release.ts";
import type { ResolvedOptions } from "./options/resolve_options.ts";

const logger = getLogger(["bokeh", "server"]);

/** Ends unused sessions and writes statistics, again and again. */
export class PeriodicJobs {
  #timers: TimerId[] = [];
  #rechecking = false;

  /** Begins. */
  start(apps: readonly ServedApplication[], options: ResolvedOptions, logins: Logins): void {
    const memory = options.releaseMemory ? new MemoryRelease() : undefined;
    this.#every(options.checkUnusedSessionsMilliseconds, () => sweep(apps, memory));
    this.#every(options.statsLogFrequencyMilliseconds, () => logSessions(apps));
    const recheck = asksForUser(options.authProvider) ? options.authProvider.recheckMilliseconds ?? 60_000 : 0;
    if (recheck > 0) this.#every(recheck, () => this.#recheck(logins));
    if (options.memLogFrequencyMilliseconds > 0) this.#every(options.memLogFrequencyMilliseconds, logMemory);
  }

  /** Ends. */
  stop(): void {
    for (const timer of this.#timers) systemClock.clearInterval(timer);
    this.#timers = [];
  }

  // an auth provider that takes longer than the interval is not asked again meanwhile
  async #recheck(logins: Logins): Promise<void> {
    if (this.#rechecking) return;
    this.#rechecking = true;
    await logins.validateAll();
    this.#rechecking = false;
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
    logger.error("Unused sessions of {path} could not be ended: {error}", { path, error });
    return 0;
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
