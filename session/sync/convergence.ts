import type { Clock, TimerId } from "../../common/clock.ts";

/** Options of {@linkcode Convergence}. */
export interface ConvergenceOptions<Target extends object> {
  clock: Clock;
  /**
   * Sends a client the current values of attributes, and calls {@linkcode Convergence.noteEcho} for
   * each that it sends.
   */
  echo: (client: object, values: [target: Target, attr: string][]) => void;
  /**
   * Maximum time that a message may take to reach a client, in milliseconds.
   *
   * @default {30_000}
   */
  windowMilliseconds?: number | undefined;
  /**
   * Time for which a client must not change an attribute before its value is sent back, in
   * milliseconds. Without it, a slider would jump while the user drags it.
   *
   * @default {100}
   */
  delayMilliseconds?: number | undefined;
}

/**
 * The last time at which a value was sent to all clients except its source, and the last time
 * before that at which a value of another source was sent. `order` orders events within a
 * millisecond.
 */
interface Sent {
  at: number;
  order: number;
  /** Whether it replaces the whole value of the attribute. */
  isFinal: boolean;
  changeSource: object | undefined;
  earlier: LastSent | undefined;
}

type LastSent = Pick<Sent, "at" | "order" | "isFinal">;

/** An echo that is scheduled for a client. */
interface Due {
  /** Time of the client's last change of the attribute. */
  at: number;
  order: number;
  timer: TimerId;
}

/**
 * Ensures that a client and the server have the same final value after both have changed an
 * attribute at the same time.
 *
 * The protocol does not report what a client has received. If the server has sent a value that may
 * not have reached the client when the client changed the same attribute, their values may diverge.
 * Then the server sends the client its final value (an echo). An echo can cross the client's next
 * change too, and therefore counts as sent.
 */
export class Convergence<Target extends object> {
  readonly #options: ConvergenceOptions<Target>;
  readonly #window: number;
  readonly #delay: number;
  // Weak by target: the entries of a model are collected with the model.
  #sent: WeakMap<Target, Map<string, Sent>> | undefined;
  #echoes: WeakMap<object, WeakMap<Target, Map<string, Sent>>> | undefined;
  #due: Map<object, Map<Target, Map<string, Due>>> | undefined;
  #order = 0;

  /** Creates a tracker without entries. */
  constructor(options: ConvergenceOptions<Target>) {
    this.#options = options;
    this.#window = options.windowMilliseconds ?? 30_000;
    this.#delay = options.delayMilliseconds ?? 100;
  }

  /**
   * Notes that a value was sent to every client except the one that changed it.
   *
   * @param isFinal Whether it replaces the whole value. Streamed rows and patches of columns do
   * not. @default {true}
   */
  noteSent(target: Target, attr: string, changeSource?: object, isFinal = true): void {
    const attrs = entry(this.#sent ??= new WeakMap(), target, newMap<string, Sent>);
    const last = attrs.get(attr);
    const at = this.#options.clock.now();
    const order = ++this.#order;
    if (!last) attrs.set(attr, { at, order, isFinal, changeSource, earlier: undefined });
    else {
      if (last.changeSource !== changeSource) last.earlier = { at: last.at, order: last.order, isFinal: last.isFinal };
      Object.assign(last, { at, order, isFinal, changeSource });
    }
  }

  /** Notes that a value was sent to one client only. */
  noteEcho(client: object, target: Target, attr: string): void {
    const attrs = entry(
      entry(this.#echoes ??= new WeakMap(), client, newWeakMap<Target, Map<string, Sent>>),
      target,
      newMap<string, Sent>,
    );
    const at = this.#options.clock.now();
    attrs.set(attr, { at, order: ++this.#order, isFinal: true, changeSource: undefined, earlier: undefined });
  }

  /** Notes that a client's change of an attribute was applied. */
  noteChange(client: object, target: Target, attr: string): void {
    const order = ++this.#order;
    const sent = this.#lastSent(client, target, attr);
    if (!sent) return;
    if (this.#options.clock.now() - sent.at > this.#window) return;
    this.#schedule(client, target, attr, order);
  }

  /**
   * Notes that a client's change of an attribute was refused. The client's own document has changed
   * already.
   */
  noteRefusal(client: object, target: Target, attr: string): void {
    this.#schedule(client, target, attr, ++this.#order);
  }

  /** Removes a client, and cancels its echoes. */
  remove(client: object): void {
    for (const dues of this.#due?.get(client)?.values() ?? []) {
      for (const { timer } of dues.values()) this.#options.clock.clearTimeout(timer);
    }
    this.#due?.delete(client);
    this.#echoes?.delete(client);
  }

  #schedule(client: object, target: Target, attr: string, order: number): void {
    const at = this.#options.clock.now();
    const dues = entry(
      entry(this.#due ??= new Map(), client, newMap<Target, Map<string, Due>>),
      target,
      newMap<string, Due>,
    );
    const due = dues.get(attr);
    if (due) Object.assign(due, { at, order });
    else dues.set(attr, { at, order, timer: this.#wait(client, target, attr, this.#delay) });
  }

  /**
   * Returns the last time that a client was sent a value of an attribute, not counting its own
   * changes.
   */
  #lastSent(client: object, target: Target, attr: string): LastSent | undefined {
    const all = this.#sent?.get(target)?.get(attr);
    const own = this.#echoes?.get(client)?.get(target)?.get(attr);
    const shared = all?.changeSource === client ? all.earlier : all;
    if (!own || !shared) return own ?? shared;
    return own.order > shared.order ? own : shared;
  }

  #wait(client: object, target: Target, attr: string, milliseconds: number): TimerId {
    return this.#options.clock.setTimeout(() => this.#fire(client, target, attr), milliseconds);
  }

  #fire(client: object, target: Target, attr: string): void {
    const targets = this.#due?.get(client);
    const attrs = targets?.get(target);
    const due = attrs?.get(attr);
    if (!targets || !attrs || !due) return;
    const rest = due.at + this.#delay - this.#options.clock.now();
    if (rest > 0) {
      due.timer = this.#wait(client, target, attr, rest);
      return;
    }
    attrs.delete(attr);
    if (attrs.size === 0) targets.delete(target);
    const sent = this.#lastSent(client, target, attr);
    // A whole value that was sent after the change was applied is final for the client already.
    if (sent?.isFinal && sent.order > due.order) return;
    this.#options.echo(client, [[target, attr]]);
  }
}

/** A Map or a WeakMap. */
interface Store<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

/** Returns the value of a key, and creates it if it is absent. */
function entry<K, V>(store: Store<K, V>, key: K, make: () => V): V {
  let value = store.get(key);
  if (value === undefined) store.set(key, value = make());
  return value;
}

function newMap<K, V>(): Map<K, V> {
  return new Map();
}

function newWeakMap<K extends object, V>(): WeakMap<K, V> {
  return new WeakMap();
}
