/**
 * Lists, maps and sets of models that notice when they are changed in place.
 *
 * A change in place is made on a copy which is then set, so that it is checked and heard of like any other change, and
 * the value before it is kept. Views are made whenever such an attribute is read, so they cost one small object each.
 *
 * @module
 */

import { copyToNullPrototype } from "../../common/null_prototype_object.ts";

/** What a view needs of the model that has the container. */
export interface ContainerOwner {
  /** The value that the owner keeps for an attribute, undefined where there is none. */
  rawValue(attr: string): unknown;
  /** Sets another value. */
  setv(attr: string, value: unknown): void;
}

const arrayMutators: ReadonlySet<PropertyKey> = new Set([
  "push",
  "pop",
  "shift",
  "unshift",
  "splice",
  "sort",
  "reverse",
  "fill",
  "copyWithin",
]);

const collectionMutators: ReadonlySet<PropertyKey> = new Set(["add", "set", "delete", "clear"]);

/**
 * Which containers are the same one to their author: a change in place puts a copy in the place of a container, and all views
 * of it go on with the copy; setting the attribute puts another container there. They have a number in common, and not each
 * other: what a WeakMap leads to outlives every collection but the slow ones, and a list of models leads to a whole document.
 */
const lineages = new WeakMap<object, number>();
let lineageCount = 0;

function isSuccessor(now: object, before: object): boolean {
  const lineage = lineages.get(now);
  return lineage !== undefined && lineage === lineages.get(before);
}

function makeSuccessor(now: object, before: object): void {
  let lineage = lineages.get(before);
  if (lineage === undefined) lineages.set(before, lineage = ++lineageCount);
  lineages.set(now, lineage);
}

/**
 * The member by which Deno's console has an object printed, under a name that nothing else has. It looks for it in the
 * target of a proxy.
 */
export const INSPECT = Symbol.for(`${"Deno"}.customInspect`);

type Inspect = (value: unknown, options: unknown) => string;

/**
 * The handler of a proxy over a container; the proxy's target is only looked at to print it. It has no member under a
 * symbol: V8 14 misses the `get` of handlers that have one beside private fields.
 */
abstract class View<T extends object> implements ProxyHandler<T> {
  readonly #owner: ContainerOwner;
  readonly #attr: string;
  #value: T;

  /**
   * @param value The container.
   * @param owner The model that has it.
   * @param attr The attribute that holds it.
   */
  constructor(value: T, owner: ContainerOwner, attr: string) {
    this.#value = value;
    this.#owner = owner;
    this.#attr = attr;
  }

  /** A copy that may be changed. */
  protected abstract copy(): T;

  /** The container as it is. */
  protected get value(): T {
    const kept = this.#owner.rawValue(this.#attr);
    if (kept !== this.#value && typeof kept === "object" && kept !== null && isSuccessor(kept, this.#value)) {
      this.#value = kept as T;
    }
    return this.#value;
  }

  /** Prints the container as it is. */
  print(inspect: Inspect, options: unknown): string {
    return inspect(this.value, options);
  }

  /** Makes a change: on the owner if the container still is its value, else on the container alone. */
  protected change<R>(mutate: (copy: T) => R): R {
    const { value } = this;
    const kept = this.#owner.rawValue(this.#attr);
    const copy = this.copy();
    const result = mutate(copy);
    if (kept !== undefined && kept !== value) {
      this.#value = copy;
      return result;
    }
    this.#owner.setv(this.#attr, copy);
    const now = this.#owner.rawValue(this.#attr);
    if (typeof now === "object" && now !== null) {
      if (now !== value) makeSuccessor(now, value);
      // the owner may keep a copy of its own
      this.#value = now as T;
    }
    return result;
  }

  /** A method that changes the container; one that answers with the container answers with the view of it. */
  protected mutator(method: CallableFunction, receiver: unknown): (...args: unknown[]) => unknown {
    return (...args) =>
      this.change((copy) => {
        const result = Reflect.apply(method, copy, args);
        return result === copy ? receiver : result;
      });
  }

