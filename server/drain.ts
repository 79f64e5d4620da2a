/**
 * The end of a server.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { settlesWithin } from "../common/settles_within.ts";
import type { HostedApplication } from "./hosted_application.ts";
import { logFailure } from "./log_failure.ts";
import type { ResolvedOptions } from "./options/resolve_options.ts";

const logger = getLogger(["bokeh", "server"]);

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

/**
 * Stops the schedules of applications and destroys or releases their sessions.
 *
 * @param times How long the sessions and schedules may take to end.
 */
export async function drainApplications(
  apps: readonly Pick<HostedApplication, "registry" | "schedules">[],
  { deadline, spread }: Pick<DrainTimes, "deadline" | "spread">,
): Promise<void> {
  await Promise.all(apps.flatMap(({ registry, schedules }) => [
    registry.drain(deadline, spread),
    schedules.stop(deadline),
  ]));
}

/**
 * Runs the hooks `onServerUnloaded` of applications. Does not throw.
 *
 * @param deadline Time that they may take, in milliseconds.
 */
export async function runUnloadHooks(
  apps: readonly Pick<HostedApplication, "application" | "registry">[],
  deadline: number,
): Promise<void> {
  const unloaded = Promise.all(
    apps.map(({ application, registry }) =>
      logFailure(() => application.hooks.onServerUnloaded?.(registry.serverContext))
    ),
  );
  if (!await settlesWithin(unloaded, deadline)) logger.error("The hooks onServerUnloaded have not ended in time");
}
