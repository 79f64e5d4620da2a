/**
 * Calls `next` when `done` has resolved; at once, and without a promise, if `done` is not a
 * promise.
 */
export function whenDone(done: void | Promise<void>, next: () => void): void | Promise<void> {
  if (done instanceof Promise) return done.then(next);
  next();
}
