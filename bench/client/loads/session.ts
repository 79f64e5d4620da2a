/** Load: whole sessions (page, websocket, ACK, pull, close). */

import type { Measurement, SessionJob } from "../job.ts";
import { Meter } from "../meter.ts";
import { openSession } from "../open_session.ts";
import { mapConcurrently, repeat } from "../window.ts";

/** Opens and closes sessions, while `job.idle` others are open. */
export async function session(job: SessionJob): Promise<Measurement> {
  const idle = await mapConcurrently(job.idle ?? 0, 16, async () => {
    const socket = await openSession(job, { bufferSize: 4096 });
    await socket.pull();
    return socket;
  });
  const openAndClose = async () => {
    using socket = await openSession(job);
    await socket.pull();
    await socket.close();
  };
  const measurement = await repeat(
    job,
    new Meter(job.pid),
    Array.from({ length: job.concurrency }, () => openAndClose),
  );
  for (const socket of idle) socket[Symbol.dispose]();
  return measurement;
}
