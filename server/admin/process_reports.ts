/**
 * The state of all processes of a server, for the admin page.
 *
 * @module
 */

import type { AdminError, AdminProcess, AdminReport, AdminSample } from "../../admin/admin_source.ts";
import { settlesWithin } from "../../common/settles_within.ts";
import type { Peer } from "../../handlers/relay/relay.ts";
import type { AdminCommand } from "./admin_command.ts";
import { MAX_ERRORS, MAX_SAMPLES, type ProcessReport } from "./process_monitor.ts";

/** Path of the questions. Only processes of the server can reach it, on the sockets that they share. */
export const ADMIN_PEER_PATH = "/.bokeh/admin";
/** Time that a process may take to answer, in milliseconds. */
const ANSWER_MILLISECONDS = 1000;
/** Time for which all pages receive the same report, in milliseconds. */
const REUSE_MILLISECONDS = 1000;
/** Age of a second whose samples all processes have taken, in milliseconds. */
const SETTLED_MILLISECONDS = 1500;

/** This process and the others. */
export interface ReportingProcesses {
  /** Number of this process. */
  readonly index: number;
  /** Runs a command in this process. */
  run(command: AdminCommand): unknown;
  /** Returns the other processes, by their numbers. */
  others(): ReadonlyMap<number, Peer>;
}

/** What is known of a process: its last report, and the samples and errors of all. */
interface KnownProcess {
  report: ProcessReport;
  readonly samples: Map<number, AdminSample>;
  errors: readonly AdminError[];
}

/** Asks all processes of a server. Its memory is bounded: 15 minutes of samples of each process. */
export class ProcessReports {
  readonly #processes: ReportingProcesses;
  readonly #known = new Map<number, KnownProcess>();
  #last: { readonly at: number; readonly report: Promise<AdminReport> } | undefined;

  /** Creates reports of these processes. */
  constructor(processes: ReportingProcesses) {
    this.#processes = processes;
  }

  /** Returns the state of all processes. Within a second, all callers receive the same. */
  read(): Promise<AdminReport> {
    const now = performance.now();
    if (this.#last === undefined || now - this.#last.at > REUSE_MILLISECONDS) {
      this.#last = { at: now, report: this.#read() };
    }
    return this.#last.report;
  }

  /** Runs a command in a process. Returns undefined if the process does not answer. */
  async run(index: number, command: AdminCommand): Promise<unknown> {
    const result = await this.#send(index, command);
    this.#last = undefined; // the next report shows the effect
    return result;
  }

  async #send(index: number, command: AdminCommand): Promise<unknown> {
    const processes = this.#processes;
    if (index === processes.index) return processes.run(command);
    const peer = processes.others().get(index);
    if (peer === undefined) return undefined;
    let result: unknown;
    const request = new Request(`http://localhost${ADMIN_PEER_PATH}`, {
      method: "POST",
      body: JSON.stringify(command),
    });
    // the process may be stopped or about to be replaced
    const answered = peer.fetch(request, {}).then(async (response) => result = await response.json()).catch(() => {});
    await settlesWithin(answered, ANSWER_MILLISECONDS);
    return result;
  }

  /** Runs a command in all processes. Returns the numbers of those that did not answer. */
  async runInAll(command: AdminCommand): Promise<number[]> {
    const indices = this.#indices();
    const results = await Promise.all(indices.map((index) => this.run(index, command)));
    return indices.filter((_, i) => results[i] === undefined);
  }

  #indices(): number[] {
    return [this.#processes.index, ...this.#processes.others().keys()].sort((a, b) => a - b);
  }

  async #read(): Promise<AdminReport> {
    const indices = this.#indices();
    const answers = await Promise.all(indices.map(async (index) => [index, await this.#ask(index)] as const));
    const known = answers.flatMap(([index, process]) => process === undefined ? [] : [{ index, ...process }]);
    return {
      processes: known.map(({ index, report }): AdminProcess => ({
        index,
        pid: report.pid,
        uptimeSeconds: report.uptimeSeconds,
        sessions: report.sessions,
        errors: report.errors,
        isDraining: report.isDraining,
        logLevel: report.logLevel,
      })),
      missing: answers.flatMap(([index, process]) => process === undefined ? [index] : []),
      sessions: known.flatMap(({ index, report }) =>
        report.liveSessions.map((session) => ({ ...session, process: index }))
      ),
      errors: known.flatMap(({ errors }) => errors).sort((a, b) => a.time - b.time),
      slowCallbacks: known.flatMap(({ index, report }) =>
        report.slowCallbacks.map((slow) => ({ ...slow, process: index }))
      ).sort((a, b) => b.lastTime - a.lastTime),
      samples: summed([...this.#known.values()].map(({ samples }) => samples), Date.now() - SETTLED_MILLISECONDS),
    };
  }

  async #ask(index: number): Promise<KnownProcess | undefined> {
    const before = this.#known.get(index);
    const sinceTime = Math.max(0, ...before?.samples.keys() ?? []);
    let report = await this.#reportOf(index, sinceTime, before?.report.lastError);
    const isNew = report !== undefined && before?.report.instance !== report.instance;
    if (isNew && before !== undefined) report = await this.#reportOf(index);
    if (report === undefined) return undefined;
    const samples = isNew ? new Map<number, AdminSample>() : before!.samples;
    for (const sample of report.samples) samples.set(sample.time, sample);
    for (const time of samples.keys()) {
      if (samples.size <= MAX_SAMPLES) break;
      samples.delete(time);
    }
    const added = report.newErrors.map((error) => ({ ...error, process: index }));
    const errors = [...isNew ? [] : before!.errors, ...added].slice(-MAX_ERRORS);
    const process = { report, samples, errors };
    this.#known.set(index, process);
    return process;
  }

  async #reportOf(index: number, sinceTime = 0, sinceError = 0): Promise<ProcessReport | undefined> {
    // only processes of this server answer, so that it has this type
    return await this.#send(index, { kind: "report", sinceTime, sinceError }) as ProcessReport | undefined;
  }
}

/**
 * Returns the sums of samples of several processes, for each second up to `until`. A process that has no sample of a
 * second, because its event loop was delayed, counts with that of up to three seconds before.
 */
export function summed(processes: readonly ReadonlyMap<number, AdminSample>[], until: number): AdminSample[] {
  const times = new Set(processes.flatMap((samples) => [...samples.keys()]).filter((time) => time <= until));
  return [...times].sort((a, b) => a - b).slice(-MAX_SAMPLES).map((time) => {
    const samples = processes.flatMap((samples) => {
      const exact = samples.get(time);
      if (exact !== undefined) return [exact];
      for (const earlier of [time - 1000, time - 2000, time - 3000]) {
        const sample = samples.get(earlier);
        if (sample !== undefined) return [{ ...sample, messages: 0, patches: 0, delayMilliseconds: 0 }];
      }
      return [];
    });
    const sum = (value: (sample: AdminSample) => number) => samples.reduce((total, sample) => total + value(sample), 0);
    return {
      time,
      sessions: sum(({ sessions }) => sessions),
      connections: sum(({ connections }) => connections),
      messages: sum(({ messages }) => messages),
      patches: sum(({ patches }) => patches),
      residentBytes: sum(({ residentBytes }) => residentBytes),
      heapBytes: sum(({ heapBytes }) => heapBytes),
      delayMilliseconds: Math.max(...samples.map(({ delayMilliseconds }) => delayMilliseconds)),
    };
  });
}
