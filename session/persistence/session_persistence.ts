/**
 * The sessions of one application in a store: opens, releases and destroys them.
 *
 * @module
 */

import type { Logger } from "@logtape/logtape";
import type { Clock } from "../../common/clock.ts";
import type { MemoryPool } from "../../protocol/memory_pool.ts";
import type { SecretKey } from "../credentials/signature.ts";
import type { JournalLimits } from "./journal.ts";
import type { LostCallbackWarnings } from "./lost_callbacks.ts";
import type { FreshDocument } from "./session_journal.ts";
import { openHeader, sealHeader, type SessionHeader } from "./sealed_header.ts";
import type { HeldSession } from "../ownership/session_held_error.ts";
import type { SessionLocation } from "../ownership/session_location.ts";
import type { SessionInfo } from "../registry/session_info.ts";
import { ProtocolError } from "../../protocol/error.ts";
import { sessionKeyOf } from "../ownership/session_key.ts";
import type { Claim, Opening, Ownership, SessionKey, StoreMember, StoreNode } from "./session_store.ts";
import { StoreError } from "./store_error.ts";
import type { OpenOptions, StoredSession } from "./stored_session.ts";

/** Options of {@linkcode SessionPersistence}. */
interface SessionPersistenceOptions {
  /** This process's access to the store. */
  readonly member: StoreMember;
  /** Path of the application, for example `"/sliders"`. */
  readonly applicationPath: string;
  /** Secret key of all processes that share the store. It encrypts the stored requests. */
  readonly secret: SecretKey;
  /**
   * Time for which a session can be resumed after its last client has disconnected, in
   * milliseconds.
   */
  readonly retentionMilliseconds: number;
  /**
   * Time for which the store remembers that a session was destroyed, in milliseconds: as long as
   * its tokens are valid.
   */
  readonly rememberMilliseconds: number;
  readonly journal: JournalLimits;
  /** Memory that all clients share, in which entries count while they wait for the store. */
  readonly memory?: MemoryPool | undefined;
  readonly clock: Clock;
  /** Warns of callbacks that resumed sessions lack. Without it there are no warnings. */
  readonly lostCallbacks?: LostCallbackWarnings | undefined;
}

/** A session that this process owns. */
export interface OwnedSession {
  readonly claim: Claim;
  /** Options with which the record is created again if the store loses it. */
  readonly record: OpenOptions;
  readonly header: SessionHeader;
  /** The stored data. Undefined for a new session. */
  readonly stored: StoredSession | undefined;
}

/** Result of opening a session in the store. */
type PersistentOpening =
  | { readonly kind: "owned"; readonly session: OwnedSession }
  /** Another live process owns it. */
  | { readonly kind: "held"; readonly held: HeldSession }
  | { readonly kind: "ended" }
  | { readonly kind: "absent" };

/** What is known when a session may have to be taken from another process. */
type Takeover = Pick<SessionInfo, "unreachable" | "isWaiting">;

/** Attempts to take a session that other processes take at the same time. */
const MAX_SEIZURES = 3;
/** Time that an owner without clients has to release a session, in milliseconds. */
const HAND_OVER_MILLISECONDS = 300;
/** Retention times of sessions for which the store keeps their fresh documents. */
export const BASE_LIFETIMES = 2;
/**
 * Number of requests to an owner without an address: together they take longer than the lease of one
 * that has just died. Owners with an address are asked again after another attempt to reach them.
 */
const HAND_OVER_REQUESTS = 5;
/** Maximum number of saved fresh documents that a process remembers. */
const MAX_SAVED_BASES = 1000;

/** Opens sessions of one application in a store. */
export class SessionPersistence {
  readonly options: SessionPersistenceOptions;
  /** Times at which this process saved fresh documents, by their digests. */
  readonly #savedBases = new Map<string, number>();

  constructor(options: SessionPersistenceOptions) {
    this.options = options;
  }

  /**
   * Returns which other process has a session, without opening it.
   *
   * @throws {StoreError} `unavailable`
   */
  async find(key: SessionKey): Promise<SessionLocation> {
    const { member } = this.options;
    const found = await member.find(key);
    if (found.kind !== "held") return { kind: found.kind };
    const { owner } = found;
    const node = owner.node === member.node.id ? undefined : await member.findNode(owner.node);
    return node === undefined ? { kind: "released" } : { kind: "held", held: { key, owner, address: node.address } };
  }

  /** Returns the key of a session in the store. */
  keyOf(sessionId: string): SessionKey {
    return sessionKeyOf(this.options.applicationPath, sessionId);
  }

