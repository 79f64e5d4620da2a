import type { Clock, TimerId } from "../../common/clock.ts";

/** Options of {@linkcode Convergence}. */
export interface ConvergenceOptions<Target extends object> {
  clock: Clock;
  /**
   * Sends a client the value that attributes have now; what it sends is to be told by
   * {@linkcode Convergence.echoed}.
   */
  echo: (client: object, values: [target: Target, attr: string][]) => void;
  /**
   * How long something sent may be on its way.
   *
   * @default {30_000}
   */
  windowMilliseconds?: number | undefined;
  /**
   * How long a client must leave an attribute alone before the value is sent back to it: a slider
   * does not jump under the finger that drags it.
   *
   * @default {100}
   */
  delayMilliseconds?: number | undefined;
}

/**
 * The last time a value was sent to all but one client, and the last time before that by another
 * cause.
 */
interface Sent {
  at: number;
  order: number;
  /** Whether it replaces what was there, whatever that was. */
  isFinal: boolean;
  changeSource: object | undefined;
  earlier: LastSent | undefined;
}

type LastSent = Pick<Sent, "at" | "order" | "isFinal">;

interface Due {
  /** When the client last changed the attribute. */
  at: number;
  order: number;
  timer: TimerId;
}

/**
 * Sees to it that a client and the server end with the same value where both changed an attribute
 * at the same time.
 *
 * The wire tells nothing of what a client has seen. So: where the server has sent a client a value
 * that may not have arrived when the client changed the same attribute, the two values may be about
 * to part, and the client is sent the final one. That echo may cross the client's next change just
 * so, and counts as sent itself.
 */
export class Convergence<Target extends object> {
  readonly #options: ConvergenceOptions<Target>;
  readonly #window: number;
  readonly #delay: number;
  // by target, so that what is remembered of a model goes with the model
  #sent: WeakMap<Target, Map<string, Sent>> | undefined;
  #echoes: WeakMap<object, WeakMap<Target, Map<string, Sent>>> | undefined;
  #due: Map<object, Map<Target, Map<string, Due>>> | undefined;
  #order = 0;

  /** Starts with nothing sent. */
  constructor(options: ConvergenceOptions<Target>) {
    this.#options = options;
    this.#window = options.windowMilliseconds ?? 30_000;
    this.#delay = options.delayMilliseconds ?? 100;
  }

  /**
   * Notes that a value was sent to every client except the one that changed it.
   *
   * @param isFinal Whether it replaces the value that a client has, as rows and patches of columns
   * do not. @default {true}
   */
  sent(target: Target, attr: string, changeSource?: object, isFinal = true): void {
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

  /** Says that one client alone was sent a value. */
  echoed(client: object, target: Target, attr: string): void {
    const attrs = entry(
      entry(this.#echoes ??= new WeakMap(), client, newWeakMap<Target, Map<string, Sent>>),
      target,
      newMap<string, Sent>,
    );
    const at = this.#options.clock.now();
    attrs.set(attr, { at, order: ++this.#order, isFinal: true, changeSource: undefined, earlier: undefined });
  }

  /** Says that a client's change of an attribute has been taken in. */
  changed(client: object, target: Target, attr: string): void {
    const order = ++this.#order;
    const sent = this.#lastSent(client, target, attr);
    if (!sent) return;
    if (this.#options.clock.now() - sent.at > this.#window) return;
    this.#schedule(client, target, attr, order);
  }

  /**
   * Notes that a client's change of an attribute was refused, which the client has made already.
   */
  refused(client: object, target: Target, attr: string): void {
    this.#schedule(client, target, attr, ++this.#order);
  }

  /** Forgets a client. */
  forget(client: object): void {
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

  // the latest that this client was sent of an attribute: not what it caused itself
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
    // a whole value that was sent after the change was taken in is final for the client already
    if (sent?.isFinal && sent.order > due.order) return;
    this.#options.echo(client, [[target, attr]]);
  }
}

interface Store<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

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
