/** Load: thousands of sessions that each change an attribute once a second. */

import type { BokehMessage } from "../message_reader.ts";
import type { CrowdJob, Measurement } from "../job.ts";
import { quantile } from "../../measure/statistics.ts";
import { Meter } from "../meter.ts";
import { openSession } from "../open_session.ts";
import { mapConcurrently, observe } from "../window.ts";

/**
 * Counts the changes that arrive. The value of a change is the time at which the server made it, which gives its latency.
 * `lateP99` is the 99th percentile of the deviation of two changes from their interval of one second.
 */
export async function crowd(job: CrowdJob): Promise<Measurement> {
  const meter = new Meter(job.pid);
  const late: number[] = [];
  const watch = () => {
    let before: number | undefined;
    return ({ fragments }: BokehMessage) => {
      const now = performance.now();
      meter.done(performance.timeOrigin + now - stampOf(String(fragments[2])));
      if (before !== undefined) late.push(Math.abs(now - before - 1000));
      before = now;
    };
  };
  const sockets = await mapConcurrently(job.sessions, 16, async (session) => {
    const socket = await openSession(job, { bufferSize: 4096, onMessage: watch(), session });
    await socket.pull();
    socket.keep = true;
    return socket;
  });
  late.length = 0;
  const measurement = await observe(job, meter, Promise.race(sockets.map((socket) => socket.ended)));
  for (const socket of sockets) socket[Symbol.dispose]();
  return { ...measurement, further: { lateP99: quantile(Float64Array.from(late).sort(), 0.99) } };
}

/** Returns when the server made a change, in milliseconds since 1970. */
function stampOf(content: string): number {
  const { events }: { events: { new: number }[] } = JSON.parse(content);
  return events[0]!.new;
}
