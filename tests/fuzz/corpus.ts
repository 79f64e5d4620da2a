/**
 * Cases that fuzzing has found, or that came to be known elsewhere: kept, and tried before any new ones.
 *
 * @module
 */

/** The cases of a file in `tests/corpus`. */
export function corpus<T>(name: string): T[] {
  return JSON.parse(Deno.readTextFileSync(new URL(`../corpus/${name}.json`, import.meta.url)));
}

/** How many cases one property tries: `FUZZ_RUNS` for a night, few for every change. */
export const RUNS: number = Number(Deno.env.get("FUZZ_RUNS") ?? 300);
