/**
 * The order in which callbacks of a document run.
 *
 * @module
 */

import { runAsPart } from "./current.ts";
import type { Document } from "../document.ts";
import { throwAll } from "../../common/throw_all.ts";

/** A callback with its arguments. */
type Call = () => unknown;

/**
 * Runs the callbacks that one cause sets off, and waits for those that are asynchronous. A transaction is a scope; each
 * `async` callback has a scope of its own for the callbacks that its changes set off.
 *
 * Within a scope asynchronous callbacks run one after the other. A callback that another one sets off does not wait for
 * that one, so that it may wait for its effects.
 */
export class CallbackScope {
  /** The document whose callbacks run. */
  readonly document: Document;
  /** The scope that waits for this one. */
  readonly parent: CallbackScope | undefined;
  /** Whether the scope still waits for its callbacks. Work that was left behind must not join an ended scope. */
  active = true;
  #running = 0;
  #joined = 0;
  #waiting: { call: Call; isAsync: boolean }[] | undefined;
  #errors: unknown[] | undefined;
  #idle: PromiseWithResolvers<void> | undefined;

  /** Starts without callbacks. */
  constructor(document: Document, parent?: CallbackScope) {
    this.document = document;
    this.parent = parent;
  }

  /** The outermost scope: a transaction, or all work of a document that has no session. */
  get root(): CallbackScope {
    return this.parent?.root ?? this;
  }

  /** Whether no callback runs or waits, and no error is left to report. */
  get isSettled(): boolean {
    return this.#isIdle && this.#errors === undefined;
  }

  /**
   * Runs a callback. While an asynchronous one runs, `async` functions and callbacks that are `queued` wait for its end;
   * others run at once, as authors expect of an assignment.
   */
  runCallback(call: Call, { isAsync, queued }: { isAsync: boolean; queued: boolean }): void {
    if (this.#running > 0 && (isAsync || queued)) (this.#waiting ??= []).push({ call, isAsync });
    else this.#start(call, isAsync);
  }

  /** Waits for a callback that has been started. Keeps its error for {@linkcode settled}. */
  track(work: PromiseLike<unknown>): void {
    this.#running++;
    Promise.resolve(work).then(undefined, (error) => this.fail(error)).then(() => {
      this.#running--;
      this.#continue();
    });
  }

  /** Waits for work whose caller receives its error. Callbacks do not queue behind it. */
  join(work: Promise<unknown>): void {
    this.#joined++;
    const ended = () => {
      this.#joined--;
      this.#continue();
    };
    work.then(ended, ended);
  }

  /** Keeps an error of a callback for {@linkcode settled}. */
  fail(error: unknown): void {
    if (this.parent !== undefined) this.parent.fail(error);
    else (this.#errors ??= []).push(error);
  }

  /**
   * Waits until all callbacks have ended, including those that start meanwhile.
   *
   * @throws The error of the callback that failed; an AggregateError when several failed. Each error is thrown once.
   */
  async settled(): Promise<void> {
    while (!this.#isIdle) await (this.#idle ??= Promise.withResolvers()).promise;
    const errors = this.#errors ?? [];
    this.#errors = undefined;
    throwAll(errors, "callbacks");
  }

  get #isIdle(): boolean {
    return this.#running === 0 && this.#joined === 0 && (this.#waiting === undefined || this.#waiting.length === 0);
  }

  #start(call: Call, isAsync: boolean): void {
    const result = isAsync ? this.#startNested(call) : call();
    if (isPromiseLike(result)) this.track(result);
  }

  async #startNested(call: Call): Promise<void> {
    const scope = new CallbackScope(this.document, this);
    try {
      await runAsPart(scope, this.document, call);
    } finally {
      await scope.settled();
      scope.active = false;
    }
  }

  #continue(): void {
    while (this.#running === 0) {
      const next = this.#waiting?.shift();
      if (next === undefined) break;
      try {
        this.#start(next.call, next.isAsync);
      } catch (error) {
        this.fail(error);
      }
    }
    if (!this.#isIdle) return;
    this.#idle?.resolve();
    this.#idle = undefined;
  }
}

const AsyncFunction = (async () => {}).constructor;

/** Whether a function was declared `async`. */
export function isAsyncFunction(fn: unknown): boolean {
  return fn instanceof AsyncFunction;
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
