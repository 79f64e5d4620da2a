/** What a visitor does: come, pull, stay. */

import type { Measurement } from "../client/job.ts";
import type { Line } from "../line.ts";
import { loadLine } from "./load_line.ts";

/** Whole visits, pulls, and the memory of those who stay. */
export const sessionLines: readonly Line[] = [
  ...[1, 16].map((visitors) =>
    loadLine({
      id: `session-${visitors}`,
      title: `whole session: page, socket, ACK, pull, close; ${visitors} at a time`,
      app: "sliders",
      ...(visitors === 16 && { goal: { python: 60, bare: 0.6 } }),
      job: (target) => ({ load: "session", visitors, ...target }),
    })
  ),
  ...[10, 10_000].map((idle) =>
    loadLine({
      id: `session-among-${idle}`,
      title: `whole session, 16 at a time, beside ${idle} that are open`,
      app: "sliders",
      servers: ["ours", "bare"],
      long: true,
      job: (target) => ({ load: "session", visitors: 16, idle, ...target }),
    })
  ),
  loadLine({
    id: "pull-small",
    title: "pull of sliders",
    app: "sliders",
    goal: { python: 50, bare: 0.6 },
    job: (target) => ({ load: "pull", ...target }),
  }),
  loadLine({
    id: "pull-big",
    title: "pull of 100,000 points (1.6 MB)",
    app: "points",
    goal: { python: 10, bare: 0.8 },
    job: (target) => ({ load: "pull", ...target }),
  }),
  ...[100, 1000, 10_000].map((sessions) =>
    loadLine({
      id: `memory-${sessions}`,
      title: `memory per idle session of sliders with its socket, at ${sessions}`,
      app: "sliders",
      // Ten thousand sessions take Python four minutes and three gigabytes.
      servers: sessions > 1000 ? ["ours", "bare"] : ["nodelay", "ours", "bare"],
      ...(sessions === 1000 && { goal: { python: 5, bare: 0.5, atMost: 60 } }),
      long: sessions > 100,
      once: true,
      job: (target) => ({
        load: "hold",
        sessions,
        ...target,
        seconds: Math.max(target.seconds, sessions > 100 ? IDLE_SECONDS : 2),
      }),
      sample: kilobytes,
    })
  ),
];

/** V8 gives back what the making of sessions took once nothing has happened for some thirty seconds: only then they are idle. */
const IDLE_SECONDS = 40;

function kilobytes({ memory = 0 }: Measurement): { unit: "KB"; value: number } {
  return { unit: "KB", value: memory / 1024 };
}
