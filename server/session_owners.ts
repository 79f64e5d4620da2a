/**
 * The processes that own sessions.
 *
 * @module
 */

import type { Peer } from "../handlers/relay/relay.ts";
import { ProtocolError } from "../protocol/error.ts";
import { type HeldSession, SessionHeldError } from "../session/ownership/session_held_error.ts";
import type { UnreachableOwner } from "../session/ownership/unreachable_owner.ts";

/** The processes that share the sessions of a server, as this one reaches them. */
export interface SessionOwners {
  /**
   * Whether a process is dead if no process listens at its address. Otherwise the directory or the
   * store knows it.
   */
  readonly isRefusalDeath: boolean;
  /** Returns the process at an address; undefined if this process cannot reach it. */
  peerAt(address: string): Peer | undefined;
}

/** Maximum number of attempts to open a session here or at its owner. */
const MAX_ROUNDS = 3;
/** Time after which an owner that does not have the session any more is asked again, in milliseconds. */
const PAUSE_MILLISECONDS = 50;

/** A session that was opened here, or the process that owns it. */
export type Located<T> = { readonly here: T } | { readonly owner: Peer };

/**
 * Opens a session here, or finds the process that owns it. Takes a session only from a process that
 * is dead, or that agrees.
 *
 * @param open Opens the session here. Called again, with what was found out about its owner, until
 * the session is found.
 * @throws {ProtocolError} `owner_unreachable` if another process owns the session and cannot be
 * reached.
 * @throws What `open` throws, unless another process owns the session.
 */
export async function locateSession<T>(
  owners: SessionOwners | undefined,
  open: (unreachable: UnreachableOwner | undefined) => Promise<T>,
): Promise<Located<T>> {
  let unreachable: UnreachableOwner | undefined;
  for (let round = 1;; round++) {
    let held: HeldSession;
    try {
      return { here: await open(unreachable) };
    } catch (error) {
      if (!(error instanceof SessionHeldError) || owners === undefined) throw error;
      held = error.held;
      if (held.address === undefined) throw error;
    }
    const found = await askOwner(owners, held, unreachable);
    if ("owner" in found) return found;
    if (round === MAX_ROUNDS) {
      throw new ProtocolError("Cannot open session: its process does not answer", "owner_unreachable");
    }
    unreachable = found.unreachable;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
  }
}

/** Returns the process that owns a session, if it can be reached and confirms it. */
export async function reachableOwner(
  owners: SessionOwners,
  { key, address }: HeldSession,
): Promise<Peer | undefined> {
  const peer = address === undefined ? undefined : owners.peerAt(address);
  return await peer?.owns(key) === "owner" ? peer : undefined;
}

async function askOwner(
  owners: SessionOwners,
  { key, owner, address }: HeldSession,
  before: UnreachableOwner | undefined,
): Promise<{ readonly owner: Peer } | { readonly unreachable: UnreachableOwner }> {
  const peer = owners.peerAt(address!);
  const answer = await peer?.owns(key) ?? "unreachable";
  switch (answer) {
    case "owner":
      return { owner: peer! };
    case "notOwner": {
      // It may just have released the session. If it still owns it in the store, it has failed to release it.
      const isRepeated = before?.state === "absent" && before.owner.epoch === owner.epoch;
      return { unreachable: { owner, state: isRepeated ? "dead" : "absent" } };
    }
    case "refused":
      return { unreachable: { owner, state: owners.isRefusalDeath ? "dead" : "silent" } };
    case "unreachable":
      return { unreachable: { owner, state: "silent" } };
  }
}