  getPrototypeOf(): object | null {
    return Object.getPrototypeOf(this.value);
  }

  get(_target: T, key: PropertyKey, _receiver?: unknown): unknown {
    return Reflect.get(this.value, key);
  }

  set(_target: T, key: PropertyKey, item: unknown): boolean {
    return this.change((copy) => Reflect.set(copy, key, item));
  }

  deleteProperty(_target: T, key: PropertyKey): boolean {
    return this.change((copy) => Reflect.deleteProperty(copy, key));
  }

  has(_target: T, key: PropertyKey): boolean {
    return Reflect.has(this.value, key);
  }

  ownKeys(): (string | symbol)[] {
    return Reflect.ownKeys(this.value);
  }

  /** An own property that the target of a proxy lacks must be configurable, and one that it has fixed must be fixed. */
  getOwnPropertyDescriptor(target: T, key: PropertyKey): PropertyDescriptor | undefined {
    const descriptor = Reflect.getOwnPropertyDescriptor(this.value, key);
    if (descriptor === undefined) return undefined;
    const fixed = Reflect.getOwnPropertyDescriptor(target, key);
    return fixed?.configurable === false
      ? { ...descriptor, configurable: false, writable: true }
      : { ...descriptor, configurable: true };
  }
}

/** The target of a proxy over a list, which makes it a list to `Array.isArray`. */
class ListTarget extends Array<unknown> {
  view: ArrayView | undefined;

  [INSPECT](inspect: Inspect, options: unknown): string | undefined {
    return this.view?.print(inspect, options);
  }
}

/** The target of a proxy over a record. */
class RecordTarget {
  readonly view: RecordView;

  constructor(view: RecordView) {
    this.view = view;
  }

  [INSPECT](inspect: Inspect, options: unknown): string {
    return this.view.print(inspect, options);
  }
}

class ArrayView extends View<unknown[]> {
  protected override copy(): unknown[] {
    return this.value.slice();
  }

  override get(_target: unknown[], key: PropertyKey, receiver: unknown): unknown {
    const member: unknown = Reflect.get(this.value, key);
    return typeof member === "function" && arrayMutators.has(key) ? this.mutator(member, receiver) : member;
  }
}

class RecordView extends View<Record<string, unknown>> {
  protected override copy(): Record<string, unknown> {
    return copyToNullPrototype(this.value);
  }
}

class CollectionView<T extends Map<unknown, unknown> | Set<unknown>> extends View<T> {
  protected override copy(): T {
    return (this.value instanceof Map ? new Map(this.value) : new Set(this.value)) as T;
  }

  override get(_target: T, key: PropertyKey, receiver: unknown): unknown {
    const { value } = this;
    const member: unknown = Reflect.get(value, key, value);
    if (typeof member !== "function") return member;
    return collectionMutators.has(key) ? this.mutator(member, receiver) : member.bind(value);
  }
}

/** A list that tells its owner when it is changed. */
export function observeArray(value: unknown[], owner: ContainerOwner, attr: string): unknown[] {
  const view = new ArrayView(value, owner, attr);
  const target = new ListTarget();
  target.view = view;
  return new Proxy<unknown[]>(target, view);
}

/** A plain object, as a map from names, that tells its owner when it is changed. */
export function observeRecord(
  value: Record<string, unknown>,
  owner: ContainerOwner,
  attr: string,
): Record<string, unknown> {
  const view = new RecordView(value, owner, attr);
  return new Proxy(new RecordTarget(view) as unknown as Record<string, unknown>, view);
}

/** A Map or Set that tells its owner when it is changed. */
export function observeCollection<T extends Map<unknown, unknown> | Set<unknown>>(
  value: T,
  owner: ContainerOwner,
  attr: string,
): T {
  return new Proxy(value, new CollectionView(value, owner, attr));
}
