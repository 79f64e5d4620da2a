/**
 * Memory of sessions that have ended.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { nodeBuiltin } from "../common/node_builtin.ts";

const logger = getLogger(["bokeh", "server"]);

/** So few ended sessions are left to V8's own time. */
const FEW = 100;
/** Websockets are let go by one collection and freed by the next, on other threads: it takes so many more times to get all back. */
const AFTERWARDS = 2;

/**
 * Gives memory back after many visitors have gone. V8 collects what they leave behind when it needs room for more, which on a quiet server
 * is never; and what they leave is worth a pause only where it outweighs what lives.
 */
export class MemoryReturn {
  #ended = 0;
  #collect: (() => void) | undefined;
  #rest = 0;

  /** Hears how many sessions have ended, and how many live; is told again and again. */
  note(ended: number, living: number): void {
    this.#ended += ended;
    if (this.#ended >= FEW && this.#ended >= living) {
      this.#ended = 0;
      this.#rest = AFTERWARDS;
    } else if (this.#rest > 0) this.#rest--;
    else return;
    this.#collect ??= collector();
    this.#collect();
    trimMemory();
  }
}

/**
 * Has the C library give the system what was freed. glibc keeps it for the next who needs memory, which after ten thousand sessions is more than
 * all that the server needs. It can be asked only by a program that may call other languages (`--allow-ffi`, `-A`); others keep it.
 */
function trimMemory(): void {
  if (Deno.build.os !== "linux" || Deno.permissions.querySync({ name: "ffi" }).state !== "granted") return;
  try {
    const library = Deno.dlopen("libc.so.6", { malloc_trim: { parameters: ["usize"], result: "i32" } });
    library.symbols.malloc_trim(0n);
    library.close();
  } catch (error) {
    logger.debug("The C library of this system gives no memory back: {error}", { error });
  }
}

/** V8's own collector, which is there for those who ask for it by a flag; nothing where it is not. */
function collector(): () => void {
  try {
    nodeBuiltin("node:v8").setFlagsFromString("--expose-gc");
    const collect: unknown = nodeBuiltin("node:vm").runInNewContext("gc");
    return typeof collect === "function" ? () => void collect() : () => {};
  } catch {
    return () => {};
  }
}
