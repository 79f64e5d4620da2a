/** Numbers of the sessions that each process of a server created, from its metrics. */

import { setTimeout as delay } from "node:timers/promises";
import { getRequest, HttpConnection } from "../client/http_connection.ts";

/** Maximum time until all processes of a server answer, in milliseconds. */
const START_TIMEOUT_MILLISECONDS = 60_000;

/**
 * Parses metrics in OpenMetrics format. Returns the number of sessions that each process created, for the processes that serve
 * an application.
 */
export function parseCreatedSessions(metrics: string): number[] {
  return [...metrics.matchAll(/^bokeh_sessions_created_total\{[^}]*\} (\d+)$/gm)].map(([, count]) => Number(count));
}

/** Returns the share of the largest of some numbers in their sum, 0 to 1. */
export function largestShare(counts: readonly number[]): number {
  return Math.max(...counts) / counts.reduce((sum, count) => sum + count, 0);
}

/** Requests the metrics of a server. Returns the number of sessions that each process created. */
export async function createdSessions(port: number): Promise<number[]> {
  using http = await HttpConnection.open(port);
  const { status, head, body } = await http.request(getRequest(port, "/metrics"), true);
  if (status !== 200) throw new Error(`Cannot get the metrics: the server answered ${head}`);
  return parseCreatedSessions(new TextDecoder().decode(body));
}

/**
 * Waits until all processes of a server answer. The first one accepts connections before the others listen.
 *
 * @throws {Error} If they do not within 60 s.
 */
export async function untilAllListen(port: number, processes: number): Promise<void> {
  const started = performance.now();
  while ((await createdSessions(port)).length < processes) {
    if (performance.now() - started > START_TIMEOUT_MILLISECONDS) {
      throw new Error(`Cannot measure ${processes} processes: not all of them listen`);
    }
    await delay(10);
  }
}
