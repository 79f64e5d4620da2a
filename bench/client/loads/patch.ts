/** Sliders that are moved: each move runs a callback on the server, whose change comes back with the answer. */

import { type BokehSocket, changeBytes } from "../bokeh_socket.ts";
import type { Measurement, PatchJob } from "../job.ts";
import { Meter } from "../meter.ts";
import { openSession } from "../open_session.ts";
import { inTurns, repeat } from "../window.ts";

/** Moves the slider `freq` in each of some sessions, without a pause. */
export async function patch(job: PatchJob): Promise<Measurement> {
  let patches = 0;
  let bytes = 0;
  const onMessage = (message: { bytes: number }) => {
    patches++;
    bytes += message.bytes;
  };
  const sockets = await inTurns(job.clients, 16, (session) => openSession(job, { onMessage, session }));
  const movers = await inTurns(job.clients, 16, (index) => mover(sockets[index]!));
  await movers[0]!();
  if (patches === 0) throw new Error("Cannot measure patches: the callback's change did not come before the answer");
  const measurement = await repeat(job, new Meter(job.pid), movers);
  for (const socket of sockets) socket[Symbol.dispose]();
  return { ...measurement, further: { bytes: Math.round(bytes / patches) } };
}

/** What moves a slider once, each time to another value. */
async function mover(socket: BokehSocket): Promise<() => Promise<void>> {
  const id = await socket.findModel("freq");
  const moves = Array.from({ length: 40 }, (_, i) => changeBytes(id, "value", (11 + i) / 10));
  let next = 0;
  return async () => {
    const { type } = await socket.request(moves[next++ % moves.length]!);
    if (type !== "OK") throw new Error(`Cannot move the slider: the server answered ${type}`);
  };
}
