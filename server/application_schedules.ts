/**
 * The functions that an application runs at the times of cron expressions.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { runForApplication } from "../application/current_application.ts";
import { type Clock, systemClock, type TimerId } from "../common/clock.ts";
import { errorMessage } from "../common/error_message.ts";
import { PendingTasks } from "../common/pending_tasks.ts";
import { settlesWithin } from "../common/settles_within.ts";
import type { ScheduledFunction, ScheduleOptions } from "../document/session_context.ts";
import type { SessionObserver } from "../session/observability/observer.ts";
import type { SessionClaims } from "../session/ownership/session_claims.ts";

const logger = getLogger(["bokeh", "server"]);

/**
 * Longest time between two checks of the wall clock, in milliseconds: timers do not follow changes
 * of the system's time, and stop while the machine sleeps.
 */
const CHECK_MILLISECONDS = 60_000;

/** Options of {@linkcode ApplicationSchedules}. */
export interface ApplicationSchedulesOptions {
  /** The application, to which uncaught errors of its functions are attributed. */
  readonly application: object;
  /** Path of the application. */
  readonly path: string;
  /** Receives the errors of the functions. */
  readonly observer?: SessionObserver | undefined;
  /** Whether the functions run. Their expressions are checked in any case. @default {true} */
  readonly isEnabled?: boolean | undefined;
  /** @default {systemClock} */
  readonly clock?: Clock | undefined;
}

/** A function with its cron expression. */
interface Schedule {
  readonly cron: string;
  readonly run: ScheduledFunction;
  readonly everyProcess: boolean;
  readonly atStart: boolean;
  isRunning: boolean;
  timer: TimerId | undefined;
}

/** Returns the first time of a cron expression after a time. Both are milliseconds since 1970. */
type NextTime = (after: number) => number;

/**
 * The schedules of an application. Of the processes of a group, the one that owns the application's
 * schedules in the directory runs them. The others try to become the owner at each scheduled time,
 * so that another process continues when the owner has ended.
 */
export class ApplicationSchedules {
  readonly #options: ApplicationSchedulesOptions;
  readonly #clock: Clock;
  readonly #schedules: Schedule[] = [];
  readonly #runs = new PendingTasks((error) => this.#fail("The schedules of {app} failed: {error}", { error }));
  readonly #stop = new AbortController();
  #claims: SessionClaims | undefined;
  #isStarted = false;

  /** Creates the schedules of an application, of which there are none. */
  constructor(options: ApplicationSchedulesOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /**
   * Adds a schedule: see `ServerContext.onSchedule`.
   *
   * @throws {TypeError} If `run` is not a function.
   * @throws {Error} If the schedules have been started.
   */
  add(cron: string, run: ScheduledFunction, { everyProcess = false, atStart = false }: ScheduleOptions = {}): void {
    const where = `${JSON.stringify(cron)} of ${this.#options.path}`;
    if (typeof run !== "function") throw new TypeError(`Cannot schedule ${where}: ${typeof run} is not a function`);
    if (this.#isStarted) {
      throw new Error(`Cannot schedule ${where}: call onSchedule in the hook onServerLoaded, which has ended`);
    }
    this.#schedules.push({ cron, run, everyProcess, atStart, isRunning: false, timer: undefined });
  }

  /**
   * Starts the timers.
   *
   * @param joinDirectory Connects to the directory of the group, if the process belongs to one.
   * @throws {TypeError} If a cron expression is invalid. No timer is started.
   * @throws {Error} If no program hosts the directory of the group.
   */
  async start(joinDirectory: () => Promise<SessionClaims | undefined>): Promise<void> {
    this.#isStarted = true;
    if (this.#schedules.length === 0) return;
    const nextTimes = await Promise.all(this.#schedules.map(({ cron }) => this.#parse(cron)));
    if (this.#options.isEnabled === false) return;
    if (this.#schedules.some(({ everyProcess }) => !everyProcess)) this.#claims = await joinDirectory();
    if (this.#stop.signal.aborted) return;
    this.#schedules.forEach((schedule, index) => {
      this.#wait(schedule, nextTimes[index]!);
      if (schedule.atStart) this.#runs.add(this.#run(schedule));
    });
  }

  /**
   * Stops the timers at once, aborts the signal of running functions, and waits until they have
   * ended. Does not throw.
   *
   * @param deadline Time to wait, in milliseconds.
   */
  async stop(deadline: number): Promise<void> {
    this.#stop.abort(new DOMException("The server stops", "AbortError"));
    for (const { timer } of this.#schedules) this.#clock.clearTimeout(timer);
    if (this.#runs.size === 0 || await settlesWithin(this.#runs.settled(), deadline, this.#clock)) return;
    logger.error("The scheduled functions of {app} have not ended in time", { app: this.#options.path });
  }

  async #parse(cron: string): Promise<NextTime> {
    // Imported only here: servers of applications without schedules start faster.
    const { Cron } = await import("croner");
    try {
      // As in Deno.cron: UTC, and days of the week from 1 (Sunday) to 7 (Saturday).
      const days = { alternativeWeekdays: true, sloppyRanges: true };
      const parsed = new Cron(cron, { timezone: "UTC", mode: "5-part", ...days });
      const next: NextTime = (after) => parsed.nextRun(new Date(after))?.getTime() ?? Infinity;
      if (next(this.#clock.wallTime()) === Infinity) throw new TypeError("No date matches it");
      return next;
    } catch (cause) {
      const schedule = `${JSON.stringify(cron)} of ${this.#options.path}`;
      const message = `Cannot schedule ${schedule}: it is not a valid cron expression: ${errorMessage(cause)}`;
      throw new TypeError(message, { cause });
    }
  }

  #wait(schedule: Schedule, next: NextTime, due: number = next(this.#clock.wallTime())): void {
    const rest = due - this.#clock.wallTime();
    schedule.timer = this.#clock.setTimeout(() => {
      if (this.#clock.wallTime() < due) return this.#wait(schedule, next, due);
      this.#wait(schedule, next);
      this.#runs.add(this.#run(schedule));
    }, Math.min(rest, CHECK_MILLISECONDS));
  }

  async #run(schedule: Schedule): Promise<void> {
    const { application, path: app } = this.#options;
    const { cron, run } = schedule;
    if (schedule.isRunning) {
      // a function that starts with the server may run all the time
      if (!schedule.atStart) {
        logger.warn("Skipped the schedule {cron} of {app}: its previous run has not ended", { cron, app });
      }
      return;
    }
    schedule.isRunning = true;
    try {
      if (!schedule.everyProcess && !await this.#isOwner()) return;
      const { signal } = this.#stop;
      if (!signal.aborted) await runForApplication(application, () => run({ signal }));
    } catch (error) {
      const isAborted = this.#stop.signal.aborted && error === this.#stop.signal.reason;
      if (!isAborted) this.#fail("The schedule {cron} of {app} failed: {error}", { cron, error });
    } finally {
      schedule.isRunning = false;
    }
  }

  /** Returns whether this process runs the schedules of its group. */
  async #isOwner(): Promise<boolean> {
    if (this.#claims === undefined) return true;
    // No session has this key: theirs are digests.
    return (await this.#claims.claim(`schedules of ${this.#options.path}`, undefined)).kind === "owned";
  }

  #fail(message: string, details: { readonly cron?: string; readonly error: unknown }): void {
    logger.error(message, { app: this.#options.path, ...details });
    this.#options.observer?.({ type: "callbackFailed", error: details.error });
  }
}
