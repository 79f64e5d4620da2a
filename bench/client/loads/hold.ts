/** Load: memory of open, idle sessions. */

import { setTimeout as delay } from "node:timers/promises";
import { memoryOf } from "../../measure/proc.ts";
import type { CrowdJob, Measurement } from "../job.ts";
import { Meter } from "../meter.ts";
import { openSession } from "../open_session.ts";
import { mapConcurrently } from "../window.ts";

/** Opens sessions and pulls each document. Returns by how much each session has increased the memory of the idle server. */
export async function hold(job: CrowdJob): Promise<Measurement> {
  const openAndPull = async () => {
    const socket = await openSession(job, { bufferSize: 4096 });
    await socket.pull();
    return socket;
  };
  using _first = await openAndPull();
  await delay(job.warmSeconds * 1000);
  const before = memoryOf(job.pid);
  const meter = new Meter(job.pid);
  meter.open();
  const sockets = await mapConcurrently(job.sessions, 16, async () => {
    const started = performance.now();
    const socket = await openAndPull();
    meter.done(performance.now() - started);
    return socket;
  });
  const measurement = meter.close();
  await delay(job.seconds * 1000);
  const after = memoryOf(job.pid);
  for (const socket of sockets) socket[Symbol.dispose]();
  const memory = (after.pss - before.pss) / job.sessions;
  return { ...measurement, memory, further: { rss: (after.rss - before.rss) / job.sessions, atRest: before.pss } };
}
