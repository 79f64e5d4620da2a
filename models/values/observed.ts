/**
 * Views of lists, records, maps and sets in attributes, which set the attribute when they are
 * changed in place.
 *
 * A change is made in a copy of the container, and the attribute is set to the copy. The change is
 * thus validated and reported like an assignment, and callbacks receive the old value. Each read of
 * a container creates a view, which is one proxy with one handler.
 *
 * @module
 */

import type { ModelLike } from "../base/model_like.ts";
import { copyToNullPrototype } from "../../common/null_prototype_object.ts";

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
 * The lineage of containers: a container and the copies that changes in place have put in its place
 * have the same number. All views of the container follow its lineage to the current copy, but not
 * to another container that the attribute was set to.
 *
 * The map stores numbers instead of successors, because V8 frees values of a `WeakMap` only in full
 * garbage collections, and a list of models refers to a whole document.
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
 * The name of the method that Deno's console calls to print an object. For a proxy, the console
 * looks for it in the target.
 */
export const INSPECT = Symbol.for(`${"Deno"}.customInspect`);

type Inspect = (value: unknown, options: unknown) => string;

/**
 * The handler of a view. Only the console reads the target of the proxy.
 *
 * The class must not have a method with a symbol as its name: V8 14 does not call the `get` trap of
 * handlers with such a method and private fields.
 */
abstract class View<T extends object> implements ProxyHandler<T> {
  readonly #owner: ModelLike;
  readonly #attr: string;
  #value: T;

  /**
   * @param value The container.
   * @param owner The model that has the container.
   * @param attr The attribute of the container.
   */
  constructor(value: T, owner: ModelLike, attr: string) {
    this.#value = value;
    this.#owner = owner;
    this.#attr = attr;
  }

  /** Returns a copy of the container. */
  protected abstract copy(): T;

  /** The current copy of the container. */
  protected get value(): T {
    const kept = this.#owner.rawValue(this.#attr);
    if (kept !== this.#value && typeof kept === "object" && kept !== null && isSuccessor(kept, this.#value)) {
      this.#value = kept as T;
    }
    return this.#value;
  }

  /** Returns the text of the container for the console. */
  print(inspect: Inspect, options: unknown): string {
    return inspect(this.value, options);
  }

  /**
   * Makes a change in a copy. Sets the attribute to the copy if the container still is its value.
   */
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
      // The owner may have stored another copy.
      this.#value = now as T;
    }
    return result;
  }

  /**
   * Returns a method that changes the container. It returns the view if the original method returns
   * the container.
   */
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

  /**
   * Proxies require that a property which the target does not have is configurable, and that one
   * which is not configurable in the target is not configurable here.
   */
  getOwnPropertyDescriptor(target: T, key: PropertyKey): PropertyDescriptor | undefined {
    const descriptor = Reflect.getOwnPropertyDescriptor(this.value, key);
    if (descriptor === undefined) return undefined;
    const fixed = Reflect.getOwnPropertyDescriptor(target, key);
    return fixed?.configurable === false
      ? { ...descriptor, configurable: false, writable: true }
      : { ...descriptor, configurable: true };
  }
}

/** The target of the view of a list. `Array.isArray` returns true for proxies of arrays. */
class ListTarget extends Array<unknown> {
  view: ArrayView | undefined;

  [INSPECT](inspect: Inspect, options: unknown): string | undefined {
    return this.view?.print(inspect, options);
  }
}

/** The target of the view of a record. */
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

/** Returns a view of a list. */
export function observeArray(value: unknown[], owner: ModelLike, attr: string): unknown[] {
  const view = new ArrayView(value, owner, attr);
  const target = new ListTarget();
  target.view = view;
  return new Proxy<unknown[]>(target, view);
}

/** Returns a view of a record without a prototype. */
export function observeRecord(
  value: Record<string, unknown>,
  owner: ModelLike,
  attr: string,
): Record<string, unknown> {
  const view = new RecordView(value, owner, attr);
  return new Proxy(new RecordTarget(view) as unknown as Record<string, unknown>, view);
}

/** Returns a view of a `Map` or `Set`. */
export function observeCollection<T extends Map<unknown, unknown> | Set<unknown>>(
  value: T,
  owner: ModelLike,
  attr: string,
): T {
  return new Proxy(value, new CollectionView(value, owner, attr));
}
