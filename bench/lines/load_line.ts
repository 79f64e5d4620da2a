/** Lines that a load client measures on a server started for them. */

import type { Job, Measurement, Target } from "../client/job.ts";
import type { Goal, Line, Sample } from "../line.ts";
import { runJob } from "../measure/run_job.ts";
import { commandOf, twin } from "../servers/commands.ts";
import { startStore, type StoreName } from "../servers/session_store.ts";
import { type ServerName, startServer } from "../servers/server.ts";

/** All servers. */
export const ALL_SERVERS: readonly ServerName[] = ["python", "nodelay", "ours", "bare"];

/** Options of {@linkcode loadLine}. */
export interface LoadLine {
  id: string;
  title: string;
  /** Name of the application, which exists in TypeScript and Python. */
  app: string;
  goal?: Goal;
  /** @default {ALL_SERVERS} */
  servers?: readonly ServerName[];
  long?: boolean;
  once?: boolean;
  /** Whether sessions start when the websocket opens (`sessionCreation: "connect"`). */
  connect?: boolean;
  /** Session store of this server. @default none */
  store?: StoreName;
  /** Returns the job of the load client. */
  job(target: Target): Job;
  /** Returns the value of the line. By default operations per second. */
  sample?: (measurement: Measurement) => Pick<Line, "unit"> & { value: number };
}

/** Returns a line that starts a server and runs a job of the load client on it. */
export function loadLine(
  { app, servers = ALL_SERVERS, connect = false, store: kind, job, sample = rate, ...rest }: LoadLine,
): Line {
  const application = twin(app);
  return {
    ...rest,
    servers,
    unit: sample(NO_MEASUREMENT).unit,
    async measure(server, { tools, placement, warmSeconds, seconds }) {
      await using store = kind && await startStore(kind);
      const command = commandOf(server, application, tools, { connect, store: store?.name });
      await using running = await startServer(command, placement.server);
      const { port, pid } = running;
      const target = { port, pid, path: application.path, warmSeconds, seconds };
      const measurement = await runJob(job(target), placement.client);
      return { value: sample(measurement).value, ...shares(measurement) };
    },
  };
}

const NO_MEASUREMENT: Measurement = {
  operations: 0,
  seconds: 1,
  serverSeconds: 0,
  parentSeconds: 0,
  clientSeconds: 0,
  otherSeconds: 0,
};

/** Returns operations per second as the value of a line. */
export function rate({ operations, seconds }: Measurement): { unit: "/s"; value: number } {
  return { unit: "/s", value: operations / seconds };
}

/** Returns the memory for each session as the value of a line. */
export function kilobytes({ memory = 0 }: Measurement): { unit: "KB"; value: number } {
  return { unit: "KB", value: memory / 1024 };
}

/** Returns the figures of a measurement besides its value. */
export function shares(measurement: Measurement): Omit<Sample, "value"> {
  const { operations, seconds, latency, serverSeconds, clientSeconds, otherSeconds, further } = measurement;
  return {
    ...(operations > 0 && { cpu: serverSeconds * 1000 / operations }),
    ...(latency && { latency }),
    serverShare: serverSeconds / seconds,
    clientShare: clientSeconds / seconds,
    otherShare: otherSeconds / seconds,
    ...(further && { further }),
  };
}
