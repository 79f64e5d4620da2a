/**
 * The processes that own sessions.
 *
 * @module
 */

import type { Peer } from "../handlers/relay/relay.ts";

/** Finds the owner of a session among several processes of a server. */
export interface SessionOwners {
  /**
   * Returns the process that owns a session, or undefined if this process owns it or may create it.
   *
   * @param sessionId Id of the session.
   * @param appPath Path of the session's application.
   */
  ownerOf(sessionId: string, appPath: string): Peer | undefined | Promise<Peer | undefined>;
  /** The other processes, by their numbers. */
  readonly others: ReadonlyMap<number, Peer>;
}

/** Returns whether another process owns a session. Without `owners` there is no other process. */
export async function isOwnedElsewhere(
  owners: SessionOwners | undefined,
  sessionId: string,
  appPath: string,
): Promise<boolean> {
  return owners !== undefined && await owners.ownerOf(sessionId, appPath) !== undefined;
}
