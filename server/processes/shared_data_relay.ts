import { getLogger } from "@logtape/logtape";
import type { DirectoryNotice, SharedStates } from "./directory_messages.ts";
import type { LineChannel } from "./line_channel.ts";

const logger = getLogger(["bokeh", "server"]);

/** Length of the messages that may wait for a process, in characters. A process that takes longer is disconnected. */
const MAX_WAITING_LENGTH = 256 * 1024 * 1024;

/** A process of the group. */
interface Process {
  readonly index: number;
  readonly channel: LineChannel;
  /** The process that was asked for the states that this one needs; undefined if it has them. */
  source: Process | undefined;
}

/**
 * Relays changes of shared data between the processes of a group: all of them receive all changes in
 * the same order. A process that joins receives the states from one that joined before.
 */
export class SharedDataRelay {
  /** In the order in which they joined. */
  #processes: Process[] = [];

  /** Adds a process. */
  join(index: number, channel: LineChannel): void {
    const process: Process = { index, channel, source: undefined };
    this.#processes.push(process);
    this.#requestStates(process);
  }

  /** Removes a process. Those that wait for its states ask another one. */
  leave(channel: LineChannel): void {
    const left = this.#processes.find((process) => process.channel === channel);
    this.#processes = this.#processes.filter((process) => process !== left);
    for (const process of this.#processes) {
      if (process.source === left && left !== undefined) this.#requestStates(process);
    }
  }

  /** Sends a change to all processes. */
  publish(notice: DirectoryNotice): void {
    for (const { channel, index } of this.#processes) {
      if (channel.waitingLength > MAX_WAITING_LENGTH) {
        logger.error("Disconnected process {index}: it does not receive the changes of shared data", { index });
        channel[Symbol.dispose]();
      } else channel.send(notice);
    }
  }

  /** Passes states on to the process that needs them. */
  restore(index: number, states: SharedStates): void {
    const process = this.#processes.find((process) => process.index === index && process.source !== undefined);
    if (process === undefined) return; // it has left
    process.source = undefined;
    process.channel.send(["states", states] satisfies DirectoryNotice);
  }

  /** Asks the oldest other process that has the states, if any, to send them to a process. */
  #requestStates(process: Process): void {
    process.source = this.#processes.find((other) => other !== process && other.source === undefined);
    if (process.source === undefined) process.channel.send(["states", null] satisfies DirectoryNotice);
    else process.source.channel.send(["sendStates", process.index] satisfies DirectoryNotice);
  }
}
