/** Session stores of the servers under test. */

import { type RedisProgram, RedisServer } from "../../tests/kit/redis_server.ts";

/** The kind of a session store. */
export type StoreName = "sqlite" | RedisProgram;

/** A session store that a server can use. It is removed when it is disposed of. */
export interface RunningStore extends AsyncDisposable {
  /** The value of `--session-store`. */
  readonly name: string;
  /** Returns the memory of the store in bytes; undefined for a file. */
  memory(): Promise<number | undefined>;
}

/** Starts an engine without persistence, or creates a folder for a SQLite file. */
export async function startStore(kind: StoreName): Promise<RunningStore> {
  if (kind === "sqlite") {
    const folder = await Deno.makeTempDir();
    return {
      name: `sqlite:${folder}/sessions.db`,
      memory: () => Promise.resolve(undefined),
      [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
    };
  }
  const engine = await RedisServer.start(kind);
  return {
    name: engine.url,
    memory: async () => Number(/used_memory:(\d+)/.exec(await engine.answer("INFO memory"))?.[1]),
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}
