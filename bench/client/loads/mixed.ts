/** Load: sessions of which most are idle, some stream, and some are changed by their users. */

import { setTimeout as delay } from "node:timers/promises";
import { memoryOf } from "../../measure/proc.ts";
import type { CrowdJob, Measurement } from "../job.ts";
import { changeBytes, type MeasuringClient } from "../measuring_client.ts";
import { Meter } from "../meter.ts";
import { openSession } from "../open_session.ts";
import { mapConcurrently, observe } from "../window.ts";
import { mover } from "./patch.ts";

/** Shares of the sessions. The others are idle. */
const STREAMING = 0.2, PATCHING = 0.1;
/** Time between two moves of a slider, as when a user drags it slowly. */
const MOVE_MILLISECONDS = 500;

/**
 * Opens sessions, starts the streams and moves the sliders. An operation is a move or a message of a stream; the latency
 * is that of moves. `memory` is that of a session at the end.
 */
export async function mixed(job: CrowdJob): Promise<Measurement> {
  const meter = new Meter(job.pid);
  const before = memoryOf(job.pid);
  const [streaming, patching] = [job.sessions * STREAMING, job.sessions * PATCHING];
  const sockets = await mapConcurrently(job.sessions, 16, (index) => {
    const isStreaming = index >= patching && index < patching + streaming;
    return openPulled(job, index, isStreaming ? () => meter.done(NaN) : undefined);
  });
  const moves = await mapConcurrently(patching, 16, (index) => mover(sockets[index]!));
  for (const socket of sockets.slice(patching, patching + streaming)) {
    await socket.request(changeBytes(await socket.findModel("running"), "active", true));
  }
  const ends = new AbortController();
  const users = Promise.all(moves.map((move) => moveOften(move, meter, ends.signal)));
  const measurement = await observe(job, meter, Promise.race([users, ...sockets.map((socket) => socket.ended)]));
  const memory = (memoryOf(job.pid).pss - before.pss) / job.sessions;
  ends.abort();
  await users;
  for (const socket of sockets) socket[Symbol.dispose]();
  return { ...measurement, memory };
}

async function openPulled(job: CrowdJob, session: number, onMessage?: () => void): Promise<MeasuringClient> {
  const socket = await openSession(job, { bufferSize: 4096, session, ...(onMessage && { onMessage }) });
  await socket.pull();
  return socket;
}

/** Moves a slider at regular times, beginning at a random one, until the signal is aborted. */
async function moveOften(move: () => Promise<void>, meter: Meter, signal: AbortSignal): Promise<void> {
  let pause = Math.random() * MOVE_MILLISECONDS;
  while (!signal.aborted) {
    await delay(pause);
    const started = performance.now();
    await move();
    meter.done(performance.now() - started);
    pause = Math.max(0, MOVE_MILLISECONDS - (performance.now() - started));
  }
}
