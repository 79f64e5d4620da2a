/**
 * The session store of a server: joins it, and passes on what it reports.
 *
 * @module
 */

import { systemClock } from "../common/clock.ts";
import type { ServedApplication } from "../handlers/context.ts";
import type { EndedLogin, Logins } from "../handlers/login/logins.ts";
import { DEFAULT_JOURNAL_LIMITS } from "../session/persistence/journal.ts";
import { LostCallbackWarnings } from "../session/persistence/lost_callbacks.ts";
import { BASE_LIFETIMES, SessionPersistence } from "../session/persistence/session_persistence.ts";
import type { MemoryPool } from "../protocol/memory_pool.ts";
import type { StoreMember } from "../session/persistence/session_store.ts";
import type { ResolvedOptions } from "./options/resolve_options.ts";
import { StoredLogins } from "./stored_logins.ts";
import { StoredSharedData } from "./stored_shared_data.ts";

/** Fraction of the retention after which the time of sessions in use is renewed in the store. */
const RENEWALS_PER_RETENTION = 4;

/** How long the store remembers ended sessions beyond the lifetime of their tokens, in milliseconds: clocks differ. */
const CLOCK_TOLERANCE_MILLISECONDS = 60_000;

/** This server's access to a session store. */
export class SessionStorage implements AsyncDisposable {
  readonly #member: StoreMember;
  readonly #options: ResolvedOptions;
  readonly #apps: () => Iterable<ServedApplication>;
  readonly #removeListener: () => void;
  readonly #sharedData: StoredSharedData;
  /** Logins that end at any server of the store; undefined if the server has no logins. */
  readonly #logins: StoredLogins | undefined;
  #renewedAt = performance.now();

  /** @internal Use {@linkcode SessionStorage.join}. */
  constructor(member: StoreMember, options: ResolvedOptions, apps: () => Iterable<ServedApplication>, logins: Logins) {
    this.#member = member;
    this.#options = options;
    this.#apps = apps;
    const { sessionRetentionMilliseconds: retentionMilliseconds, sessionStoreSecret: secret = "" } = options;
    this.#sharedData = new StoredSharedData(member, retentionMilliseconds);
    if (options.authProvider !== undefined) {
      this.#logins = new StoredLogins({ member, secret, logins, retentionMilliseconds });
    }
    this.#removeListener = member.onNotice((notice) => {
      for (const { registry } of this.#apps()) registry.receiveNotice(notice);
    });
  }

  /**
   * Joins the processes that share the session store of the options. Returns undefined if they have none.
   *
   * @param apps The applications by their paths, for what the store reports.
   * @param logins The logins of this process, which other servers can end.
   * @param peers The other processes, which reach this one at an address, if any.
   * @throws {StoreError} `unavailable` if the store cannot be reached.
   */
  static async join(
    options: ResolvedOptions,
    apps: () => ReadonlyMap<string, ServedApplication>,
    logins: Logins,
    peers: { readonly address: string | undefined } | undefined,
  ): Promise<SessionStorage | undefined> {
    if (options.sessionStore === undefined) return undefined;
    // The first session must not wait for these modules: clients of a process that has ended wait for it.
    await Promise.all([
      import("../session/persistence/stored_info.ts"),
      import("../session/persistence/store_session.ts"),
    ]);
    const node = { id: crypto.randomUUID(), address: peers?.address, build: options.appVersion };
    const member = await options.sessionStore.join(node);
    const storage = new SessionStorage(member, options, () => apps().values(), logins);
    await storage.#sharedData.settled(); // the first session shows the current data
    return storage;
  }

  /**
   * Returns what keeps the sessions of one application.
   *
   * @param applicationPath Path of the application.
   * @param memory Memory that all clients share. Changes count in it while they wait for the store.
   */
  persistenceOf(applicationPath: string, memory: MemoryPool): SessionPersistence {
    const { sessionStoreSecret, sessionRetentionMilliseconds, sessionTokenExpiration } = this.#options;
    return new SessionPersistence({
      member: this.#member,
      applicationPath,
      secret: sessionStoreSecret ?? "",
      retentionMilliseconds: sessionRetentionMilliseconds,
      rememberMilliseconds: sessionTokenExpiration * 1000 + CLOCK_TOLERANCE_MILLISECONDS,
      journal: { ...DEFAULT_JOURNAL_LIMITS, gatesServerChanges: this.#options.gateServerChanges },
      memory,
      clock: systemClock,
      lostCallbacks: new LostCallbackWarnings(),
    });
  }

  /** Renews the time of the sessions in use, if it is due. Called periodically. */
  async renew(): Promise<void> {
    this.#sharedData.read();
    this.#logins?.read();
    const { sessionRetentionMilliseconds } = this.#options;
    if (performance.now() - this.#renewedAt < sessionRetentionMilliseconds / RENEWALS_PER_RETENTION) return;
    this.#renewedAt = performance.now();
    const keys = [...this.#apps()].flatMap(({ registry }) => registry.storedKeys);
    await this.#member.renew(keys, sessionRetentionMilliseconds);
    await Promise.all([this.#sharedData.renew(), this.#logins?.renew()]);
    const bases = [...this.#apps()].flatMap(({ registry }) => registry.all()).map(({ journal }) => journal?.base);
    const used = new Set(bases.filter((base) => base !== undefined));
    await this.#member.renewBases(used, BASE_LIFETIMES * sessionRetentionMilliseconds);
  }

  /** Ends a login at the other servers of the store. */
  async endLogin(ended: EndedLogin): Promise<void> {
    await this.#logins?.publish(ended);
  }

  /** Leaves the store. Sessions that were not released can be taken by other processes. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#removeListener();
    this.#logins?.[Symbol.dispose]();
    await this.#sharedData[Symbol.asyncDispose]();
    await this.#member[Symbol.asyncDispose]();
  }
}
