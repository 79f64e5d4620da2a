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

/**
 * Which value a changed copy stands for. A change in place leaves a container the same one to its author, so all views of
 * it go on with the copy; setting the attribute puts another container in its place.
 */
const originals = new WeakMap<object, object>();

function originalOf(value: object): object {
  return originals.get(value) ?? value;
}

/**
 * The member by which Deno's console has an object printed, under a name that nothing else has. It looks for it in the
 * target of a proxy.
 */
export const INSPECT = Symbol.for(`${"Deno"}.customInspect`);
const SHOWN = Symbol("shown");

/** Prints what a proxy stands for. */
function inspectShown(this: object, inspect: (value: unknown, options: unknown) => string, options: unknown): string {
  const view: unknown = Reflect.get(this, SHOWN);
  return inspect(view instanceof View ? view.shown : this, options);
}

/** An empty target for a proxy, which is printed as what it stands for. */
function targetOf<T extends object, V extends View<T>>(target: T, view: V): T {
  return Object.assign(target, { [INSPECT]: inspectShown, [SHOWN]: view });
}

/** The handler of a proxy over a container; the proxy's target is only looked at to print it. */
abstract class View<T extends object> implements ProxyHandler<T> {
  readonly #owner: ContainerOwner;
  readonly #attr: string;
  readonly #original: object;
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
    this.#original = originalOf(value);
  }

  /** A copy that may be changed. */
  protected abstract copy(): T;

  /** The container as it is. */
  protected get value(): T {
    const kept = this.#owner.rawValue(this.#attr);
    if (kept !== this.#value && typeof kept === "object" && kept !== null && originalOf(kept) === this.#original) {
      this.#value = kept as T;
    }
    return this.#value;
  }

  /** The container as it is, to be printed. */
  get shown(): T {
    return this.value;
  }

  /** Makes a change: on the owner if the container still is its value, else on the container alone. */
  protected change<R>(mutate: (copy: T) => R): R {
    const { value } = this;
    const kept = this.#owner.rawValue(this.#attr);
    const copy = this.copy();
    const result = mutate(copy);
    this.#value = copy;
    if (kept === undefined || kept === value) {
      this.#owner.setv(this.#attr, copy);
      const now = this.#owner.rawValue(this.#attr);
      if (typeof now === "object" && now !== null && now !== this.#original) originals.set(now, this.#original);
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
  const view = new ArrayView(value, owner, attr);
  return new Proxy(targetOf<unknown[], ArrayView>([], view), view);
}

/** A plain object, as a map from names, that tells its owner when it is changed. */
export function observeRecord(
  value: Record<string, unknown>,
  owner: ContainerOwner,
  attr: string,
): Record<string, unknown> {
  const view = new RecordView(value, owner, attr);
  return new Proxy(targetOf<Record<string, unknown>, RecordView>(Object.create(null), view), view);
}

/** A Map or Set that tells its owner when it is changed. */
export function observeCollection<T extends Map<unknown, unknown> | Set<unknown>>(
  value: T,
  owner: ContainerOwner,
  attr: string,
): T {
  return new Proxy(value, new CollectionView(value, owner, attr));
}
