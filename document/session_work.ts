/**
 * Work of code outside of this folder that a document's session does.
 *
 * @module
 */

import type { Task } from "../tasks/task.ts";
import { type Document, stateOf } from "./document.ts";

/**
 * Waits for work without the document's lock: other events of the session are handled meanwhile. The
 * caller goes on in a transaction of its own.
 *
 * @param name Name of the work for the log.
 */
export function waitWithoutLock<T>(document: Document, work: Promise<T>, name: string): Promise<T> {
  return stateOf(document).host?.documentServices.waitUnlocked(work, () => name) ?? work;
}

/**
 * Runs a task for several sessions: it goes on when the session of the document ends, and its result
 * does not wait for the document's lock.
 *
 * @throws {Error} If no session serves the document.
 */
export async function runSharedTask<I, R>(document: Document, task: Task<I, never, R>, input: I): Promise<R> {
  const { host } = stateOf(document);
  if (host === undefined) throw new Error("Cannot run a task: no session serves the document");
  return await host.documentServices.runSharedTask(task, input) as R;
}
