/**
 * Processes that share a session store in memory, for tests.
 *
 * @module
 */

import { Application } from "../../application/application.ts";
import type { ApplicationFunction, ApplicationOptions } from "../../application/application_options.ts";
import { DEFAULT_LIMITS, DEFAULT_SESSION_TIMES } from "../../common/limits.ts";
import { ManualClock } from "../../common/manual_clock.ts";
import { ColumnDataSource, Div, Slider } from "../../models/mod.ts";
import type { MemoryStore } from "../../store/memory.ts";
import { SessionRegistry } from "../registry/registry.ts";
import type { SessionRegistryOptions } from "../registry/registry_options.ts";
import type { Session } from "../session.ts";
import type { InProcessClient } from "../session_test_support.ts";
import { DEFAULT_JOURNAL_LIMITS } from "./journal.ts";
import { LostCallbackWarnings } from "./lost_callbacks.ts";
import { SessionPersistence } from "./session_persistence.ts";
import type { StoreMember } from "./session_store.ts";

/** A process: a registry of one application, with its access to the store. */
export interface Process {
  registry: SessionRegistry;
  member: StoreMember;
  clock: ManualClock;
  errors: unknown[];
}

/** Options of {@linkcode startProcess}. */
export type ProcessOptions = ApplicationOptions & Partial<SessionRegistryOptions> & {
  /** Id of the process. */
  name?: string;
  /** Version of the application. @default {"1"} */
  version?: string;
  /** Number of journal entries after which a snapshot replaces them. */
  maxEntries?: number;
  /** Called before each operation of the store, which fails if this throws. */
  before?: (operation: string) => Promise<void> | void;
};

/** Information about the client that opens a session. */
export const INFO = { payload: { greeting: "hello" } };

/** Starts a process. */
export async function startProcess(
  store: MemoryStore,
  fill: ApplicationFunction,
  options: ProcessOptions = {},
): Promise<Process> {
  const clock = new ManualClock();
  const errors: unknown[] = [];
  const joined = await store.join({ id: options.name ?? crypto.randomUUID(), build: options.version ?? "1" });
  const member = options.before === undefined ? joined : withFaults(joined, options.before);
  const registry = new SessionRegistry(new Application(fill, options), {
    limits: DEFAULT_LIMITS,
    ...DEFAULT_SESSION_TIMES,
    clock,
    observer: (event) => {
      if (event.type === "callbackFailed" || event.type === "internalError") errors.push(event.error);
    },
    persistence: new SessionPersistence({
      member,
      applicationPath: "/app",
      secret: "a secret",
      retentionMilliseconds: 60_000,
      rememberMilliseconds: 60_000,
      journal: { ...DEFAULT_JOURNAL_LIMITS, maxEntries: options.maxEntries ?? DEFAULT_JOURNAL_LIMITS.maxEntries },
      clock,
      lostCallbacks: new LostCallbackWarnings(),
    }),
    ...options,
  });
  return { registry, member, clock, errors };
}

/** Returns a member that calls a function before each operation, which may fail or wait there. */
function withFaults(member: StoreMember, before: (operation: string) => Promise<void> | void): StoreMember {
  return new Proxy(member, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      if (typeof name !== "string" || name === "onNotice") return value.bind(target);
      return async (...args: unknown[]) => {
        await before(name);
        return await value.apply(target, args);
      };
    },
  });
}

/** Ends a process without a word, as `kill -9` does. */
export async function kill({ member }: Process): Promise<void> {
  await member[Symbol.asyncDispose]();
}

/** A slider whose callback changes a text, a source of data, and the state beside the document. */
export const sliders: ApplicationFunction = (doc) => {
  const slider = new Slider({ start: 0, end: 10, value: 1, step: 1, name: "slider" });
  const source = new ColumnDataSource({ data: { x: Float64Array.of(1, 2, 3), y: [1, 2, 3] }, name: "source" });
  const answer = new Div({ text: "1", name: "answer" });
  const state = doc.session_state({ changes: 0 });
  slider.on_change("value", (_attr, _old, value) => {
    state.changes++;
    answer.text = `${value}, change ${state.changes}`;
    source.stream({ x: [value], y: [value] });
  });
  doc.add_root(slider);
  doc.add_root(answer);
  doc.add_root(new Div({ text: "data", tags: [source] }));
};

/** Returns the text of the `Div` of a name. */
export function text(session: Session, name: string): string {
  return session.document.get_model_by_name<Div>(name)!.text;
}

/** Sends a value of the slider. */
export function slide(client: InProcessClient, session: Session, value: number): string {
  return client.set(session.document.get_model_by_name("slider")!, "value", value);
}
