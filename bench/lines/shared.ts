/** Lines of streams that sessions share, and of the overhead of tasks. */

import type { Line } from "../line.ts";
import { runOn } from "../measure/run_job.ts";
import { inProcessCommand } from "../servers/commands.ts";
import { loadLine } from "./load_line.ts";

/** Sessions of the streams. */
const SESSIONS = 200;
/** Ratio of the CPU time of a shared patch to that of a separate one: a third. */
const RELATIVE_CPU = 1 / 3;

/** A shared stream beside as many separate streams, and a task with 1.6 MB of input and of output. */
export const sharedLines: readonly Line[] = [sharedStreamLine(), {
  id: "task-echo",
  title: "task with 1.6 MB of input and of output, warm, in process",
  unit: "ms",
  servers: ["ours"],
  goal: { atMost: 1 },
  measure: async (server, { tools, placement, seconds }) =>
    JSON.parse(await runOn(placement.server, inProcessCommand(server, ["task", "echo", String(seconds)], tools))),
}];

function sharedStreamLine(): Line {
  const line = (app: string) =>
    loadLine({
      id: "stream-shared-200",
      title: `shared stream of 10 rows × 4, ${SESSIONS} sessions; CPU relative to separate streams`,
      app,
      servers: ["ours"],
      goal: { relativeCpu: RELATIVE_CPU },
      job: (target) => ({ load: "stream", sessions: SESSIONS, watchers: 1, query: "", ...target }),
    });
  const shared = line("shared_streams"), separate = line("streams");
  return {
    ...shared,
    async measure(server, setting) {
      const { cpu: separateCpu = NaN } = await separate.measure(server, setting);
      const sample = await shared.measure(server, setting);
      const relativeCpu = (sample.cpu ?? NaN) / separateCpu;
      return { ...sample, relativeCpu, further: { ...sample.further, separateCpu } };
    },
  };
}
