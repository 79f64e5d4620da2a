/**
 * Connections to a Redis or Valkey: a single server, a cluster, or a primary that Sentinels name.
 *
 * @module
 */

import { errorMessage } from "../../common/error_message.ts";
import { Buffer } from "node:buffer";
import type { EventEmitter } from "node:events";
import { getLogger } from "@logtape/logtape";
import { createClient, createCluster, createSentinel, ErrorReply, RESP_TYPES } from "@redis/client";
import { StoreError } from "../../session/persistence/store_error.ts";
import type { RedisLocation } from "./location.ts";
import type { Script } from "./scripts.ts";
import { SilenceDetector } from "./silence_detector.ts";

const log = getLogger(["bokeh", "store"]);

/** A reply of Redis. Texts and binary data are bytes. */
export type Reply = null | number | Uint8Array | string | readonly Reply[];

/**
 * A connection to a Redis or Valkey. While it is broken, it reconnects, and commands fail at once.
 */
export interface RedisEngine extends AsyncDisposable {
  /** Sends a command. In a cluster the command goes to the node that has `key`. */
  command(key: string, args: readonly (string | Uint8Array)[]): Promise<Reply>;
  /** Calls a listener with each message of a channel. */
  subscribe(channel: string, listener: (message: string) => void): Promise<void>;
  /**
   * Number of connections so far. If it has changed, the engine may have been restarted, and messages may have been
   * lost.
   */
  readonly generation: number;
}

const CONNECT_TIMEOUT_MILLISECONDS = 5000;
/**
 * Time without data in either direction after which a connection is replaced. Unused connections receive answers to
 * pings more often.
 */
const SOCKET_TIMEOUT_MILLISECONDS = 5000;
/** Interval of pings on a connection. The next one is sent after the answer to the last. */
const PING_INTERVAL_MILLISECONDS = 2000;
const MAX_RECONNECT_MILLISECONDS = 500;
/**
 * Number of retries of the first connection. They take about three seconds.
 */
const FIRST_CONNECTION_RETRIES = 8;

/**
 * Connects to a Redis or Valkey.
 *
 * @throws {StoreError} `unavailable` if it cannot be reached.
 */
export async function connectEngine(location: RedisLocation): Promise<RedisEngine> {
  const engine = new ClientEngine(location);
  try {
    await engine.connect();
    return engine;
  } catch (error) {
    await engine[Symbol.asyncDispose]();
    throw unavailable(error);
  }
}

/** Runs a script by its digest. Sends the source if the engine does not have the script yet. */
export async function runScript(
  engine: RedisEngine,
  { source, sha1 }: Script,
  keys: readonly [string, ...string[]],
  args: readonly (string | Uint8Array)[],
): Promise<Reply> {
  const rest = [`${keys.length}`, ...keys, ...args];
  try {
    return await engine.command(keys[0], ["EVALSHA", sha1, ...rest]);
  } catch (error) {
    if (!(error instanceof StoreError && errorMessage(error.cause).startsWith("NOSCRIPT"))) throw error;
    return await engine.command(keys[0], ["EVAL", source, ...rest]);
  }
}

/** The common interface of the clients for the three topologies. */
interface Client {
  connect(): Promise<unknown>;
  destroy(): unknown;
  subscribe(channel: string, listener: (message: string) => void): Promise<void>;
}

interface Connection {
  readonly client: Client;
  /** Sends a command to the node that has a key. */
  readonly send: (key: string, args: (string | Buffer)[]) => Promise<unknown>;
}

class ClientEngine implements RedisEngine {
  readonly #location: RedisLocation;
  #main: Connection;
  /** In a cluster and behind Sentinels it is the main connection. */
  #subscriber: Client;
  readonly #subscriptions: Parameters<Client["subscribe"]>[] = [];
  readonly #silence = new SilenceDetector(() => void this.#replace());
  #generation = 0;
  #isDisposed = false;

  constructor(location: RedisLocation) {
    this.#location = location;
    this.#main = this.#create();
    this.#subscriber = location.topology === "single" ? this.#create().client : this.#main.client;
  }

  get generation(): number {
    return this.#generation;
  }

