/** Load: pulls of one document over one websocket. */

import type { Measurement, PullJob } from "../job.ts";
import { Meter } from "../meter.ts";
import { openSession } from "../open_session.ts";
import { repeat } from "../window.ts";

/** Pulls the document repeatedly. */
export async function pull(job: PullJob): Promise<Measurement> {
  using socket = await openSession(job);
  const { bytes } = await socket.pull();
  const measurement = await repeat(job, new Meter(job.pid), [async () => void await socket.pull()]);
  return { ...measurement, further: { bytes } };
}
