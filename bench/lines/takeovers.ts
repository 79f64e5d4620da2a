/** Lines of servers with a session store that end: their clients return to another server, which takes the sessions over. */

import type { TakeoverJob } from "../client/job.ts";
import type { Line } from "../line.ts";
import { runJob } from "../measure/run_job.ts";
import { commandOf, twin } from "../servers/commands.ts";
import { startStore } from "../servers/session_store.ts";
import { startServer } from "../servers/server.ts";
import { shares } from "./load_line.ts";

const SIGNALS: readonly [TakeoverJob["signal"], id: string, title: string][] = [
  ["SIGKILL", "kill", "kill -9"],
  ["SIGTERM", "restart", "SIGTERM, as in a rolling restart"],
];
/** Longest time in which 200 browsers are back, in milliseconds. */
const BACK_MILLISECONDS = 2000;

/** Times until 200 and 1,000 clients have their sessions back, and the CPU time of a takeover. */
export const takeoverLines: readonly Line[] = SIGNALS.flatMap(([signal, id, title]) => [
  takeoverLine(`takeover-${id}-200`, `200 browsers back after ${title}; Valkey`, signal, 200),
  takeoverLine(`takeover-${id}-1000`, `1,000 browsers back after ${title}; Valkey`, signal, 1000),
]);

function takeoverLine(id: string, title: string, signal: TakeoverJob["signal"], sessions: number): Line {
  return {
    id,
    title: `${title}: 99 % after`,
    unit: "ms",
    servers: ["ours"],
    ...(sessions === 200 && { goal: { atMost: BACK_MILLISECONDS } }),
    long: sessions > 200 || signal === "SIGTERM",
    async measure(_server, { tools, placement, warmSeconds, seconds }) {
      const application = twin("sliders");
      await using store = await startStore("valkey");
      const start = () =>
        startServer(commandOf("ours", application, tools, { store: store.name, peers: true }), placement.processes);
      await using from = await start();
      await using to = await start();
      const job: TakeoverJob = {
        load: "takeover",
        sessions,
        signal,
        from: { port: from.port, pid: from.pid },
        ...{ port: to.port, pid: to.pid, path: application.path, warmSeconds, seconds },
      };
      const measurement = await runJob(job, placement.client);
      return { value: measurement.latency?.p99 ?? NaN, ...shares(measurement) };
    },
  };
}
