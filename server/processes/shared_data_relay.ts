import { getLogger } from "@logtape/logtape";
import type { DirectoryNotice } from "./directory_messages.ts";
import type { LineChannel } from "./line_channel.ts";

const logger = getLogger(["bokeh", "server"]);

/** Length of the changes that may wait for a process, in characters. A process for which more wait is disconnected. */
const MAX_WAITING_LENGTH = 256 * 1024 * 1024;

/** A process of the group. */
interface Process {
  readonly index: number;
  readonly channel: LineChannel;
  /** The process that was asked for the states that this one needs; undefined if it has them. */
  source: Process | undefined;
  /** Length of the states that it was sent, in characters. They may wait in addition to the changes. */
  statesLength: number;
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
    const process: Process = { index, channel, source: undefined, statesLength: 0 };
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
    for (const { channel, index, statesLength } of this.#processes) {
      if (channel.waitingLength - statesLength > MAX_WAITING_LENGTH) {
        logger.error("Disconnected process {index}: it does not receive the changes of shared data", { index });
        channel[Symbol.dispose]();
      } else channel.send(notice);
    }
  }

  /** Passes a state of a process on to the one that needs it. */
  passState(from: LineChannel, to: number, name: string, state: unknown): void {
    const process = this.#receiverOf(from, to);
    if (process === undefined) return; // it has left
    process.statesLength += process.channel.send(["state", name, state] satisfies DirectoryNotice);
  }

  /** Notes that a process has sent all states to the one that needs them. */
  endStates(from: LineChannel, to: number): void {
    const process = this.#receiverOf(from, to);
    if (process === undefined) return; // it has left
    process.source = undefined;
    process.channel.send(["statesEnd"] satisfies DirectoryNotice);
  }

  #receiverOf(from: LineChannel, to: number): Process | undefined {
    return this.#processes.find(({ index, source }) => index === to && source?.channel === from);
  }

  /** Asks the oldest other process that has the states, if any, to send them to a process. */
  #requestStates(process: Process): void {
    process.source = this.#processes.find((other) => other !== process && other.source === undefined);
    if (process.source === undefined) {
      process.channel.send(["statesEnd"] satisfies DirectoryNotice);
      return;
    }
    // The states contain the changes that the process has received since an earlier request.
    process.channel.send(["statesRequested"] satisfies DirectoryNotice);
    process.source.channel.send(["sendStates", process.index] satisfies DirectoryNotice);
  }
}
