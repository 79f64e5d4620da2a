/** Lines of several server processes that share a port (`--num-procs`), compared with one process. */

import type { Measurement } from "../client/job.ts";
import type { Line, Setting } from "../line.ts";
import { runJob } from "../measure/run_job.ts";
import { commandOf, twin } from "../servers/commands.ts";
import { createdSessions, largestShare, untilAllListen } from "../servers/process_sessions.ts";
import { startServer } from "../servers/server.ts";
import { type LoadLine, rate, shares } from "./load_line.ts";

/** Patches and whole sessions in two and four processes. */
export const processLines: readonly Line[] = [2, 4].flatMap((processes) => [
  processLine(`processes-patch-${processes}`, processes, {
    title: "patch, callback of 200 sines, answer; 64 clients",
    job: (target) => ({ load: "patch", clients: 64, ...target }),
  }),
  processLine(`processes-session-${processes}`, processes, {
    title: "whole session that starts with its websocket, 16 at a time",
    job: (target) => ({ load: "session", concurrency: 16, ...target }),
  }),
]);

/** Returns a line that runs a job on a server of one process and then on a server of several. */
function processLine(id: string, processes: number, { title, job }: Pick<LoadLine, "title" | "job">): Line {
  return {
    id,
    title: `${processes} processes: ${title}`,
    unit: "/s",
    servers: ["ours"],
    goal: { relativeCpu: 1.1 },
    async measure(_server, setting) {
      const one = await measureProcesses(1, job, setting);
      const several = await measureProcesses(processes, job, setting);
      const { cpu: cpuOfOne = NaN } = shares(one.measurement);
      const figures = shares(several.measurement);
      return {
        ...figures,
        value: rate(several.measurement).value,
        relativeCpu: (figures.cpu ?? NaN) / cpuOfOne,
        largestShare: largestShare(several.sessions),
        further: { ...figures.further, rateOfOne: rate(one.measurement).value, cpuOfOne },
      };
    },
  };
}

interface MeasuredProcesses {
  measurement: Measurement;
  /** Number of sessions that each process created. */
  sessions: number[];
}

async function measureProcesses(
  processes: number,
  job: LoadLine["job"],
  { tools, placement, warmSeconds, seconds }: Setting,
): Promise<MeasuredProcesses> {
  const application = twin("sliders");
  await using running = await startServer(commandOf("ours", application, tools, { processes }), placement.processes);
  const { port, pid } = running;
  await untilAllListen(port, processes);
  // Each process compiles its code, so that several need a longer warm-up than one.
  const target = { port, pid, path: application.path, warmSeconds: warmSeconds * processes, seconds };
  const measurement = await runJob(job(target), placement.client);
  const sessions = await createdSessions(port);
  await running.stop();
  return { measurement, sessions };
}
