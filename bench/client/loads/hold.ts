/** Memory of sessions that are open and idle. */

import { setTimeout as delay } from "node:timers/promises";
import { memoryOf } from "../../measure/proc.ts";
import type { HoldJob, Measurement } from "../job.ts";
import { Meter } from "../meter.ts";
import { openSession } from "../open_session.ts";
import { inTurns } from "../window.ts";

/** Opens sessions, pulls each document, and says what memory the server has more for each of them once it is quiet. */
export async function hold(job: HoldJob): Promise<Measurement> {
  const visit = async () => {
    const socket = await openSession(job, { bufferSize: 4096 });
    await socket.pull();
    return socket;
  };
  using _first = await visit();
  await delay(job.warmSeconds * 1000);
  const before = memoryOf(job.pid);
  const meter = new Meter(job.pid);
  meter.open();
  const sockets = await inTurns(job.sessions, 16, async () => {
    const started = performance.now();
    const socket = await visit();
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
