/**
 * The session store that the command line names.
 *
 * @module
 */

import type { SessionStore } from "../../session/persistence/session_store.ts";
import { randomText } from "../../session/credentials/session_id.ts";
import { CommandError } from "../exit.ts";
import { importOptional } from "../optional_module.ts";
import type { RedisModule } from "../optional_types.ts";

const OPTION = "--session-store";

/** A session store, and the key that encrypts what it keeps of requests. */
export interface NamedStore {
  readonly sessionStore: SessionStore;
  /** Undefined if the server's secret key is used. */
  readonly sessionStoreSecret?: string | undefined;
}

/**
 * Opens the session store of a name.
 *
 * @param name `sqlite:FILE`, or a URL of Redis.
 * @param secretKey The server's secret key. Without one, a key is kept in a file beside the SQLite file.
 * @throws {CommandError} If the name is of no known form.
 */
export async function openSessionStore(name: string, secretKey: string | undefined): Promise<NamedStore> {
  if (name.startsWith("sqlite:") && name.length > "sqlite:".length) {
    const path = name.slice("sqlite:".length);
    const { sqliteStore }: typeof import("../../store/sqlite/mod.ts") = await importOptional("store/sqlite", OPTION);
    return { sessionStore: sqliteStore(path), sessionStoreSecret: secretKey ?? await keyBeside(path) };
  }
  if (/^(?:rediss?|redis\+sentinel|redis\+cluster):\/\//.test(name)) {
    const { redisStore } = await importOptional<RedisModule>("store/redis", OPTION);
    return { sessionStore: redisStore(name) };
  }
  throw new CommandError(
    "Cannot use --session-store: it must be sqlite:FILE, redis://…, rediss://…, redis+sentinel://… or redis+cluster://…",
  );
}

/** Returns the key in the file beside a database. The first process that needs it creates it. */
async function keyBeside(path: string): Promise<string> {
  const file = `${path}.key`;
  const known = await readKey(file);
  if (known !== undefined) return known;
  // Written apart and linked, so that another process never reads a part of it.
  const own = `${file}.${crypto.randomUUID()}`;
  await Deno.writeTextFile(own, randomText(), { mode: 0o600, createNew: true });
  try {
    await Deno.link(own, file);
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  } finally {
    await Deno.remove(own);
  }
  return await readKey(file) ?? fail(file);
}

/** Returns the key in a file; undefined if there is no file. */
async function readKey(file: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(file) || fail(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function fail(file: string): never {
  throw new CommandError(`Cannot use --session-store: the key file ${file} is empty or was removed`);
}
