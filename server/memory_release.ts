/**
 * Memory of the C library: kept between messages, returned to the system after many sessions have ended.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { nodeBuiltin } from "../common/node_builtin.ts";

const logger = getLogger(["bokeh", "server"]);

/** Number of ended sessions from which memory is worth a pause of the process. */
const MIN_ENDED_SESSIONS = 100;

/**
 * Further rounds after the first. A collection only unreferences the websockets of the ended
 * sessions; other threads free them, and the next collection their wrappers.
 */
const FOLLOWING_ROUNDS = 2;

/** Size of V8's young generation from which it is worth a pause, in bytes. */
const MIN_YOUNG_BYTES = 16 * 1024 * 1024;

/** Allocations between two checks up to which the process is idle, in bytes. */
const MAX_IDLE_BYTES = 1024 * 1024;

/** Parameters of glibc's `mallopt`. */
const M_TRIM_THRESHOLD = -1, M_MMAP_THRESHOLD = -3;

/**
 * Freed bytes that glibc keeps for later allocations, and size from which it takes an allocation from the system alone.
 * Deno copies each frame that it sends. With glibc's defaults the copies of a message of 1.6 MB come from the system and
 * go back to it, page by page, which doubles the CPU time of sending it.
 */
const KEPT_BYTES = 16 * 1024 * 1024;

/**
 * Collects garbage and trims the heap of the C library after many sessions have ended.
 *
 * V8 collects garbage when it needs space, which on a quiet server is never, and glibc keeps freed
 * memory for later allocations. After 4,000 sessions had ended, a process that had 61 MiB at its
 * start had 78 MiB with both measures, 130 MiB with the garbage collection only, and 238 MiB with
 * neither. A collection pauses the process in proportion to the objects that are alive, so that it
 * takes place only if more sessions have ended than are left.
 *
 * The young generation of V8 grows to 50 MiB while sessions are opened, and stays as large on a quiet server. If it is
 * idle, its few live objects are moved out of it, which takes some 20 ms. For 1,000 idle sessions this saves half of
 * their memory.
 */
export class MemoryRelease {
  #ended = 0;
  #collect: ((minor: boolean) => void) | undefined;
  #followingRounds = 0;
  /** Size and used part of the young generation at the last check, in bytes. */
  #young = { size: 0, used: 0 };

  /** Makes glibc keep some memory for the frames of later messages. */
  constructor() {
    withLibrary(({ mallopt }) => {
      mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
      mallopt(M_MMAP_THRESHOLD, KEPT_BYTES);
    });
  }

  /**
   * Reports a check for expired sessions.
   *
   * @param ended Number of sessions that have ended since the last report.
   * @param remaining Number of sessions that exist.
   */
  sessionsEnded(ended: number, remaining: number): void {
    this.#ended += ended;
    if (this.#ended >= MIN_ENDED_SESSIONS && this.#ended >= remaining) {
      this.#ended = 0;
      this.#followingRounds = FOLLOWING_ROUNDS;
    } else if (this.#followingRounds > 0) this.#followingRounds--;
    else return;
    this.#collectGarbage(false);
    withLibrary(({ malloc_trim }) => void malloc_trim(0n));
  }

  /** Empties the young generation if it is large and nothing was allocated in it since the last call. */
  releaseIdle(): void {
    const young = nodeBuiltin("node:v8").getHeapSpaceStatistics().find(({ space_name: name }) => name === "new_space");
    if (young === undefined) return;
    const { space_size: size, space_used_size: used } = young;
    const isIdle = size === this.#young.size && Math.abs(used - this.#young.used) <= MAX_IDLE_BYTES;
    this.#young = { size, used };
    if (isIdle && size >= MIN_YOUNG_BYTES) this.#collectGarbage(true);
  }

  #collectGarbage(minor: boolean): void {
    this.#collect ??= garbageCollector();
    this.#collect(minor);
  }
}

const SYMBOLS = {
  malloc_trim: { parameters: ["usize"], result: "i32" },
  mallopt: { parameters: ["i32", "i32"], result: "i32" },
} as const;

/** Calls functions of glibc. Does nothing on other systems, or without the permission `ffi`. */
function withLibrary(use: (symbols: Deno.StaticForeignLibraryInterface<typeof SYMBOLS>) => void): void {
  if (Deno.build.os !== "linux" || Deno.permissions.querySync({ name: "ffi" }).state !== "granted") return;
  try {
    const library = Deno.dlopen("libc.so.6", SYMBOLS);
    use(library.symbols);
    library.close();
  } catch (error) {
    logger.debug("Cannot manage the heap of the C library: {error}", { error });
  }
}

/**
 * Returns a function that collects garbage, of the young generation or of all, with V8's function `gc`. It does nothing
 * if V8 does not provide that. V8 puts
 * `gc` into the global scope of contexts that are created after the flag was set: hence the new
 * one.
 */
function garbageCollector(): (minor: boolean) => void {
  try {
    nodeBuiltin("node:v8").setFlagsFromString("--expose-gc");
    const collect: unknown = nodeBuiltin("node:vm").runInNewContext("gc");
    if (typeof collect !== "function") return () => {};
    return (minor) => void collect({ type: minor ? "minor" : "major" });
  } catch (error) {
    logger.debug("Cannot collect garbage: {error}", { error });
    return () => {};
  }
}