  /**
   * Opens a session: creates its record, or takes it from an owner that released it or is dead.
   *
   * @param header Information about the client, with which the session is created. Undefined if the
   * session must exist.
   * @throws {StoreError} `unavailable`
   * @throws {ProtocolError} `going_away` if the client has gone.
   */
  async open(
    sessionId: string,
    header: SessionHeader | undefined,
    takeover: Takeover = {},
  ): Promise<PersistentOpening> {
    const key = this.keyOf(sessionId);
    const { member, retentionMilliseconds, secret } = this.options;
    const sealed = header === undefined ? new Uint8Array() : await sealHeader(header, key, secret);
    const record = { header: sealed, retentionMilliseconds, create: header !== undefined };
    const opening = await this.#openOrSeize(key, record, takeover);
    if (opening.kind === "held") return opening;
    if (opening.kind === "created") {
      return { kind: "owned", session: { claim: opening.claim, record, header: header!, stored: undefined } };
    }
    if (opening.kind !== "taken") return opening;
    const { claim, session: stored } = opening;
    const own = await openHeader(stored.header, key, secret);
    if (own === undefined) {
      await member.release(claim);
      throw new StoreError("Cannot resume session: it was stored with another secret key", "unavailable");
    }
    return {
      kind: "owned",
      session: { claim, record: { header: stored.header, retentionMilliseconds }, header: own, stored },
    };
  }

  /**
   * Records the fresh document of a session, and saves that document once for all sessions that
   * start with it.
   */
  async saveBase(claim: Claim, fresh: FreshDocument): Promise<void> {
    const { member, retentionMilliseconds, clock } = this.options;
    const { digest } = fresh;
    const savedAt = this.#savedBases.get(digest);
    const work = [member.setBase(claim, digest)];
    // Renewed while it is in use, well before the store may remove it.
    if (savedAt === undefined || clock.now() - savedAt > retentionMilliseconds / 4) {
      if (this.#savedBases.size >= MAX_SAVED_BASES) this.#savedBases.clear();
      const saved = member.saveBase(digest, fresh, BASE_LIFETIMES * retentionMilliseconds);
      work.push(saved.then(() => void this.#savedBases.set(digest, clock.now())));
    }
    await Promise.all(work);
  }

  /** Saves fresh documents again, because the store has lost all data. */
  forgetSavedBases(): void {
    this.#savedBases.clear();
  }

  /**
   * Releases a session, so that another process can resume it. Logs errors: the store removes the
   * record after its retention time.
   */
  async release({ claim }: OwnedSession, log: Logger): Promise<void> {
    await this.options.member.release(claim).catch((error) => logUnlessFenced(error, log));
  }

  /**
   * Destroys a session in the store. Logs errors: the store removes the record after its retention
   * time.
   *
   * @param isRemembered Whether clients had the session, which must not create it again.
   */
  async end({ claim }: OwnedSession, log: Logger, isRemembered: boolean): Promise<void> {
    const { member, rememberMilliseconds } = this.options;
    await member.end(claim, isRemembered ? rememberMilliseconds : 1).catch((error) => logUnlessFenced(error, log));
  }

  /** Releases a session that could not be created or resumed. Removes it if it is new. */
  async abandon(owned: OwnedSession): Promise<void> {
    const { member } = this.options;
    // A new record has no content that another process could resume.
    const done = owned.stored === undefined ? member.end(owned.claim, 1) : member.release(owned.claim);
    await done.catch(() => {}); // the store removes the record after its retention time
  }

  async #openOrSeize(
    key: SessionKey,
    record: OpenOptions,
    takeover: Takeover,
  ): Promise<Exclude<Opening, { kind: "held" }> | { readonly kind: "held"; readonly held: HeldSession }> {
    const { member } = this.options;
    let opening = await member.open(key, record);
    for (let requests = 0, seizures = 0;;) {
      if (opening.kind !== "held") return opening;
      const { owner } = opening;
      const node = await member.findNode(owner.node);
      const state = stateOf(owner, node, takeover);
      const held = { kind: "held", held: { key, owner, address: node?.address } } as const;
      if (state === "reachable") return held;
      if (state === "dead") {
        if (++seizures > MAX_SEIZURES) return held;
        this.#checkMaySeize(takeover);
        opening = await member.seize(key, owner, record);
      } else if (await member.requestHandOver(key, owner, HAND_OVER_MILLISECONDS)) {
        opening = await member.open(key, record); // its owner had no clients
      } else if (++requests === (node?.address === undefined ? HAND_OVER_REQUESTS : 1)) return held;
    }
  }

  /** A process that was asleep must not take sessions for clients that have connected elsewhere. */
  #checkMaySeize({ isWaiting = () => true }: Takeover): void {
    if (!isWaiting()) throw new ProtocolError("Cannot take session over: its client has gone", "going_away");
    if (this.options.member.isLeaseCurrent) return;
    throw new StoreError("Cannot take session over: the store has not renewed this process's lease", "unavailable");
  }
}

/** Returns what to do about an owner: relay to it, ask it to release the session, or seize the session. */
function stateOf(
  owner: Ownership,
  node: StoreNode | undefined,
  { unreachable }: Takeover,
): "reachable" | "silent" | "dead" {
  if (node === undefined) return "dead";
  const found = unreachable?.owner.epoch === owner.epoch ? unreachable.state : undefined;
  if (found === "dead" || found === "silent") return found;
  return node.address === undefined ? "silent" : "reachable";
}

function logUnlessFenced(error: unknown, log: Logger): void {
  if (error instanceof StoreError && error.code === "fenced") return;
  log.warn("Cannot release or destroy a session in the store: {error}", { error });
}
