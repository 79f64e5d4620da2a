import type { OwnedSession, SessionPersistence } from "../persistence/session_persistence.ts";
import type { Session } from "../session.ts";
import { type DestroySessionOptions, waitForHook } from "./destroy_session.ts";
import { runHook } from "./run_hook.ts";

/**
 * Releases a session, so that any process can resume it from the store: waits for its transactions
 * and until the store has all changes, releases it in the store, closes its connections, and runs
 * the application's `onSessionReleased` hook. Does not throw.
 */
export async function releaseSession(
  session: Session,
  owned: OwnedSession,
  persistence: SessionPersistence,
  options: DestroySessionOptions,
): Promise<void> {
  const { application, reason, abandonTransactions, timeoutMilliseconds } = options;
  await session.stopCallbacks(abandonTransactions);
  // The connections stay open until the replies that wait for the store are sent.
  await session.journal?.flush(AbortSignal.any([abandonTransactions, AbortSignal.timeout(timeoutMilliseconds)]));
  await settlesOrAborts(persistence.release(owned, session.log), abandonTransactions);
  await session.close(reason, abandonTransactions);
  const hook = runHook(session, () => application.hooks.onSessionReleased?.(session.context));
  await waitForHook(session, "onSessionReleased", hook, options);
  session.releaseDocument();
}

/** Waits for a promise, or until a signal is aborted. */
async function settlesOrAborts(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const { promise: aborted, resolve } = Promise.withResolvers<void>();
  const abort = () => resolve();
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort);
  await Promise.race([work, aborted]);
  signal.removeEventListener("abort", abort);
}
