/** Lines of open sessions: patches, callbacks, streams. */

import type { Measurement } from "../client/job.ts";
import type { Line } from "../line.ts";
import { kilobytes, type LoadLine, loadLine } from "./load_line.ts";

/** Sessions of the mixed load. */
const MIXED = "1000 sessions, 70 % idle, 20 % streaming, 10 % changed";

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
    streamLine(`stream-${sessions}`, `stream of 10 rows × 4, ${count(sessions)}`, {
      app: "streams",
      sessions,
      watchers: 1,
      goal: { python: 15, bare: 0.7 },
    })
  ),
  ...[1, 50, 200].map((sessions) =>
    streamLine(`stream-lists-${sessions}`, `stream of 10 rows × 4 in plain lists, ${count(sessions)}`, {
      app: "list_streams",
      sessions,
      watchers: 1,
      goal: { python: 25, bare: 0.7 },
    })
  ),
  ...[320, 1600, 8000, 16_000, 64_000].map((bytes) =>
    streamLine(`arrays-${bytes}`, `array of ${bytes} bytes replaced, 4 sessions`, {
      app: "arrays",
      query: `?size=${bytes}`,
      sessions: 4,
      watchers: 1,
      servers: ["nodelay", "ours"],
    })
  ),
  streamLine("watchers-50", "stream of one session, 50 watchers", {
    app: "streams",
    sessions: 1,
    watchers: 50,
    goal: { python: 10, bare: 0.8 },
  }),
  besideLine("beside-callback", "callback", {}),
  besideLine("beside-task", "task", { goal: { python: 10, atMost: 10 } }),
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
  mixedLine("mixed-1000", `${MIXED}: 99 % of changes within`, { goal: { atMost: 100 }, sample: slowest }),
  mixedLine("mixed-memory-1000", `${MIXED}: memory per session`, { sample: kilobytes }),
];

function besideLine(id: string, how: "callback" | "task", rest: Pick<LoadLine, "goal">): Line {
  return loadLine({
    id,
    title: `patch while another session computes 3 s in a ${how} (Python: callback): 99 % within`,
    app: "compute",
    servers: ["nodelay", "ours"],
    once: true,
    job: (target) => ({ load: "beside", ...target, query: `?how=${how}` }),
    sample: slowest,
    ...rest,
  });
}

function mixedLine(id: string, title: string, rest: Pick<LoadLine, "goal" | "sample">): Line {
  return loadLine({
    id,
    title,
    app: "mixed",
    servers: ["ours"],
    long: true,
    once: true,
    job: (target) => ({ load: "mixed", sessions: 1000, ...target, seconds: Math.max(target.seconds, 10) }),
    ...rest,
  });
}

interface StreamLine extends Pick<LoadLine, "app" | "goal" | "servers"> {
  /** Query string of the page. */
  query?: string;
  sessions: number;
  watchers: number;
}

function streamLine(id: string, title: string, { query = "", sessions, watchers, ...rest }: StreamLine): Line {
  return loadLine({ id, title, ...rest, job: (target) => ({ load: "stream", sessions, watchers, query, ...target }) });
}

function count(sessions: number): string {
  return `${sessions} session${sessions > 1 ? "s" : ""}`;
}

function slowest({ latency }: Measurement): { unit: "ms"; value: number } {
  return { unit: "ms", value: latency?.p99 ?? NaN };
}