  async connect(): Promise<void> {
    await this.#main.client.connect();
    if (this.#subscriber !== this.#main.client) await this.#subscriber.connect();
  }

  async command(key: string, args: readonly (string | Uint8Array)[]): Promise<Reply> {
    const answered = this.#silence.noteQuestion();
    try {
      return await this.#main.send(key, args.map(toArgument)) as Reply;
    } catch (error) {
      throw unavailable(error);
    } finally {
      answered();
    }
  }

  async subscribe(channel: string, listener: (message: string) => void): Promise<void> {
    this.#subscriptions.push([channel, listener]);
    try {
      await this.#subscriber.subscribe(channel, listener);
    } catch (error) {
      throw unavailable(error);
    }
  }

  // deno-lint-ignore require-await -- the interface is asynchronous
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    this.#silence[Symbol.dispose]();
    for (const client of new Set([this.#subscriber, this.#main.client])) destroy(client);
  }

  #create(isFirst = true): Connection {
    return createTopology(this.#location, () => void this.#generation++, isFirst);
  }

  /**
   * Replaces a connection that does not answer. After a broken network is repaired, TCP may wait as long again until it
   * sends what was lost.
   */
  async #replace(): Promise<void> {
    log.warn("The session store does not answer: connecting again");
    const { client } = this.#main;
    this.#main = this.#create(false);
    const isSubscriber = client === this.#subscriber;
    if (isSubscriber) this.#subscriber = this.#main.client;
    destroy(client); // commands that wait for their answers fail
    try {
      await this.#main.client.connect(); // tries again until it is destroyed
      if (!isSubscriber) return;
      for (const subscription of this.#subscriptions) await this.#subscriber.subscribe(...subscription);
    } catch (error) {
      if (!this.#isDisposed) log.warn("Cannot connect to the session store again: {error}", { error });
    }
  }
}

function destroy(client: Client): void {
  try {
    client.destroy();
  } catch (error) {
    log.debug("A connection to the session store was already closed: {error}", { error });
  }
}

/**
 * Creates a connection, which connects again when it breaks.
 *
 * @param isFirst Whether it gives up after some attempts if the engine has never been reached.
 */
function createTopology(location: RedisLocation, onConnected: () => void, isFirst: boolean): Connection {
  const { hosts, username, password, database, tls } = location;
  let hasConnected = !isFirst;
  const connected = () => {
    hasConnected = true;
    onConnected();
  };
  const socket = {
    connectTimeout: CONNECT_TIMEOUT_MILLISECONDS,
    socketTimeout: SOCKET_TIMEOUT_MILLISECONDS,
    reconnectStrategy: (retries: number, cause: Error) =>
      hasConnected || retries < FIRST_CONNECTION_RETRIES ? backOff(retries) : cause,
    ...(tls ? { tls: true as const } : {}),
  };
  const credentials = {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  };
  const ping = { pingInterval: PING_INTERVAL_MILLISECONDS };
  const common = { RESP: 2 as const, disableOfflineQueue: true, ...ping, ...credentials };
  // The client's timeout ends when a command is written, which is at once. Its timer takes half the CPU time of a command.
  const commandOptions = { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer }, timeout: 0 };
  switch (location.topology) {
    case "single": {
      const client = createClient({ ...common, commandOptions, database, socket: { ...socket, ...hosts[0] } });
      watch(client, connected);
      return { client, send: (_key, args) => client.sendCommand(args) };
    }
    case "sentinel": {
      const client = createSentinel({
        RESP: 2,
        commandOptions,
        name: location.sentinelName ?? "",
        sentinelRootNodes: [...hosts],
        nodeClientOptions: { ...common, socket },
        sentinelClientOptions: { socket, ...ping },
        passthroughClientErrorEvents: true,
      });
      watch(client, connected);
      client.on("topology-change", connected);
      return { client, send: (_key, args) => client.sendCommand(false, args) };
    }
    case "cluster": {
      const client = createCluster({
        RESP: 2,
        commandOptions,
        rootNodes: hosts.map((host) => ({ socket: { ...socket, ...host } })),
        defaults: { ...common, socket },
      });
      watch(client, connected);
      client.on("node-ready", connected);
      return { client, send: (key, args) => client.sendCommand(key, false, args) };
    }
  }
}

/**
 * Adds the listeners of a client. Without a listener for errors, an error would end the process.
 */
function watch(client: EventEmitter, connected: () => void): void {
  client.on(
    "error",
    (error: unknown) => log.warn("The session store does not answer: {error}", { error: errorMessage(error) }),
  );
  client.on("ready", connected);
}

/** Returns the delay before a retry, in milliseconds: exponential back-off with jitter. */
function backOff(retries: number): number {
  const milliseconds = Math.min(25 * 2 ** Math.min(retries, 10), MAX_RECONNECT_MILLISECONDS);
  return milliseconds / 2 + Math.random() * milliseconds / 2;
}

function toArgument(value: string | Uint8Array): string | Buffer {
  return typeof value === "string" ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

function unavailable(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const what = error instanceof ErrorReply ? "Redis refused a command" : "Redis does not answer";
  return new StoreError(`Cannot use session store: ${what}: ${errorMessage(error)}`, "unavailable", { cause: error });
}
