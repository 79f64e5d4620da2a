/** Sessions that stream as fast as the server can, to one socket or to many. */

import { type BokehSocket, changeBytes } from "../bokeh_socket.ts";
import type { Measurement, StreamJob } from "../job.ts";
import { Meter } from "../meter.ts";
import { openPage, openSocket } from "../open_session.ts";
import { inTurns, observe } from "../window.ts";

/** Switches the streams on and counts what arrives; the time of each is that since the one before it. */
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
  const tokens = await inTurns(job.sessions, 16, () => openPage(job));
  const sockets = await inTurns(job.sessions * job.watchers, 16, (index) => {
    const session = Math.floor(index / job.watchers);
    return openSocket(job, tokens[session]!, { onMessage: watch(), session });
  });
  await Promise.all(sockets.map(switchOn));
  const measurement = await observe(job, meter, Promise.race(sockets.map((socket) => socket.ended)));
  for (const socket of sockets) socket[Symbol.dispose]();
  return { ...measurement, further: { bytes } };
}

/** Switches the stream of a session on; where it is on already this changes nothing. */
async function switchOn(socket: BokehSocket): Promise<void> {
  await socket.request(changeBytes(await socket.findModel("running"), "active", true));
}
