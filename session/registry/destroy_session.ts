import type { Application } from "../../application/application.ts";
import type { Clock } from "../../common/clock.ts";
import { settlesWithin } from "../../common/settles_within.ts";
import type { ProtocolErrorCode } from "../../protocol/error.ts";
import type { Session } from "../session.ts";
import { runHook } from "./run_hook.ts";

/** Options of {@linkcode destroySession}. */
export interface DestroySessionOptions {
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
  await waitForHook(session, "on_session_destroyed", session.destroyDocument(), options);
  const hook = runHook(session, () => hooks.onSessionDestroyed?.(session.context));
  await waitForHook(session, "onSessionDestroyed", hook, options);
}

/** Waits for a hook, and reports it if it exceeds the timeout. */
export async function waitForHook(
  session: Session,
  name: string,
  work: Promise<void>,
  { timeoutMilliseconds, clock }: DestroySessionOptions,
): Promise<void> {
  if (await settlesWithin(work, timeoutMilliseconds, clock)) return;
  session.reportError(new Error(`${name} has not ended after ${timeoutMilliseconds} ms: the server waits no longer`));
}
