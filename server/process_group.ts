/**
 * Several processes that serve the same applications on one port. Each owns a part of the sessions.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { ProtocolError } from "../protocol/error.ts";
import { nodeBuiltin } from "../common/node_builtin.ts";
import type { Peer } from "../handlers/relay/relay.ts";
import type { SecretKey } from "../session/credentials/signature.ts";
import { RelayBudget } from "../handlers/relay/relay_budget.ts";
import type { SessionOwners } from "./session_owners.ts";
import { RELAY_HEADER, type RelayedClient, relayedClient, relayHeader } from "../handlers/relay/relay_header.ts";

const logger = getLogger(["bokeh", "server"]);

/** The place of a process in a group. */
export interface ProcessGroupOptions {
  /** Number of this process, from 0. */
  readonly index: number;
  /** Number of processes. */
  readonly count: number;
  /**
   * Folder for the unix sockets on which processes relay requests. Other users of the machine must
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
 * The processes of a group, seen from one of them. The owner of a session is determined by a hash
 * of the session's id, so that processes need not communicate, also not with one that replaces a
 * crashed process.
 */
export class ProcessGroup implements SessionOwners, Disposable {
  readonly #index: number;
  readonly #peers: readonly UnixPeer[];
  readonly #folder: string;
  /** Secret of the group, if its processes were started with one. */
  readonly secret: string | undefined;
  #key: Promise<SecretKey> | undefined;

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
    this.#peers = Array.from(
      { length: count },
      (_, number) => new UnixPeer(socketOf(folder, number), () => this.key(), new RelayBudget(relayBytes)),
    );
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

  /**
   * Returns what another process states about the client of a request, or undefined if no process
   * of the group has sent the request.
   */
  async relayedClient(request: Request): Promise<RelayedClient | undefined> {
    return await relayedClient(request, await this.key());
  }

  /** The other processes of the group, by their numbers. */
  get others(): ReadonlyMap<number, Peer> {
    return new Map([...this.#peers.entries()].filter(([number]) => number !== this.#index));
  }

  /** Number of this process. */
  get index(): number {
    return this.#index;
  }

  /**
   * Returns the owner of a session: the process whose number is the hash of the id, modulo the
   * number of processes.
   */
  ownerOf(sessionId: string): Peer | undefined {
    const number = (hash(sessionId) >>> 0) % this.#peers.length;
    return number === this.#index ? undefined : this.#peers[number];
  }

  [Symbol.dispose](): void {
    for (const peer of this.#peers) peer[Symbol.dispose]();
  }
}

/** Another process, which listens on a unix socket. */
class UnixPeer implements Peer, Disposable {
  readonly budget: RelayBudget;
  readonly #path: string;
  readonly #key: () => Promise<SecretKey>;
  #client: Deno.HttpClient | undefined;

  constructor(path: string, key: () => Promise<SecretKey>, budget: RelayBudget) {
    this.#path = path;
    this.#key = key;
    this.budget = budget;
  }

  async fetch(request: Request, client: RelayedClient): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const url = `http://${request.headers.get("host") ?? "localhost"}${pathname}${search}`;
    const { method, body } = request;
    const headers = new Headers(request.headers);
    headers.set(RELAY_HEADER, await relayHeader(client, pathname + search, await this.#key()));
    const response = await this.#send(url, { method, headers, body, redirect: "manual" });
    // copied, because the headers of a fetched response are immutable
    return new Response(response.body, response);
  }

  async connect(path: string, headers: Headers, client: RelayedClient): Promise<WebSocket> {
    const ownHeaders = ["connection", "upgrade", "content-length", "host", RELAY_HEADER];
    const forwarded = [...headers].filter(([name]) => !ownHeaders.includes(name) && !name.startsWith("sec-websocket-"));
    forwarded.push([RELAY_HEADER, await relayHeader(client, path, await this.#key())]);
    const protocols = (headers.get("sec-websocket-protocol") ?? "").split(",").map((name) => name.trim());
    const url = `ws://${headers.get("host") ?? "localhost"}${path}`;
    const socket = new WebSocket(url, { protocols, headers: forwarded, client: this.#connected() });
    socket.binaryType = "arraybuffer";
    return socket;
  }

  [Symbol.dispose](): void {
    this.#client?.close();
    this.#client = undefined;
  }

  /**
   * Sends a request. Errors of the runtime are replaced, because they contain the URL, which can
   * hold a token, a session id or the id of a file.
   */
  async #send(url: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(url, { ...init, client: this.#connected() });
    } catch {
      logger.warn("Cannot relay a request: the other process does not answer");
      throw new ProtocolError("Cannot relay request: the other process does not answer", "going_away");
    }
  }

  #connected(): Deno.HttpClient {
    this.#client ??= Deno.createHttpClient({ proxy: { transport: "unix", path: this.#path } });
    return this.#client;
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

/** Returns the FNV-1a hash of the UTF-16 units of a text. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value ^ value >>> 15;
}
