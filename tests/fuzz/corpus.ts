/**
 * Cases that fuzzing has found or that are known from elsewhere. They are run before generated ones.
 *
 * @module
 */

/** Returns the cases of a file in `tests/corpus`. */
export function corpus<T>(name: string): T[] {
  return JSON.parse(Deno.readTextFileSync(new URL(`../corpus/${name}.json`, import.meta.url)));
}

/** Number of generated cases for each property: `FUZZ_RUNS`, or a small number by default. */
export const RUNS: number = Number(Deno.env.get("FUZZ_RUNS") ?? 300);
