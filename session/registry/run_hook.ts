import type { Session } from "../session.ts";

/**
 * Runs a lifecycle hook of an application. Reports its error: a hook that fails does not affect the
 * session.
 */
export async function runHook(session: Session, hook: () => void | Promise<void>): Promise<void> {
  try {
    await hook();
  } catch (error) {
    session.reportError(error);
  }
}
