/** Load: patches that move a slider. Each runs a callback on the server, whose change is sent back before the reply. */

import { changeBytes, type MeasuringClient } from "../measuring_client.ts";
import type { Measurement, PatchJob } from "../job.ts";
import { Meter } from "../meter.ts";
import { openSession } from "../open_session.ts";
import { mapConcurrently, repeat } from "../window.ts";

/** Moves the slider `freq` in each session, without pauses. */
export async function patch(job: PatchJob): Promise<Measurement> {
  let patches = 0;
  let bytes = 0;
  const onMessage = (message: { bytes: number }) => {
    patches++;
    bytes += message.bytes;
  };
  const sockets = await mapConcurrently(job.clients, 16, (session) => openSession(job, { onMessage, session }));
  const movers = await mapConcurrently(job.clients, 16, (index) => mover(sockets[index]!));
  await movers[0]!();
  if (patches === 0) throw new Error("Cannot measure patches: the callback's change did not arrive before the reply");
  const measurement = await repeat(job, new Meter(job.pid), movers);
  for (const socket of sockets) socket[Symbol.dispose]();
  return { ...measurement, further: { bytes: Math.round(bytes / patches) } };
}

/** Returns a function that moves a slider to another value at each call. */
export async function mover(socket: MeasuringClient): Promise<() => Promise<void>> {
  const id = await socket.findModel("freq");
  const moves = Array.from({ length: 40 }, (_, i) => changeBytes(id, "value", (11 + i) / 10));
  let next = 0;
  return async () => {
    const { type } = await socket.request(moves[next++ % moves.length]!);
    if (type !== "OK") throw new Error(`Cannot move the slider: the server answered ${type}`);
  };
}
