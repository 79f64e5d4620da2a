/** Lines of open sessions: patches, callbacks, streams. */

import type { Measurement } from "../client/job.ts";
import type { Goal, Line } from "../line.ts";
import { loadLine } from "./load_line.ts";

/** Patches with a callback, streams to one or more websockets, and thousands of sessions that change once a second. */
export const changeLines: readonly Line[] = [
  ...[1, 16, 64].map((clients) =>
    loadLine({
      id: `patch-${clients}`,
      title: `patch, callback of 200 sines, answer; ${clients} client${clients > 1 ? "s" : ""}`,
      app: "sliders",
      ...(clients === 64 && { goal: { python: 8, bare: 1 } }),
      job: (target) => ({ load: "patch", clients, ...target }),
    })
  ),
  ...[1, 50, 200].map((sessions) =>
    streamLine(`stream-${sessions}`, `stream of 10 rows × 4, ${sessions} session${sessions > 1 ? "s" : ""}`, {
      sessions,
      watchers: 1,
      goal: { python: 15, bare: 0.7 },
    })
  ),
  streamLine("watchers-50", "stream of one session, 50 watchers", {
    sessions: 1,
    watchers: 50,
    goal: { python: 10, bare: 0.8 },
  }),
  ...[1000, 10_000].map((sessions) =>
    loadLine({
      id: `crowd-${sessions}`,
      title: `${sessions} sessions, one patch a second each: 99 % arrive within`,
      app: "ticker",
      servers: ["ours"],
      goal: { atMost: 100 },
      long: true,
      once: true,
      job: (target) => ({ load: "crowd", sessions, ...target, seconds: Math.max(target.seconds, 10) }),
      sample: slowest,
    })
  ),
];

function streamLine(id: string, title: string, stream: { sessions: number; watchers: number; goal: Goal }): Line {
  const { sessions, watchers, goal } = stream;
  return loadLine({
    id,
    title,
    app: "streams",
    goal,
    job: (target) => ({ load: "stream", sessions, watchers, ...target }),
  });
}

function slowest({ latency }: Measurement): { unit: "ms"; value: number } {
  return { unit: "ms", value: latency?.p99 ?? NaN };
}
