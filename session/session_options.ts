import type { Clock } from "../common/clock.ts";
import type { PatchPolicy } from "../document/patches/patch_policy.ts";
import type { SessionWorkLimits } from "./limits/session_work.ts";
import type { LiveSessionContextOptions } from "./live_session_context.ts";
import type { SessionObserver } from "./observability/observer.ts";
import type { SessionLogFields } from "./observability/session_log.ts";
import type { SlowCallbacks } from "./observability/slow_callbacks.ts";
import type { SessionRecorder } from "./recording/session_recorder.ts";
import type { Trace } from "./observability/trace.ts";

/** Options of `Session`. */
export interface SessionOptions extends LiveSessionContextOptions {
  /**
   * Id of this object, by which pages recognize it. A resumed session has that of the session
   * before. Random by default.
   */
  instance?: string | undefined;
  /** Clock of the session's timers and durations. */
  clock: Clock;
  /** Receives what happens in the session, for metrics and logs. */
  observer: SessionObserver;
  /** Runs the session's work as spans of a trace. @default {noTrace} */
  trace?: Trace | undefined;
  /** See `ConvergenceOptions.windowMilliseconds`. @default {30_000} */
  convergenceWindowMilliseconds?: number | undefined;
  /** Records the messages of the clients. They are not recorded by default. */
  recorder?: SessionRecorder | undefined;
  /** Reports slow callbacks of all sessions of the application. */
  slowCallbacks: SlowCallbacks;
  /** Decides which changes clients may make. All changes are allowed by default. */
  acceptPatch?: PatchPolicy | undefined;
  /**
   * Returns the ids of the session's upload URLs. They are removed from what read-only clients
   * receive.
   */
  uploadIds?: (() => readonly string[]) | undefined;
  /** Limits of the work that clients cause. */
  workLimits: SessionWorkLimits;
  /** Fields of the session's log lines. */
  logFields?: SessionLogFields | undefined;
  /**
   * Destroys the session because its clients caused too much work. `Session.destroy()` by default.
   */
  destroyOverworked?: (() => void) | undefined;
}
