/** Lines that a load client measures on a server of their own. */

import type { Job, Measurement, Target } from "../client/job.ts";
import type { Goal, Line, Sample } from "../line.ts";
import { runJob } from "../measure/run_job.ts";
import { commandOf, twin } from "../servers/commands.ts";
import { type ServerName, startServer } from "../servers/server.ts";

/** Every server there is. */
export const EVERYONE: readonly ServerName[] = ["python", "nodelay", "ours", "bare"];

/** What a line of load is made of. */
export interface LoadLine {
  id: string;
  title: string;
  /** The name of the twin application. */
  app: string;
  goal?: Goal;
  /** @default every server */
  servers?: readonly ServerName[];
  long?: boolean;
  once?: boolean;
  /** Whether sessions start at the socket. */
  connect?: boolean;
  /** What the client is to do. */
  job(target: Target): Job;
  /** What the line says of what the client found. @default operations a second */
  sample?: (measurement: Measurement) => Pick<Line, "unit"> & { value: number };
}

/** A line whose value is what a client gets out of a server that was started for it. */
export function loadLine({ app, servers = EVERYONE, connect = false, job, sample = rate, ...rest }: LoadLine): Line {
  const application = twin(app);
  return {
    ...rest,
    servers,
    unit: sample(NOTHING).unit,
    async measure(server, { tools, placement, warmSeconds, seconds }) {
      await using running = await startServer(commandOf(server, application, { ...tools, connect }), placement.server);
      const { port, pid } = running;
      const target = { port, pid, path: application.path, warmSeconds, seconds };
      const measurement = await runJob(job(target), placement.client);
      return { value: sample(measurement).value, ...shares(measurement) };
    },
  };
}

const NOTHING: Measurement = { operations: 0, seconds: 1, serverSeconds: 0, clientSeconds: 0, strangerSeconds: 0 };

function rate({ operations, seconds }: Measurement): { unit: "/s"; value: number } {
  return { unit: "/s", value: operations / seconds };
}

/** What is said of every load beside its value. */
function shares(measurement: Measurement): Omit<Sample, "value"> {
  const { operations, seconds, latency, serverSeconds, clientSeconds, strangerSeconds, further } = measurement;
  return {
    ...(operations > 0 && { cpu: serverSeconds * 1000 / operations }),
    ...(latency && { latency }),
    serverShare: serverSeconds / seconds,
    clientShare: clientSeconds / seconds,
    strangerShare: strangerSeconds / seconds,
    ...(further && { further }),
  };
}
