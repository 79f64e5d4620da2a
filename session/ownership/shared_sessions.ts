/**
 * The sessions that several processes share: in a store, or in a directory of processes without
 * one.
 *
 * @module
 */

import type { OwnedSession, SessionPersistence } from "../persistence/session_persistence.ts";
import type { SessionKey } from "../persistence/session_store.ts";
import { sessionGone } from "../registry/refusals.ts";
import type { SessionInfo } from "../registry/session_info.ts";
import { digestOf } from "../registry/token_digests.ts";
import type { SessionClaims } from "./session_claims.ts";
import { SessionHeldError } from "./session_held_error.ts";
import type { SessionLocation } from "./session_location.ts";

/** A session that this process owns since it was opened. */
export interface OpenedSession {
  /** Information with which the session is created here. */
  readonly info: SessionInfo;
  /** The session in the store; undefined without a store. */
  readonly owned: OwnedSession | undefined;
  /** Gives the session back, because it could not be created here. */
  abandon(): Promise<void>;
}

/** Opens sessions of one application for this process. */
export interface SharedSessions {
  /**
   * Opens a session, so that this process owns it.
   *
   * @param create Whether it is created if no process has it.
   * @returns The session; undefined if no process has it and `create` is false.
   * @throws {SessionHeldError} If another process owns it.
   * @throws {ProtocolError} `session_gone` if it was destroyed; `store_unavailable`; `going_away`
   */
  open(key: SessionKey, id: string, info: SessionInfo, create: boolean): Promise<OpenedSession | undefined>;
  /**
   * Returns which process has a session, without opening it.
   *
   * @throws {ProtocolError} `store_unavailable`; `going_away`
   */
  find(key: SessionKey): Promise<SessionLocation>;
}

/** The sessions in a directory of processes. They end with their process. */
export class DirectorySessions implements SharedSessions {
  readonly #claims: SessionClaims;

  constructor(claims: SessionClaims) {
    this.#claims = claims;
  }

  async open(key: SessionKey, _id: string, info: SessionInfo, create: boolean): Promise<OpenedSession | undefined> {
    if (!create) {
      const held = await this.#claims.find(key);
      if (held !== undefined) throw new SessionHeldError(held);
      return undefined;
    }
    const claiming = await this.#claims.claim(key, info.token && digestOf(info.token.text));
    if (claiming.kind === "held") throw new SessionHeldError(claiming.held);
    if (claiming.kind === "ended") throw sessionGone();
    const abandon = () => Promise.resolve(this.#claims.release(key, []));
    return { info, owned: undefined, abandon };
  }

  async find(key: SessionKey): Promise<SessionLocation> {
    const held = await this.#claims.find(key);
    return held === undefined ? { kind: "absent" } : { kind: "held", held };
  }
}

/** The sessions in a store. */
export class StoredSessions implements SharedSessions {
  readonly #persistence: SessionPersistence;

  constructor(persistence: SessionPersistence) {
    this.#persistence = persistence;
  }

  async open(_key: SessionKey, id: string, info: SessionInfo, create: boolean): Promise<OpenedSession | undefined> {
    const persistence = this.#persistence;
    // Imported only here: servers without a store start faster.
    const { infoOf, openSession } = await import("../persistence/stored_info.ts");
    const owned = await openSession(persistence, id, info, create);
    return owned && { info: infoOf(owned, info), owned, abandon: () => persistence.abandon(owned) };
  }

  async find(key: SessionKey): Promise<SessionLocation> {
    const { findSession } = await import("../persistence/stored_info.ts");
    return await findSession(this.#persistence, key);
  }
}
