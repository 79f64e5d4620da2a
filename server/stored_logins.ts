/**
 * Logins that have ended, for all servers of a session store.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { settlesWithin } from "../common/settles_within.ts";
import type { EndedLogin, Logins } from "../handlers/login/logins.ts";
import { decrypt, encrypt, type SecretKey } from "../session/credentials/signature.ts";
import type { StoreMember } from "../session/persistence/session_store.ts";
import type { SharedData } from "../shared/shared_data.ts";
import { FollowedLog } from "./followed_log.ts";

const logger = getLogger(["bokeh", "server"]);

/** Name of the log, and what its entries are encrypted for. */
const NAME = "ended logins";
/** Number of the latest ended logins that the store keeps for servers that start, or were cut off. */
const MAX_KEPT = 1000;
/** Time that a logout waits for the store, in milliseconds. */
const MAX_DELAY_MILLISECONDS = 1000;

/** Options of {@linkcode StoredLogins}. */
interface StoredLoginsOptions {
  readonly member: StoreMember;
  /** Secret of all servers of the store. It encrypts the entries, which contain cookies. */
  readonly secret: SecretKey;
  /** The websockets and cookies of this process. */
  readonly logins: Logins;
  readonly retentionMilliseconds: number;
}

/** Ends logins here that have ended at other servers of a session store, and the other way round. */
export class StoredLogins implements Disposable {
  readonly #options: StoredLoginsOptions;
  readonly #log: FollowedLog;
  /** Encrypted logins, the latest last. */
  readonly #known = new Set<string>();
  /** Whether the log was read: what it had before that has ended no websocket of this process. */
  #isRead = false;

  /** Starts to follow the log of the store. */
  constructor(options: StoredLoginsOptions) {
    this.#options = options;
    const { member, retentionMilliseconds } = options;
    this.#log = new FollowedLog(this.#data(), member, retentionMilliseconds);
    void this.#log.done.then(() => this.#isRead = true);
  }

  /** Reads the log: the store may have lost notices. */
  read(): void {
    this.#log.read();
  }

  /** Renews the time of the log in the store. */
  async renew(): Promise<void> {
    await this.#log.renew();
  }

  /** Sends a login that has ended here to the other servers. Waits for the store for a limited time. */
  async publish(ended: EndedLogin): Promise<void> {
    const bytes = new TextEncoder().encode(JSON.stringify(ended));
    const sealed = (await encrypt(bytes, this.#options.secret, "ended login", NAME)).toBase64();
    this.#known.add(sealed); // it has ended here already
    try {
      this.#log.publish(JSON.stringify(sealed));
    } catch (error) {
      logger.error("Cannot notify the other servers of a logout: {error}", { error });
      return;
    }
    await settlesWithin(this.#log.done, MAX_DELAY_MILLISECONDS);
  }

  /** Stops to follow the log. */
  [Symbol.dispose](): void {
    this.#log.stop();
  }

  #data(): SharedData {
    const known = this.#known;
    return {
      name: NAME,
      shape: NAME,
      statistics: { name: NAME, changes: 0, documents: 0 },
      get state() {
        return [...known];
      },
      receive: (sealed) => this.#note(sealed as string),
      restore: (state) => {
        for (const sealed of state as string[]) this.#note(sealed);
      },
    };
  }

  /** Ends a login unless it is known. The state of the log contains those that have ended long ago. */
  #note(sealed: string): void {
    if (this.#known.has(sealed)) return;
    this.#known.add(sealed);
    for (const oldest of this.#known) {
      if (this.#known.size <= MAX_KEPT) break;
      this.#known.delete(oldest);
    }
    this.#end(sealed, this.#isRead).catch((error) => logger.error("Cannot end a login: {error}", { error }));
  }

  async #end(sealed: string, closesSockets: boolean): Promise<void> {
    const { logins, secret } = this.#options;
    const bytes = await decrypt(Uint8Array.fromBase64(sealed), secret, "ended login", NAME);
    if (bytes === undefined) return; // of a server with another secret
    const ended = JSON.parse(new TextDecoder().decode(bytes)) as EndedLogin;
    await logins.end(closesSockets ? ended : { ...ended, userKey: undefined });
  }
}
