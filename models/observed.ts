/**
 * Lists, maps and sets of models that notice when they are changed in place.
 *
 * A change in place is made on a copy which is then set, so that it is checked and heard of like any other change, and
 * the value before it is kept. Views are made whenever such an attribute is read, so they cost one small object each.
 *
 * @module
 */

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

/** The handler of a proxy over a container; the proxy's target is never looked at. */
abstract class View<T extends object> implements ProxyHandler<T> {
  /** The container as it is. */
  protected value: T;
  readonly #owner: ContainerOwner;
  readonly #attr: string;

  /**
   * @param value The container.
   * @param owner The model that has it.
   * @param attr The attribute that holds it.
   */
  constructor(value: T, owner: ContainerOwner, attr: string) {
    this.value = value;
    this.#owner = owner;
    this.#attr = attr;
  }

  /** A copy that may be changed. */
  protected abstract copy(): T;

  /** Makes a change: on the owner if the container still is its value, else on the container alone. */
  protected change<R>(mutate: (copy: T) => R): R {
    const current = this.#owner.rawValue(this.#attr);
    const isCurrent = current === undefined || current === this.value;
    const copy = this.copy();
    const result = mutate(copy);
    this.value = copy;
    if (isCurrent) {
      this.#owner.setv(this.#attr, copy);
      this.value = (this.#owner.rawValue(this.#attr) ?? copy) as T;
    }
    return result;
  }

  get(_target: T, key: PropertyKey): unknown {
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

class ArrayView extends View<unknown[]> {
  protected override copy(): unknown[] {
    return this.value.slice();
  }

  override get(_target: unknown[], key: PropertyKey): unknown {
    const member: unknown = Reflect.get(this.value, key);
    if (typeof member !== "function" || !arrayMutators.has(key)) return member;
    return (...args: unknown[]) => this.change((copy) => Reflect.apply(member, copy, args));
  }
}

class RecordView extends View<Record<string, unknown>> {
  protected override copy(): Record<string, unknown> {
    return Object.assign(Object.create(null), this.value);
  }
}

class CollectionView<T extends Map<unknown, unknown> | Set<unknown>> extends View<T> {
  protected override copy(): T {
    return (this.value instanceof Map ? new Map(this.value) : new Set(this.value)) as T;
  }

  override get(_target: T, key: PropertyKey): unknown {
    const { value } = this;
    const member: unknown = Reflect.get(value, key, value);
    if (typeof member !== "function") return member;
    if (!collectionMutators.has(key)) return member.bind(value);
    return (...args: unknown[]) => this.change((copy) => Reflect.apply(member, copy, args));
  }
}

/** A list that tells its owner when it is changed. */
export function observeArray(value: unknown[], owner: ContainerOwner, attr: string): unknown[] {
  return new Proxy<unknown[]>([], new ArrayView(value, owner, attr));
}

/** A plain object, as a map from names, that tells its owner when it is changed. */
export function observeRecord(
  value: Record<string, unknown>,
  owner: ContainerOwner,
  attr: string,
): Record<string, unknown> {
  return new Proxy<Record<string, unknown>>(Object.create(null), new RecordView(value, owner, attr));
}

/** A Map or Set that tells its owner when it is changed. */
export function observeCollection<T extends Map<unknown, unknown> | Set<unknown>>(
  value: T,
  owner: ContainerOwner,
  attr: string,
): T {
  return new Proxy(value, new CollectionView(value, owner, attr));
}
