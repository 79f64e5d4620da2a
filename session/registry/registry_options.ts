import type { SharingPolicy } from "../../application/application_options.ts";
import type { Clock } from "../../common/clock.ts";
import type { ServerContext } from "../../document/document.ts";
import type { SessionQuota } from "../limits/session_quota.ts";
import type { SessionObserver } from "../observability/observer.ts";
import type { SessionClaims } from "../ownership/session_claims.ts";
import type { SessionFactoryOptions } from "./session_factory.ts";

/** Options of `SessionRegistry`. */
export interface SessionRegistryOptions extends SessionFactoryOptions {
  /** Time that a session without connections may live, in milliseconds. */
  unusedSessionLifetimeMilliseconds: number;
  /** The application's command-line arguments, which followed `--args`. @default {[]} */
  argv?: readonly string[] | undefined;
  /** Adds a schedule of the application. By default schedules are ignored. */
  onSchedule?: ServerContext["onSchedule"] | undefined;
  /** Clock of the sessions' timers and durations. @default {systemClock} */
  clock?: Clock | undefined;
  /** Receives what happens in the sessions. */
  observer?: SessionObserver | undefined;
  /**
   * Limits the number of sessions, of this registry or of several together. No limit by default.
   */
  quota?: SessionQuota | undefined;
  /**
   * Which users may join the sessions of others, for applications without a policy of their own.
   *
   * @default {false}
   */
  shareSessions?: SharingPolicy | undefined;
  /**
   * Directory of the processes that share the sessions without a store. Undefined if this process
   * owns all sessions, and with a store.
   */
  claims?: SessionClaims | undefined;
  /**
   * Timeout of a session's `on_session_destroyed` callbacks, of the `onSessionDestroyed` hook, and
   * of `SessionRegistry.drain`, in milliseconds.
   */
  drainMilliseconds: number;
}
