/** Load: clients that return to another server when theirs ends. */

import { setTimeout as delay } from "node:timers/promises";
import type { Measurement, TakeoverJob, Target } from "../job.ts";
import { changeBytes, type MeasuringClient } from "../measuring_client.ts";
import { Meter } from "../meter.ts";
import { openPage, openSession, openSocket } from "../open_session.ts";
import { mapConcurrently } from "../window.ts";

/** Sessions that the target opens first, so that it is as fast as a server in use. */
const WARM_SESSIONS = 300;
/** Changes of each session, which the target finds in its journal. */
const CHANGES = 5;
/** Close code of a session that moves to another server. */
const MOVED = 1012;
const LONGEST_WAIT_MILLISECONDS = 30_000;

/** Opens sessions at one server, ends it, and measures how the clients return to the target. */
export async function takeover(job: TakeoverJob): Promise<Measurement> {
  await mapConcurrently(WARM_SESSIONS, 16, async () => {
    using socket = await openSession(job);
    await socket.pull();
    await socket.close();
  });
  const clients = await mapConcurrently(job.sessions, 16, () => ReturningClient.open({ ...job, ...job.from }));
  await delay(job.warmSeconds * 1000);
  const meter = new Meter(job.pid);
  meter.open();
  Deno.kill(job.from.pid, job.signal);
  await Promise.all(clients.map(async (client) => meter.done(await client.return(job))));
  const measurement = meter.close();
  const firstAttempts = clients.filter(({ attempts }) => attempts === 1).length / clients.length;
  for (const client of clients) client[Symbol.dispose]();
  return { ...measurement, further: { firstAttempts } };
}

/** A client that has changed its session, and reconnects with the delays of `embed/browser/connection.js`. */
class ReturningClient implements Disposable {
  readonly #token: string;
  readonly #slider: string;
  #socket: MeasuringClient;
  /** Number of attempts to reconnect. */
  attempts = 0;

  constructor(token: string, socket: MeasuringClient, slider: string) {
    this.#token = token;
    this.#socket = socket;
    this.#slider = slider;
  }

  static async open(target: Target): Promise<ReturningClient> {
    const token = await openPage(target);
    const socket = await openSocket(target, token, { bufferSize: 4096 });
    const slider = await socket.findModel("freq");
    for (let change = 1; change <= CHANGES; change++) {
      await socket.request(changeBytes(slider, "value", 1 + change / 10));
    }
    return new ReturningClient(token, socket, slider);
  }

  /**
   * Waits until the connection is lost, and connects to another server.
   *
   * @returns The time from the loss until the document was there, in milliseconds.
   * @throws {Error} If the document lacks the last change.
   */
  async return(target: Target): Promise<number> {
    const code = await this.#socket.ended.then(() => undefined, ({ cause }) => cause);
    const lostAt = performance.now();
    for (;;) {
      await delay(waitBefore(this.attempts++, code));
      let fragments;
      try {
        this.#socket = await openSocket(target, this.#token, { bufferSize: 4096, keep: true });
        ({ fragments } = await this.#socket.pull());
      } catch {
        continue; // as a page does
      }
      const milliseconds = performance.now() - lostAt;
      this.#check(String(fragments[2]));
      return milliseconds;
    }
  }

  [Symbol.dispose](): void {
    this.#socket[Symbol.dispose]();
  }

  #check(reply: string): void {
    const last = `"value":${1 + CHANGES / 10}`;
    if (!reply.includes(`"id":"${this.#slider}"`) || !reply.includes(last)) {
      throw new Error("Cannot measure takeovers: a session has lost its last change");
    }
  }
}

function waitBefore(attempts: number, code: unknown): number {
  if (attempts === 0) return Math.random() * (code === MOVED ? 100 : 500);
  return Math.min(LONGEST_WAIT_MILLISECONDS, 1000 * 2 ** (attempts - 1)) * (1 + Math.random()) / 2;
}
