import type { ResolvedOptions } from "./options/resolve_options.ts";

/** Times of the end of a server, in milliseconds. */
interface DrainTimes {
  /** Time for which all clients are served while `/readyz` answers 503. */
  readonly delay: number;
  /** Time that sessions and hooks get to end. */
  readonly deadline: number;
  /** Time over which the sessions are destroyed or released. */
  readonly spread: number;
}

/**
 * Returns the times of the end of a server.
 *
 * @param wait Whether the server waits for anything.
 */
export function drainTimes(
  { drainDelayMilliseconds, drainMilliseconds, drainSpreadMilliseconds }: Pick<
    ResolvedOptions,
    "drainDelayMilliseconds" | "drainMilliseconds" | "drainSpreadMilliseconds"
  >,
  wait: boolean,
): DrainTimes {
  if (!wait) return { delay: 0, deadline: 0, spread: 0 };
  return { delay: drainDelayMilliseconds, deadline: drainMilliseconds, spread: drainSpreadMilliseconds };
}
