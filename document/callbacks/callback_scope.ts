/**
 * Tracks which document and which transaction the running code belongs to, and runs callbacks in
 * their order.
 *
 * @module
 */

import { AsyncLocalStorage } from "node:async_hooks";
import { throwAll } from "../../common/throw_all.ts";

/** A callback with its arguments bound. */
type Call = () => unknown;

/** Asynchronous code of a scope. */
interface Work {
  readonly promise: PromiseLike<unknown>;
  /** Whether its caller receives its error. Callbacks do not queue behind such work. */
  readonly joined: boolean;
  /** The scope that waits for it; undefined while it waits without the lock. */
  owner: CallbackScope | undefined;
}

/**
 * Runs the callbacks that one cause triggers, and waits for the asynchronous ones. A transaction is
 * a scope. Each `async` callback has a nested scope for the callbacks that its own changes trigger.
 *
 * Within a scope, asynchronous callbacks run one after the other. A callback that was triggered by
 * another callback does not wait for that one, because the outer callback may await its effects.
 */
export class CallbackScope {
  /** The document whose callbacks run. */
  readonly document: object;
  /** The scope that waits for this one; undefined for the outermost scope. */
  readonly parent: CallbackScope | undefined;
  /** The client whose change the scope handles; undefined for changes of this program. */
  readonly client: object | undefined;
  /**
   * Whether the scope still waits for its callbacks. Work that outlives its scope must not join it.
   */
  active = true;
  #running = 0;
  #joined = 0;
  /** Asynchronous code that runs in this scope: see {@linkcode leave}. */
  #works: Set<Work> | undefined;
  /** The scope that this one's code belongs to since it has waited without the lock. */
  #successor: CallbackScope | undefined;
  #onOrphanError: ((error: unknown) => void) | undefined;
  #waiting: { call: Call; isAsync: boolean }[] | undefined;
  #errors: unknown[] | undefined;
  #idle: PromiseWithResolvers<void> | undefined;

  /** Creates a scope without callbacks. */
  constructor(document: object, { parent, client }: { parent?: CallbackScope; client?: object | undefined } = {}) {
    this.document = document;
    this.parent = parent;
    this.client = client;
  }

  /** The outermost scope: a transaction, or all work of a document that has no session. */
  get root(): CallbackScope {
    return this.parent?.root ?? this;
  }

  /** Whether no callback is running or waiting, and no error remains to be reported. */
  get isSettled(): boolean {
    return this.#isIdle && this.#errors === undefined;
  }

