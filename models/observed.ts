/**
 * Lists, maps and sets of models that notice when they are changed in place.
 *
 * A change in place is made on a copy which is then set, so that it is checked and heard of like any other change, and
 * the value before it is kept.
 *
 * @module
 */

/** What a container tells of itself: its present value, and how to set another. */
export interface ContainerOwner<T extends object> {
  /** The value that the owner has now. */
  current(): T | undefined;
  /** Sets another value and answers with what the owner then has. */
  replace(value: T): T;
}

const collectionMutators = new Set<PropertyKey>(["add", "set", "delete", "clear"]);

interface State<T extends object> {
  value: T;
}

const arrayMutators = new Set<PropertyKey>([
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

/** Makes the change: on the owner if the container still is its value, else on the container alone. */
function change<T extends object, R>(state: State<T>, owner: ContainerOwner<T>, copy: T, mutate: (copy: T) => R): R {
  const current = owner.current();
  const result = mutate(copy);
  state.value = current === undefined || current === state.value ? owner.replace(copy) : copy;
  return result;
}

/** A list that tells its owner when it is changed. */
export function observeArray(value: unknown[], owner: ContainerOwner<unknown[]>): unknown[] {
  const state = { value };
  const mutate = <R>(f: (copy: unknown[]) => R): R => change(state, owner, state.value.slice(), f);
  const mutators = new Map<PropertyKey, (...args: unknown[]) => unknown>();
  return new Proxy<unknown[]>([], {
    get(_target, key) {
      if (arrayMutators.has(key)) {
        let mutator = mutators.get(key);
        if (mutator === undefined) {
          mutator = (...args) => mutate((copy) => Reflect.apply(Reflect.get(copy, key), copy, args));
          mutators.set(key, mutator);
        }
        return mutator;
      }
      return Reflect.get(state.value, key);
    },
    set: (_target, key, item) => mutate((copy) => Reflect.set(copy, key, item)),
    deleteProperty: (_target, key) => mutate((copy) => Reflect.deleteProperty(copy, key)),
    has: (_target, key) => Reflect.has(state.value, key),
    ownKeys: () => Reflect.ownKeys(state.value),
    getOwnPropertyDescriptor: (target, key) => describe(target, state.value, key),
  });
}

/** A plain object, as a map from names, that tells its owner when it is changed. */
export function observeRecord(
  value: Record<string, unknown>,
  owner: ContainerOwner<Record<string, unknown>>,
): Record<string, unknown> {
  const state = { value };
  const mutate = <R>(f: (copy: Record<string, unknown>) => R): R =>
    change(state, owner, Object.assign(Object.create(null), state.value), f);
  return new Proxy<Record<string, unknown>>(Object.create(null), {
    get: (_target, key) => Reflect.get(state.value, key),
    set: (_target, key, item) => mutate((copy) => Reflect.set(copy, key, item)),
    deleteProperty: (_target, key) => mutate((copy) => Reflect.deleteProperty(copy, key)),
    has: (_target, key) => Reflect.has(state.value, key),
    ownKeys: () => Reflect.ownKeys(state.value),
    getOwnPropertyDescriptor: (target, key) => describe(target, state.value, key),
  });
}

/** A descriptor that the rules of proxies allow: an own property that the target lacks must be configurable. */
function describe(target: object, value: object, key: PropertyKey): PropertyDescriptor | undefined {
  const descriptor = Reflect.getOwnPropertyDescriptor(value, key);
  if (descriptor === undefined) return undefined;
  const fixed = Reflect.getOwnPropertyDescriptor(target, key);
  return fixed?.configurable === false
    ? { ...descriptor, configurable: false, writable: true }
    : { ...descriptor, configurable: true };
}

/** A Map or Set that tells its owner when it is changed. */
export function observeCollection<T extends Map<unknown, unknown> | Set<unknown>>(
  value: T,
  owner: ContainerOwner<T>,
): T {
  const state = { value };
  const isMap = value instanceof Map;
  const copyOf = (): T => (isMap ? new Map(state.value as Map<unknown, unknown>) : new Set(state.value)) as T;
  return new Proxy(value, {
    get(_target, key) {
      const member: unknown = Reflect.get(state.value, key, state.value);
      if (typeof member !== "function") return member;
      if (!collectionMutators.has(key)) return member.bind(state.value);
      return (...args: unknown[]) => change(state, owner, copyOf(), (copy) => Reflect.apply(member, copy, args));
    },
  });
}
