/** Goes on when something is done: at once where there is nothing to wait for, in the same turn and without a promise. */
export function whenDone(done: void | Promise<void>, next: () => void): void | Promise<void> {
  if (done instanceof Promise) return done.then(next);
  next();
}
