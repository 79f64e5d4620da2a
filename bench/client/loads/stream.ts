/** Load: sessions that stream as fast as the server can, each to one or more websockets. */

import { changeBytes, type MeasuringClient } from "../measuring_client.ts";
import type { Measurement, StreamJob } from "../job.ts";
import { Meter } from "../meter.ts";
import { openPage, openSocket } from "../open_session.ts";
import { mapConcurrently, observe } from "../window.ts";

/** Starts the streams and counts the patches. The latency is the time since the previous patch. */
export async function stream(job: StreamJob): Promise<Measurement> {
  const meter = new Meter(job.pid);
  let bytes = 0;
  const watch = () => {
    let before = performance.now();
    return (message: { bytes: number }) => {
      const now = performance.now();
      meter.done(now - before);
      before = now;
      bytes = message.bytes;
    };
  };
  const tokens = await mapConcurrently(job.sessions, 16, () => openPage(job));
  const sockets = await mapConcurrently(job.sessions * job.watchers, 16, (index) => {
    const session = Math.floor(index / job.watchers);
    return openSocket(job, tokens[session]!, { onMessage: watch(), session });
  });
  await Promise.all(sockets.map(startStream));
  const measurement = await observe(job, meter, Promise.race(sockets.map((socket) => socket.ended)));
  for (const socket of sockets) socket[Symbol.dispose]();
  return { ...measurement, further: { bytes } };
}

/** Starts the stream of a session, unless another websocket has started it. */
async function startStream(socket: MeasuringClient): Promise<void> {
  await socket.request(changeBytes(await socket.findModel("running"), "active", true));
}
