/** Whole visits: page, socket, ACK, pull, close. */

import type { Measurement, SessionJob } from "../job.ts";
import { Meter } from "../meter.ts";
import { openSession } from "../open_session.ts";
import { inTurns, repeat } from "../window.ts";

/** Visitors who come, look, and go; beside others who stay, if so many are asked for. */
export async function session(job: SessionJob): Promise<Measurement> {
  const idle = await inTurns(job.idle ?? 0, 16, async () => {
    const socket = await openSession(job, { bufferSize: 4096 });
    await socket.pull();
    return socket;
  });
  const visit = async () => {
    using socket = await openSession(job);
    await socket.pull();
    await socket.close();
  };
  const measurement = await repeat(job, new Meter(job.pid), Array.from({ length: job.visitors }, () => visit));
  for (const socket of idle) socket[Symbol.dispose]();
  return measurement;
}
