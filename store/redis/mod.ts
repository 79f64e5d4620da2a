/**
 * A session store in Redis or Valkey. Sessions survive the end of their process and of their
 * machine, and any number of servers can share them. Needs Redis 7.0 or newer, or Valkey.
 *
 * @module
 */

import type { SessionStore, StoreMember, StoreNode } from "../../session/persistence/session_store.ts";
import { StoreError } from "../../session/persistence/store_error.ts";
import { connectEngine, type RedisEngine } from "./engine.ts";
import { parseRedisUrl, type RedisLocation } from "./location.ts";
import { RedisMember } from "./member.ts";
import { prepareScripts } from "./scripts.ts";

/** Options of {@linkcode redisStore}. */
export interface RedisStoreOptions {
  /**
   * Prefix of all keys. Servers with different prefixes can share a Redis server without sharing
   * sessions.
   *
   * @default {"bk:"}
   */
  prefix?: string | undefined;
  /**
   * Time after which a process that has not renewed its lease is considered dead, in milliseconds.
   * Then other processes can take its sessions over.
   *
   * @default {1500}
   */
  leaseMilliseconds?: number | undefined;
}

/**
 * Creates a session store in Redis or Valkey. It connects when a server starts, not before. Needs
 * `--allow-net` for the hosts, and `--allow-env`.
 *
 * @param url `redis://user:password@host:6379/0`, in which `0` is the number of the database;
 * `rediss://…` for TLS; `redis+sentinel://host:26379,host:26379/name`, in which `name` is the
 * Sentinels' name of the primary; or `redis+cluster://host:6379,host:6379`.
 * @throws {TypeError} If the URL has another form.
 * @example
 * ```ts ignore
 * import { serveBokeh } from "@bokeh/server";
 * import { redisStore } from "@bokeh/server/store/redis";
 *
 * await using server = await serveBokeh({ "/app": "./app.ts" }, {
 *   sessionStore: redisStore("rediss://user:password@valkey.example.com"),
 * });
 * ```
 */
export function redisStore(url: string, options: RedisStoreOptions = {}): SessionStore {
  return new RedisStore(parseRedisUrl(url), options);
}

/**
 * A session store. Each process that uses it is a member with connections and a lease of its own.
 */
class RedisStore implements SessionStore {
  readonly isRemote = true;
  readonly #location: RedisLocation;
  readonly #options: RedisStoreOptions;
  readonly #members = new Set<StoreMember>();

  constructor(location: RedisLocation, options: RedisStoreOptions) {
    this.#location = location;
    this.#options = options;
  }

  async join(node: StoreNode): Promise<StoreMember> {
    const { prefix = "bk:", leaseMilliseconds = 1500 } = this.#options;
    const [engine, scripts] = await Promise.all([connectEngine(this.#location), prepareScripts()]);
    try {
      await refuseEviction(engine, prefix);
      const member = await RedisMember.join({ engine, scripts, node, prefix, leaseMilliseconds });
      this.#members.add(member);
      return member;
    } catch (error) {
      await engine[Symbol.asyncDispose]();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const member of this.#members) await member[Symbol.asyncDispose]();
    this.#members.clear();
  }
}

/**
 * Checks that Redis does not remove keys when its memory is full: sessions would be lost without an
 * error. Accepts any policy if Redis has no memory limit, and a server that does not report its
 * policy. In a cluster, checks only the node that has the key `prefix`.
 *
 * @throws {StoreError} `unavailable` if Redis would remove keys, or cannot be reached.
 */
async function refuseEviction(engine: RedisEngine, prefix: string): Promise<void> {
  const reply = await engine.command(prefix, ["INFO", "memory"]);
  const info = reply instanceof Uint8Array ? new TextDecoder().decode(reply) : String(reply);
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
  const limit = /^maxmemory:(\d+)/m.exec(info)?.[1];
  if (policy === undefined || policy === "noeviction" || limit === "0") return;
  throw new StoreError(
    `Cannot use session store: Redis removes keys when its memory is full (maxmemory-policy ${policy}); set maxmemory-policy to noeviction`,
    "unavailable",
  );
}
