/**
 * Lets the code of a callback wait for work without the document's lock.
 *
 * @module
 */

import { currentScope, startScope } from "../../document/callbacks/callback_scope.ts";
import type { TransactionQueue } from "./transaction_queue.ts";

/** The number of waits of each scope that has any. */
const waits = new WeakMap<object, number>();

/**
 * Waits for work without the document's lock. The transaction of the caller ends at its next
 * `await`: the changes so far are sent, and other transactions run. When the work has settled, the
 * caller goes on in a transaction of its own.
 *
 * While a callback waits for several works, it holds the lock only in the turns of the event loop
 * in which one of them settles.
 *
 * @param work The work.
 * @param name Returns the name of the work for the log.
 */
export function waitUnlocked<T>(transactions: TransactionQueue, work: Promise<T>, name: () => string): Promise<T> {
  const scope = startScope();
  // Code of another document's transaction keeps that lock: waiting for this one could be a deadlock.
  if (scope !== undefined && scope.document !== transactions.sync.document) return work;
  const origin = currentScope()?.root;
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const leave = () => {
    if (scope !== undefined && waits.has(scope)) scope.leave((error) => transactions.reportError(error));
  };
  let isSettled = false;
  const settle = (how: () => void) => {
    isSettled = true;
    how();
    if (scope === undefined) return;
    const left = waits.get(scope)! - 1;
    if (left === 0) waits.delete(scope);
    else {
      waits.set(scope, left);
      setImmediate(leave);
    }
  };
  if (scope !== undefined) {
    waits.set(scope, (waits.get(scope) ?? 0) + 1);
    queueMicrotask(leave); // when the callback has returned its promise
  }
  const deliver = async (how: () => void) => {
    const { current } = transactions;
    if (current !== undefined && scope?.isHeldBy(current)) return settle(how);
    if (current !== undefined && current === origin) { // its other callbacks may wait for this one
      scope?.rejoin(current);
      return settle(how);
    }
    await transactions.startDetached({ name, changeSource: origin?.client }, () => {
      scope?.rejoin(currentScope()!);
      settle(how);
      return new Promise<void>((done) => setImmediate(done));
    });
    if (!isSettled) settle(how); // the session has ended
  };
  work.then((value) => deliver(() => resolve(value)), (error) => deliver(() => reject(error)));
  return promise;
}
