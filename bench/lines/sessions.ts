/** Lines of sessions: opening, pulling, and memory. */

import type { Line } from "../line.ts";
import { kilobytes, loadLine } from "./load_line.ts";

/** Whole sessions, pulls, and the memory of idle sessions. */
export const sessionLines: readonly Line[] = [
  ...[1, 16].map((concurrency) =>
    loadLine({
      id: `session-${concurrency}`,
      title: `whole session: page, socket, ACK, pull, close; ${concurrency} at a time`,
      app: "sliders",
      ...(concurrency === 16 && { goal: { python: 60, bare: 0.6 } }),
      job: (target) => ({ load: "session", concurrency, ...target }),
    })
  ),
  ...[10, 10_000].map((idle) =>
    loadLine({
      id: `session-among-${idle}`,
      title: `whole session, 16 at a time, while ${idle} are open`,
      app: "sliders",
      servers: ["ours", "bare"],
      long: true,
      job: (target) => ({ load: "session", concurrency: 16, idle, ...target }),
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
      title: `memory per idle session of sliders with its websocket, ${sessions} sessions`,
      app: "sliders",
      // 10,000 sessions would take four minutes and 3 GB with Python.
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

/** V8 frees the memory that the creation of sessions used after about 30 idle seconds. The measurement starts after that. */
const IDLE_SECONDS = 40;
