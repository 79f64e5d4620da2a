/**
 * The shared sources and values of this process.
 *
 * @module
 */

/** Statistics of a shared source or value. */
export interface SharedStatistics {
  /** The name. */
  readonly name: string;
  /** Changes since the start of the process. */
  readonly changes: number;
  /** Documents of this process that show it. */
  readonly documents: number;
}

/** A shared source or value, as the other processes see it. */
export interface SharedData {
  /** The name, which is the same in all processes. */
  readonly name: string;
  /** What must be equal in servers that share it, such as the names of the columns. */
  readonly shape: string;
  /** Figures for the metrics. */
  readonly statistics: SharedStatistics;
  /** The current state as JSON. */
  readonly state: unknown;
  /** Applies a change that a process has published. */
  receive(change: unknown): void;
  /** Replaces the state by that of another process. */
  restore(state: unknown): void;
}

const all = new Map<string, SharedData>();
const observers = new Set<(data: SharedData) => void>();

/**
 * Checks the name of new shared data. Returns the data that has it already, if any.
 *
 * @throws {TypeError} If the name is empty.
 */
export function findSharedData(what: "source" | "value", name: string): SharedData | undefined {
  if (typeof name !== "string" || name === "") throw new TypeError(`Cannot share a ${what}: its name is empty`);
  return all.get(name);
}

/** Returns the shared data with a name. */
export function sharedDataOf(name: string): SharedData | undefined {
  return all.get(name);
}

/** Adds shared data, which replaces other data of that name. */
export function registerSharedData(data: SharedData): void {
  all.set(data.name, data);
  for (const observe of observers) observe(data);
}

/** Calls a function with all shared data, also with data that is registered later. Returns a function that ends that. */
export function observeSharedData(observe: (data: SharedData) => void): () => void {
  for (const data of all.values()) observe(data);
  observers.add(observe);
  return () => void observers.delete(observe);
}

/** Returns the figures of all shared data. */
export function sharedStatistics(): SharedStatistics[] {
  return [...all.values()].map(({ statistics }) => statistics);
}

/** Returns all shared data. */
export function allSharedData(): Iterable<SharedData> {
  return all.values();
}
