import type { Application } from "../../application/application.ts";
import type { Clock } from "../../common/clock.ts";
import { settlesWithin } from "../../common/settles_within.ts";
import type { ProtocolErrorCode } from "../../protocol/error.ts";
import type { Session } from "../session.ts";
import { runHook } from "./run_hook.ts";

/** Options of {@linkcode destroySession}. */
interface DestroySessionOptions {
  readonly application: Application;
  readonly clock: Clock;
  /** Why the session is destroyed: determines the close code that its clients receive. */
  readonly reason: ProtocolErrorCode;
  /** Stops waiting for transactions when it is aborted. */
  readonly abandonTransactions: AbortSignal;
  /**
   * Timeout of the `on_session_destroyed` callbacks, and of the `onSessionDestroyed` hook, in
   * milliseconds.
   */
  readonly timeoutMilliseconds: number;
}

/**
 * Closes a session, then runs its document's `on_session_destroyed` callbacks, then the
 * application's `onSessionDestroyed` hook. Reports callbacks and hooks that fail or exceed their
 * timeout. Does not throw.
 */
export async function destroySession(session: Session, options: DestroySessionOptions): Promise<void> {
  const { hooks } = options.application;
  await session.close(options.reason, options.abandonTransactions);
  await waitFor("on_session_destroyed", session.destroyDocument());
  await waitFor("onSessionDestroyed", runHook(session, () => hooks.onSessionDestroyed?.(session.context)));

  async function waitFor(name: string, work: Promise<void>): Promise<void> {
    const { timeoutMilliseconds, clock } = options;
    if (await settlesWithin(work, timeoutMilliseconds, clock)) return;
    session.reportError(
      new Error(`${name} has not ended after ${timeoutMilliseconds} ms: the server waits no longer`),
    );
  }
}
