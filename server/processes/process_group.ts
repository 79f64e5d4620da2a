/**
 * Several processes that serve the same applications on one port. Each owns a part of the sessions.
 *
 * @module
 */

import { nodeBuiltin } from "../../common/node_builtin.ts";
import type { Peer } from "../../handlers/relay/relay.ts";
import type { SecretKey } from "../../session/credentials/signature.ts";
import type { SessionClaims } from "../../session/ownership/session_claims.ts";
import { connectSharedData } from "../../shared/shared_channel.ts";
import { DirectoryClient } from "./directory_client.ts";
import { unixAddress } from "./peer_address.ts";
import { ProcessPeer } from "./process_peer.ts";

/**
 * Time that a busy process may take to answer the others, in milliseconds. The client waits no
 * longer than `openingMilliseconds`.
 */
const ANSWER_MILLISECONDS = 30_000;

/** The place of a process in a group. */
export interface ProcessGroupOptions {
  /** Number of this process, from 0. */
  readonly index: number;
  /** Number of processes. */
  readonly count: number;
  /**
   * Folder for the unix sockets on which processes relay requests, and of the directory, which the
   * program that starts the processes hosts with `SessionDirectory`. Other users of the machine must
   * not have access to it.
   */
  readonly folder: string;
  /**
   * Secret that all processes share. With a login, the processes need it, or `secretKey` or
   * `cookieSecret`, to decrypt the tokens of each other's pages.
   */
  readonly secret?: string | undefined;
}

/**
 * The processes of a group, seen from one of them. A session is in the process that its first
 * client reached. The directory of the group knows the owner of each session.
 */
export class ProcessGroup implements Disposable {
  readonly #index: number;
  readonly #peers: readonly ProcessPeer[];
  readonly #folder: string;
  /** Secret of the group, if its processes were started with one. */
  readonly secret: string | undefined;
  #key: Promise<SecretKey> | undefined;
  #directory: DirectoryClient | undefined;
  #disconnectSharedData: (() => void) | undefined;

  /**
   * Creates the view of a process. Connects to the others when they are needed.
   *
   * @param relayBytes Maximum number of bytes that wait in this process for each of the others.
   * @throws {RangeError} If `index` is not a number from 0 to `count - 1`.
   */
  constructor({ index, count, folder, secret }: ProcessGroupOptions, relayBytes: number) {
    if (!Number.isInteger(index) || !(index >= 0 && index < count)) {
      throw new RangeError(`Cannot use process: ${index} is none of ${count}`);
    }
    this.#index = index;
    this.#folder = folder;
    this.secret = secret;
    this.#peers = Array.from({ length: count }, (_, number) =>
      new ProcessPeer({
        address: unixAddress(socketOf(folder, number)),
        key: () => this.key(),
        relayBytes,
        answerMilliseconds: ANSWER_MILLISECONDS,
      }));
  }

  /** Path of the unix socket on which this process receives relayed requests. */
  get path(): string {
    return socketOf(this.#folder, this.#index);
  }

  /**
   * Returns the key that only the processes of the group have: their secret, or a key in their
   * folder.
   */
  key(): Promise<SecretKey> {
    this.#key ??= this.secret === undefined ? sharedKey(this.#folder) : Promise.resolve(this.secret);
    return this.#key;
  }

  /** The other processes of the group, by their numbers. */
  get others(): ReadonlyMap<number, Peer> {
    return new Map([...this.#peers.entries()].filter(([number]) => number !== this.#index));
  }

  /** Number of this process. */
  get index(): number {
    return this.#index;
  }

  /** Returns the process at an address; undefined if it is not one of the group. */
  peerAt(address: string): Peer | undefined {
    return this.#peers.find((peer) => peer.address === address);
  }

  /**
   * Connects to the directory of the group. Returns this process's access to it.
   *
   * @param options.sharesData Whether changes of shared data go through the directory. They do not if the servers share
   * a session store. Only the first call decides.
   * @throws {Error} If no program hosts the directory.
   */
  async joinDirectory({ sharesData = true }: { sharesData?: boolean } = {}): Promise<SessionClaims> {
    if (this.#directory === undefined) {
      this.#directory = await DirectoryClient.connect({
        folder: this.#folder,
        index: this.#index,
        secret: this.secret ?? "",
        addressOf: (index) => unixAddress(socketOf(this.#folder, index)).text,
        sharesData,
      });
      if (sharesData) this.#disconnectSharedData = connectSharedData(this.#directory);
    }
    return this.#directory;
  }

  [Symbol.dispose](): void {
    this.#disconnectSharedData?.();
    this.#directory?.[Symbol.dispose]();
    for (const peer of this.#peers) peer[Symbol.dispose]();
  }
}

/** Returns the key in the folder of a group. The first process that needs it generates it. */
async function sharedKey(folder: string): Promise<Uint8Array> {
  const path = nodeBuiltin("node:path").join(folder, "relay.key");
  const own = `${path}.${crypto.randomUUID()}`;
  await Deno.writeFile(own, crypto.getRandomValues(new Uint8Array(32)), { mode: 0o600, createNew: true });
  try {
    // creating a link is atomic, so that no process reads an incomplete key
    await Deno.link(own, path);
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  } finally {
    await Deno.remove(own);
  }
  return await Deno.readFile(path);
}

function socketOf(folder: string, number: number): string {
  return nodeBuiltin("node:path").join(folder, `${number}.sock`);
}
