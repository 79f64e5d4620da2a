import type { Session } from "../session.ts";

/** Number of sessions that are checked at the same time. */
const SLICE_SIZE = 100;

/**
 * Checks in the store that this process still owns its sessions. Sessions that another process has taken over are
 * dropped, and their connections closed. Waits for the store's answers after every 100 sessions, so that other
 * messages are handled meanwhile.
 */
export async function checkClaims(sessions: readonly Session[]): Promise<void> {
  for (let start = 0; start < sessions.length; start += SLICE_SIZE) {
    await Promise.all(sessions.slice(start, start + SLICE_SIZE).map(({ journal }) => journal?.checkClaim()));
  }
}
