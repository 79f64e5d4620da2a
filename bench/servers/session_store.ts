/** Session stores of the servers under test. */

import { type RedisProgram, RedisServer } from "../../tests/kit/redis_server.ts";

/** The kind of a session store. */
export type StoreName = "sqlite" | RedisProgram;

/** A session store that a server can use. It is removed when it is disposed of. */
export interface RunningStore extends AsyncDisposable {
  /** The value of `--session-store`. */
  readonly name: string;
}

/** Starts an engine without persistence, or creates a folder for a SQLite file. */
export async function startStore(kind: StoreName): Promise<RunningStore> {
  if (kind === "sqlite") {
    const folder = await Deno.makeTempDir();
    return {
      name: `sqlite:${folder}/sessions.db`,
      [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
    };
  }
  const engine = await RedisServer.start(kind);
  return {
    name: engine.url,
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}
