/** Lines of several server processes that share a port (`--num-procs`). */

import type { Measurement } from "../client/job.ts";
import type { Line, Sample, Setting } from "../line.ts";
import { runJob } from "../measure/run_job.ts";
import { commandOf, twin } from "../servers/commands.ts";
import { createdSessions, largestShare, untilAllListen } from "../servers/process_sessions.ts";
import { startStore, type StoreName } from "../servers/session_store.ts";
import { type RunningServer, startServer } from "../servers/server.ts";
import { type LoadLine, shares } from "./load_line.ts";

/** Whole sessions in a second. One process uses about a fifth of a core for them. */
const SESSIONS_PER_SECOND = 200;
/** Patches in a second, for the same reason. */
const PATCHES_PER_SECOND = 2000;
/** Number of measurements of each group. They alternate, so that changes of the machine affect all groups. */
const ALTERNATIONS = 3;
/** Half of the processes do the same work with at least 90 % of the CPU time. */
const ADDS_UP = 1 / 0.9;

/** Several processes, and what they are compared with. */
interface ProcessLine extends Pick<LoadLine, "id" | "title" | "job"> {
  /** Number of processes. */
  processes: number;
  /** Number of operations in a second, in all processes together. */
  perSecond: number;
  /** Number of processes of the group with which they are compared. @default {1} */
  base?: number;
  /** Number of operations in a second of that group. @default {perSecond} */
  basePerSecond?: number;
  /** Maximum CPU time of an operation, relative to that group. @default {1.1} */
  relativeCpu?: number;
  store?: StoreName;
}

const PATCH: Pick<LoadLine, "title" | "job"> = {
  title: "patch, callback of 200 sines, answer; 64 clients",
  job: (target) => ({ load: "patch", clients: 64, ...target }),
};

/** Patches and whole sessions in two and four processes. */
export const processLines: readonly Line[] = [
  ...[2, 4].flatMap((processes) => [
    processLine({
      ...PATCH,
      id: `processes-patch-${processes}`,
      processes,
      perSecond: PATCHES_PER_SECOND,
    }),
    processLine({
      id: `processes-session-${processes}`,
      title: "whole session that starts with its websocket, 16 at a time",
      job: (target) => ({ load: "session", concurrency: 16, ...target }),
      processes,
      perSecond: SESSIONS_PER_SECOND,
    }),
  ]),
  processLine({
    ...PATCH,
    id: "processes-valkey-4",
    title: `Valkey, twice the patches of two processes: ${PATCH.title}`,
    processes: 4,
    perSecond: PATCHES_PER_SECOND,
    base: 2,
    basePerSecond: PATCHES_PER_SECOND / 2,
    relativeCpu: ADDS_UP,
    store: "valkey",
  }),
];

/**
 * Returns a line that compares a group of processes with a smaller group, and with as many servers of one process that know
 * nothing of each other: these show what the number of processes costs by itself, on the machine of the benchmark.
 */
function processLine(
  { id, title, job, processes, perSecond, base = 1, basePerSecond = perSecond, relativeCpu = 1.1, store }: ProcessLine,
): Line {
  return {
    id,
    title: `${processes} processes: ${title}`,
    unit: "ms",
    servers: ["ours"],
    goal: { relativeCpu },
    // Four processes are compared with four other servers.
    long: processes > 2,
    async measure(_server, setting) {
      await using running = store && await startStore(store);
      const start = (count: number, rate: number, servers = 1) =>
        Group.start(setting, { job, store: running?.name, processes: count, servers, perSecond: rate });
      await using smaller = await start(base, basePerSecond);
      await using separate = await start(1, perSecond, processes);
      await using group = await start(processes, perSecond);
      const groups = [smaller, separate, group];
      for (const each of groups) await each.measure(setting.warmSeconds);
      for (let round = 0; round < ALTERNATIONS; round++) {
        for (const each of groups) each.measurements.push(await each.measure(setting.seconds));
      }
      return await sampleOf(smaller, separate, group);
    },
  };
}

async function sampleOf(smaller: Group, separate: Group, group: Group): Promise<Sample> {
  const total = sumOf(group.measurements);
  const { cpu = NaN, ...figures } = shares(total);
  const { cpu: cpuOfBase = NaN } = shares(sumOf(smaller.measurements));
  const { cpu: cpuOfSeparate = NaN } = shares(sumOf(separate.measurements));
  return {
    ...figures,
    cpu,
    value: cpu,
    relativeCpu: cpu / cpuOfBase,
    largestShare: largestShare(await group.createdSessions()),
    further: { cpuOfBase, cpuOfSeparate, cpuOfParent: total.parentSeconds * 1000 / total.operations },
  };
}

/** Options of {@linkcode Group.start}. */
interface GroupOptions {
  job: LoadLine["job"];
  store: string | undefined;
  /** Number of processes of each server. */
  processes: number;
  /** Number of servers, each with its own port. */
  servers: number;
  /** Number of operations in a second, in all servers together. */
  perSecond: number;
}

/** Servers that share a load. */
class Group implements AsyncDisposable {
  readonly measurements: Measurement[] = [];
  readonly #options: GroupOptions;
  readonly #servers: RunningServer[] = [];
  readonly #client: number;

  constructor(client: number, options: GroupOptions) {
    this.#client = client;
    this.#options = options;
  }

  static async start({ tools, placement }: Setting, options: GroupOptions): Promise<Group> {
    const { processes, servers, store } = options;
    const command = commandOf("ours", APPLICATION, tools, { processes, store });
    const group = new Group(placement.client, options);
    try {
      for (let number = 0; number < servers; number++) {
        group.#servers.push(await startServer(command, placement.processes));
      }
      await Promise.all(group.#servers.map(({ port }) => untilAllListen(port, processes)));
    } catch (error) {
      await group[Symbol.asyncDispose]();
      throw error;
    }
    return group;
  }

  async measure(seconds: number): Promise<Measurement> {
    const perSecond = this.#options.perSecond / this.#servers.length;
    const measured = this.#servers.map(({ port, pid }) => {
      const target = { port, pid, path: APPLICATION.path, perSecond, warmSeconds: WARM_SECONDS, seconds };
      return runJob(this.#options.job(target), this.#client);
    });
    return sumOf(await Promise.all(measured));
  }

  /** Returns the number of sessions that each process of the first server created. */
  createdSessions(): Promise<number[]> {
    return createdSessions(this.#servers[0]!.port);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.stop()));
  }
}

const APPLICATION = twin("sliders");
/** The load starts during this time, in seconds. */
const WARM_SECONDS = 0.2;

/** Adds measurements up. Their latencies are left out. */
function sumOf(measurements: readonly Measurement[]): Measurement {
  const sum = (of: (measurement: Measurement) => number) => measurements.reduce((total, each) => total + of(each), 0);
  return {
    operations: sum(({ operations }) => operations),
    seconds: sum(({ seconds }) => seconds),
    serverSeconds: sum(({ serverSeconds }) => serverSeconds),
    parentSeconds: sum(({ parentSeconds }) => parentSeconds),
    clientSeconds: sum(({ clientSeconds }) => clientSeconds),
    otherSeconds: sum(({ otherSeconds }) => otherSeconds),
  };
}
