import type { Document } from "../document/document.ts";
import type { PatchPolicy } from "../document/patches/patch_policy.ts";
import type { Clock } from "../common/clock.ts";
import type { SessionObserver } from "./observability/observer.ts";
import type { ContextFacts } from "./live_session_context.ts";
import type { SessionLogFields } from "./observability/session_log.ts";
import type { SessionWorkLimits } from "./limits/session_work.ts";
import type { SlowCallbacks } from "./observability/slow_callbacks.ts";
import type { Trace } from "./observability/trace.ts";

/** Options of `Session`. */
export interface SessionOptions extends ContextFacts {
  /** What it is called. */
  id: string;
  /** Its document, filled. */
  document: Document;
  /** Where the session has its time from. */
  clock: Clock;
  /** Hears of what happens in the session. */
  observer: SessionObserver;
  /** Collects what the session does as spans. @default {noTrace} */
  trace?: Trace | undefined;
  /** How long a change by the server wins over those of clients that have not seen it yet. */
  convergenceWindowMilliseconds?: number | undefined;
  /** Hears of callbacks that take too long, of all sessions. */
  slowCallbacks: SlowCallbacks;
  /** What clients may change; everything by default. */
  acceptPatch?: PatchPolicy | undefined;
  /** Returns the ids of its upload URLs, which clients that read only do not get. */
  uploadIds?: (() => readonly string[]) | undefined;
  /** How much work clients may cause. */
  workLimits?: SessionWorkLimits | undefined;
  /** What the log lines of the session state. */
  logFields?: SessionLogFields | undefined;
  /** Ends the session, because its clients asked for too much work. `Session.destroy()` by default. */
  endOverworked?: (() => void) | undefined;
}
