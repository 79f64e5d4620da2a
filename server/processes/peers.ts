/**
 * The other processes that serve the same sessions, and how they reach this one.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import type { Peer } from "../../handlers/relay/relay.ts";
import type { SecretKey } from "../../session/credentials/signature.ts";
import type { SessionClaims } from "../../session/ownership/session_claims.ts";
import type { SessionOwners } from "../session_owners.ts";
import { parseHostAndPort, parsePeerAddress, type PeerAddress, tcpAddress, unixAddress } from "./peer_address.ts";
import { PeerListener, type PeerListenerOptions } from "./peer_listener.ts";
import { ProcessGroup, type ProcessGroupOptions } from "./process_group.ts";
import { ProcessPeer } from "./process_peer.ts";

const logger = getLogger(["bokeh", "server"]);

/** Time that a process of the store may take to say whether it owns a session, in milliseconds. */
const ANSWER_MILLISECONDS = 400;
/** Maximum number of processes of the store to which connections are kept. */
const MAX_PEERS = 1000;

/** A session store, as far as it matters for the other processes. */
export interface SharedStore {
  /** Whether processes of other machines can reach it. */
  readonly isRemote: boolean;
  /** Secret of all processes that share the store. */
  readonly secret: SecretKey;
}

/** Options of {@linkcode Peers}. */
export interface PeersOptions {
  /** The place of this process among several on one port. */
  readonly group?: ProcessGroupOptions | undefined;
  /** Address at which processes of other machines reach this one, as `HOST:PORT`. */
  readonly peerAddress?: string | undefined;
  /** The session store that the processes share, if any. */
  readonly store?: SharedStore | undefined;
  /** Maximum number of bytes that wait in this process for each of the others. */
  readonly relayBytes: number;
}

/** What {@linkcode Peers.listen} uses of the server. */
export type PeerHandlers = Omit<PeerListenerOptions, "key">;

/** The other processes, and the listeners on which they reach this one. */
export class Peers implements SessionOwners, AsyncDisposable {
  /** The processes on the same port; undefined if this is the only one. */
  readonly group: ProcessGroup | undefined;
  readonly #options: PeersOptions;
  readonly #listeners: PeerListener[] = [];
  readonly #byAddress = new Map<string, ProcessPeer>();
  #address: PeerAddress | undefined;
  #claims: SessionClaims | undefined;

  /** @throws {TypeError} If the peer address is not valid. */
  constructor(options: PeersOptions) {
    if (options.peerAddress !== undefined) parseHostAndPort(options.peerAddress);
    this.#options = options;
    this.group = options.group && new ProcessGroup(options.group, options.relayBytes);
  }

  /** Address at which the processes that share the store reach this one, if any. */
  get address(): string | undefined {
    return this.#address?.text;
  }

  /** Directory of the sessions of a group without a store. */
  get claims(): SessionClaims | undefined {
    return this.#claims;
  }

  get isRefusalDeath(): boolean {
    return this.#options.store?.isRemote ?? false;
  }

  peerAt(address: string): Peer | undefined {
    if (address.startsWith("unix:")) return this.group?.peerAt(address);
    let peer = this.#byAddress.get(address);
    if (peer === undefined) {
      peer = new ProcessPeer({
        address: parsePeerAddress(address),
        key: () => this.#storeKey(),
        relayBytes: this.#options.relayBytes,
        answerMilliseconds: ANSWER_MILLISECONDS,
      });
      this.#byAddress.set(address, peer);
      this.#forgetOldest();
    }
    return peer;
  }

  /**
   * Listens for other processes, and joins the directory of the group.
   *
   * @throws {Error} If an address is in use, or no program hosts the directory of the group.
   */
  async listen(handlers: PeerHandlers): Promise<void> {
    const { group } = this;
    const { store } = this.#options;
    if (group !== undefined) {
      await group.key();
      // a crashed process leaves its socket file behind
      await Deno.remove(group.path).catch(() => {});
      this.#listeners.push(new PeerListener({ path: group.path }, { ...handlers, key: () => group.key() }));
      const claims = await group.joinDirectory({ sharesData: store === undefined });
      if (store === undefined) this.#claims = claims;
      else this.#address = unixAddress(group.path);
    }
    if (store !== undefined) this.#listenForStore(store, handlers);
  }

  /** Logs a warning if the other processes probably cannot reach this one. */
  async checkAddress(): Promise<void> {
    const { address } = this;
    if (address === undefined || await this.peerAt(address)?.owns("") === "notOwner") return;
    logger.warn(
      "This process does not reach itself at its peer address {address}: other processes may not reach it either",
      { address },
    );
  }

  /** Stops listening, and leaves the directory. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#listeners.map((listener) => listener.shutdown()));
    this.group?.[Symbol.dispose]();
    for (const peer of this.#byAddress.values()) peer[Symbol.dispose]();
  }

  #listenForStore({ isRemote }: SharedStore, handlers: PeerHandlers): void {
    const { peerAddress, group } = this.#options;
    const options = { ...handlers, key: () => this.#storeKey() };
    if (peerAddress !== undefined) {
      const { hostname, port } = parseHostAndPort(peerAddress);
      const ownPort = port + (group?.index ?? 0);
      this.#listeners.push(listenAt(hostname, ownPort, options));
      this.#address = tcpAddress(hostname, ownPort);
    } else if (!isRemote) {
      const listener = new PeerListener({ hostname: LOOPBACK, port: 0 }, options);
      this.#listeners.push(listener);
      this.#address = tcpAddress(LOOPBACK, listener.port!);
    }
  }

  #storeKey(): Promise<SecretKey> {
    return Promise.resolve(this.#options.store!.secret);
  }

  #forgetOldest(): void {
    if (this.#byAddress.size <= MAX_PEERS) return;
    for (const [address, peer] of this.#byAddress) {
      this.#byAddress.delete(address);
      return peer[Symbol.dispose]();
    }
  }
}

const LOOPBACK = "127.0.0.1";

/**
 * Listens at an address, or on all interfaces if the address is one that a router forwards to this
 * machine.
 */
function listenAt(hostname: string, port: number, options: PeerListenerOptions): PeerListener {
  try {
    return new PeerListener({ hostname, port }, options);
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrNotAvailable)) throw error;
    logger.info("No interface has the address {hostname}: listening for other processes on all interfaces", {
      hostname,
    });
    return new PeerListener({ hostname: hostname.includes(":") ? "::" : "0.0.0.0", port }, options);
  }
}
