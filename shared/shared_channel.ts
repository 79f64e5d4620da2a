/**
 * The channel of shared data to the other processes of the server.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { type SharedData, sharedDataOf } from "./shared_data.ts";

const logger = getLogger(["bokeh", "server"]);

/** Sends changes to all processes of a server, this one included, in the same order to each. */
export interface SharedChannel {
  /** Sends a change as JSON. */
  publish(name: string, change: unknown): void;
}

/** The channels of the servers in this process, in the order in which they were connected. */
const channels: SharedChannel[] = [];

/**
 * Sends changes through a channel from now on, if no other channel is connected. Returns a function that ends that.
 */
export function connectSharedData(channel: SharedChannel): () => void {
  channels.push(channel);
  return () => void channels.splice(channels.indexOf(channel), 1);
}

/** Sends a change to all processes. Without other processes, applies it at once. */
export function publishChange(data: SharedData, encode: () => unknown, apply: () => void): void {
  const [channel] = channels;
  if (channel === undefined) apply();
  else channel.publish(data.name, encode());
}

/** Applies a change that a process of this server has published. */
export function receiveChange(name: string, change: unknown): void {
  const data = sharedDataOf(name);
  if (data !== undefined) changeSharedData(data, () => data.receive(change));
}

/** Changes shared data. Logs errors: the next changes have to be applied too. */
export function changeSharedData({ name }: SharedData, change: () => void): void {
  try {
    change();
  } catch (error) {
    logger.error("Cannot apply a change of shared data {name}: {error}", { name, error });
  }
}

/** Replaces the state of shared data by that of another process. */
export function restoreSharedState(name: string, state: unknown): void {
  const data = sharedDataOf(name);
  if (data !== undefined) changeSharedData(data, () => data.restore(state));
}