  /**
   * Runs a callback. While an asynchronous callback is running, `async` functions and `queued`
   * callbacks wait until it ends. All others run immediately, because authors expect an assignment
   * to take effect at once.
   */
  runCallback(call: Call, { isAsync, queued }: { isAsync: boolean; queued: boolean }): void {
    if (this.#running > 0 && (isAsync || queued)) (this.#waiting ??= []).push({ call, isAsync });
    else this.#start(call, isAsync);
  }

  /** Waits for a callback that has already started. {@linkcode settled} throws its error. */
  track(promise: PromiseLike<unknown>): void {
    this.#add({ promise, joined: false, owner: this });
  }

  /** Waits for work whose caller receives its error. Callbacks do not queue behind such work. */
  join(promise: PromiseLike<unknown>): void {
    this.#add({ promise, joined: true, owner: this });
  }

  /** Returns whether a scope waits for code of this scope. */
  isHeldBy(scope: CallbackScope): boolean {
    for (const { owner } of this.#works ?? []) if (owner?.root === scope) return true;
    return false;
  }

  /** The scope that holds the lock for this one's code. */
  get successor(): CallbackScope | undefined {
    return this.#successor;
  }

  /**
   * Ends the wait for the code of this scope: the scopes that wait for it end without it. The code
   * goes on without the lock until {@linkcode rejoin} is called. The callbacks that the code has
   * caused keep the lock: the scopes still wait for them.
   *
   * @param onOrphanError Receives the errors of code that ends before.
   */
  leave(onOrphanError: (error: unknown) => void): void {
    if (this.#works === undefined) return;
    this.#onOrphanError = onOrphanError;
    this.#successor = undefined;
    const caused = this.#isIdle ? undefined : this.#untilIdle();
    for (const work of [...this.#works]) {
      const { owner } = work;
      if (owner === undefined) continue;
      if (caused !== undefined && owner !== this) owner.#waitFor(caused, work.joined);
      owner.#release(work);
    }
    if (this.parent !== undefined) this.active = false;
  }

  /** Makes another scope wait for the code of this scope, which then belongs to that scope. */
  rejoin(scope: CallbackScope): void {
    if (scope !== this) this.#successor = scope;
    for (const work of this.#works ?? []) {
      if (work.owner !== undefined) continue;
      work.owner = scope;
      scope.#count(work, 1);
    }
  }

  /** Records an error of a callback, which {@linkcode settled} of the outermost scope throws. */
  fail(error: unknown): void {
    if (this.parent !== undefined) this.parent.fail(error);
    else (this.#errors ??= []).push(error);
  }

  /**
   * Waits until all callbacks have ended, including those that start in the meantime.
   *
   * @throws The error of the callback that failed, or an AggregateError if several failed. Each
   * error is thrown once.
   */
  async settled(): Promise<void> {
    await this.#untilIdle();
    const errors = this.#errors ?? [];
    this.#errors = undefined;
    throwAll(errors, "callbacks");
  }

  /** Waits for callbacks of another scope, which do not fail: that scope receives their errors. */
  #waitFor(promise: Promise<void>, joined: boolean): void {
    const work: Work = { promise, joined, owner: this };
    this.#count(work, 1);
    void promise.then(() => this.#release(work));
  }

  async #untilIdle(): Promise<void> {
    while (!this.#isIdle) await (this.#idle ??= Promise.withResolvers()).promise;
  }

  get #isIdle(): boolean {
    return this.#running === 0 && this.#joined === 0 && (this.#waiting === undefined || this.#waiting.length === 0);
  }

  #start(call: Call, isAsync: boolean): void {
    if (isAsync) {
      const scope = new CallbackScope(this.document, { parent: this });
      const promise = scope.#runCall(call);
      scope.#add({ promise, joined: false, owner: this });
      return;
    }
    const result = call();
    if (isPromiseLike(result)) this.track(result);
  }

  /** Runs a callback of which this is the own scope. */
  async #runCall(call: Call): Promise<void> {
    try {
      await runInScope(this, this.document, call);
    } finally {
      await this.settled();
      this.active = false;
    }
  }

  /** Adds code of this scope, for which a scope waits. */
  #add(work: Work): void {
    (this.#works ??= new Set()).add(work);
    work.owner!.#count(work, 1);
    const failed = (error: unknown) => {
      if (work.joined) return;
      if (work.owner !== undefined) work.owner.fail(error);
      else this.#onOrphanError?.(error);
    };
    Promise.resolve(work.promise).then(undefined, failed).then(() => {
      this.#works?.delete(work);
      if (work.owner !== undefined) work.owner.#release(work);
    });
  }

  #count({ joined }: Work, change: 1 | -1): void {
    if (joined) this.#joined += change;
    else this.#running += change;
  }

  #release(work: Work): void {
    work.owner = undefined;
    this.#count(work, -1);
    this.#continue();
  }

  #continue(): void {
    while (this.#running === 0) {
      const next = this.#waiting?.shift();
      if (next === undefined) break;
      try {
        const { call, isAsync } = next;
        // the running code can belong to another scope, which has just left this one
        this.#start(isAsync ? call : () => runInScope(this, this.document, call), isAsync);
      } catch (error) {
        this.fail(error);
      }
    }
    if (!this.#isIdle) return;
    this.#idle?.resolve();
    this.#idle = undefined;
  }
}

/** What the running code belongs to. */
interface RunningCode {
  readonly document: object;
  readonly scope: CallbackScope | undefined;
}

/**
 * Follows the running code across `await`. One store holds both values, because entering a store
 * takes 0.5 µs, a large part of a small transaction.
 */
const storage = new AsyncLocalStorage<RunningCode>();

/**
 * Runs a function, and everything it starts, with `document` as the current document. The current
 * scope does not change.
 */
export function runWithDocument<T>(document: object, fn: () => T): T {
  return runInScope(storage.getStore()?.scope, document, fn);
}

/**
 * Runs a function, and everything it starts, with `document` as the current document and `scope` as
 * the current scope. Does not enter the store when both are current already, as for most callbacks:
 * they run within a transaction of their document.
 */
export function runInScope<T>(scope: CallbackScope | undefined, document: object, fn: () => T): T {
  const current = storage.getStore();
  if (current !== undefined && current.document === document && current.scope === scope) return fn();
  return storage.run({ document, scope }, fn);
}

/** Returns the document that the running code belongs to, undefined outside of any. */
export function runningDocument(): object | undefined {
  return storage.getStore()?.document;
}

/**
 * Returns the innermost active scope that the running code belongs to, undefined outside of any.
 */
export function currentScope(): CallbackScope | undefined {
  let scope = storage.getStore()?.scope;
  while (scope !== undefined && !scope.active) scope = scope.successor ?? scope.parent;
  return scope;
}

/** Returns the scope in which the running code was started, also if it is not active. */
export function startScope(): CallbackScope | undefined {
  return storage.getStore()?.scope;
}

const AsyncFunction = (async () => {}).constructor;

/** Returns whether a function was declared `async`. */
export function isAsyncFunction(fn: unknown): boolean {
  return fn instanceof AsyncFunction;
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
