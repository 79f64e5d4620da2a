/** Load: one session moves a slider while another one computes for three seconds. */

import { setTimeout as delay } from "node:timers/promises";
import { changeBytes } from "../measuring_client.ts";
import type { Measurement, PullJob } from "../job.ts";
import { Meter } from "../meter.ts";
import { openSession } from "../open_session.ts";
import { mover } from "./patch.ts";

/** Duration of the computation, in milliseconds: the applications of this benchmark have the same. */
const COMPUTES_MILLISECONDS = 3000;
/** Pause between two moves, in milliseconds. */
const PAUSE_MILLISECONDS = 5;

/** Measures the moves of a slider while another session computes. The first computation is not measured. */
export async function beside(job: PullJob): Promise<Measurement> {
  const computing = await openSession(job, { session: 0 });
  const moving = await openSession(job, { session: 1 });
  const id = await computing.findModel("work");
  const move = await mover(moving);
  for (let count = 0; count < 50; count++) await move();
  await computing.request(changeBytes(id, "value", 1));
  await delay(COMPUTES_MILLISECONDS + 500);

  const meter = new Meter(job.pid);
  meter.open();
  const replied = computing.request(changeBytes(id, "value", 2));
  await delay(20);
  const end = performance.now() + COMPUTES_MILLISECONDS - 200;
  while (performance.now() < end) {
    const started = performance.now();
    await move();
    meter.done(performance.now() - started);
    await delay(PAUSE_MILLISECONDS);
  }
  const measurement = meter.close();
  await replied;
  for (const socket of [computing, moving]) socket[Symbol.dispose]();
  return measurement;
}
