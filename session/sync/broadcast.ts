import type { DocumentPatchedEvent } from "../../document/events/events.ts";
import type { ModelChangedEvent } from "../../document/events/model_events.ts";
import type { Document } from "../../document/document.ts";
import type { DocumentSync } from "../../document/document_sync.ts";
import type { Audience } from "../../document/wire/encode_events.ts";
import type { SnapshotMark } from "../../document/models/model_set.ts";
import { encodeMessage, lengthOf } from "../../protocol/encode.ts";
import type { Frame, WireBuffer } from "../../protocol/message.ts";
import type { PatchEvent } from "../../protocol/patch.ts";
import type { Clock } from "../../common/clock.ts";
import type { Limits } from "../../common/limits.ts";
import { Convergence } from "./convergence.ts";
import { DirtyAttributes } from "./dirty_attributes.ts";
import type { Subscriber } from "./subscriber.ts";
import { UndeliveredBytes } from "../limits/undelivered_bytes.ts";

/** Options of {@linkcode Broadcast}. */
interface BroadcastOptions {
  document: Document;
  /** The internal API of the document. */
  sync: DocumentSync;
  clock: Clock;
  /**
   * Runs a function in a transaction of its own. Changes made before it are sent first.
   */
  whenFree: (fn: () => void) => void;
  /** Called for each patch that was sent. */
  onSent?: (events: number, subscribers: number) => void;
  /** See {@linkcode UndeliveredBytes}, and `SerializerOptions.inlineBytes`. */
  limits: Pick<Limits, "undeliveredBytesPerSession" | "inlineArrayBytes">;
  /**
   * Receives the number of bytes that are about to be sent to all clients because of a message of
   * one of them. Returns whether they may be sent. If not, the session is destroyed.
   */
  onSendForClient?: (bytes: number) => boolean;
  /** See {@linkcode Convergence}. */
  convergenceWindowMilliseconds?: number | undefined;
}

/** A patch for some of the clients, encoded once: all of them receive the same frames. */
interface Patch {
  clients: readonly Subscriber[];
  events: PatchEvent[];
  buffers: WireBuffer[];
  /** The models that the patch contains in full. */
  models: ReadonlySet<Model>;
  frames: Frame[];
  bytes: number;
}

type Model = ModelChangedEvent["model"];
type Target = Model | Document;

/** The encoded messages of changes that several sessions make. */
const sharedMessages = new WeakMap<
  object,
  { readonly inlineArrayBytes: number; readonly message: Omit<Patch, "clients"> }
>();

/** Sequence number of events that state a current value: no snapshot is newer. */
const NOW = Number.MAX_SAFE_INTEGER;

/**
 * Sends the changes of a session's document to its clients: each transaction as one patch, encoded
 * once for all clients that receive the same.
 */
export class Broadcast {
  /** The clients. */
  readonly subscribers: Set<Subscriber> = new Set();
  /** Limits the bytes that all clients together have not received. */
  readonly undelivered: UndeliveredBytes;
  /**
   * Stands for the session's journal among the recipients of models; undefined if the session is
   * not stored.
   */
  journal: object | undefined;
  readonly #options: BroadcastOptions;
  #convergence: Convergence<Target> | undefined;
  readonly #dirty = new DirtyAttributes();
  /** Sequence number of the last event that a snapshot of any client includes. */
  #lastSeqOfSnapshots = 0;

  /** Creates a broadcast without clients. */
  constructor(options: BroadcastOptions) {
    this.#options = options;
    this.undelivered = new UndeliveredBytes(this.subscribers, options.limits.undeliveredBytesPerSession);
  }

  /**
   * Sends the changes of a transaction to all clients, except each change to the client that caused
   * it.
   */
  send(events: readonly DocumentPatchedEvent[]): void {
    if (this.subscribers.size === 0) return;
    this.#options.sync.sweep();
    const { own, shared } = this.#split(events);
    const patches = own.map((subscriber) => this.#encode(events, { clients: [subscriber], for: subscriber }));
    for (const clients of groupsOf(shared)) patches.push(this.#encode(events, { clients }));
    const due = patches.filter((patch) => patch.events.length > 0);
    if (due.length === 0) return;
    const bytes = due.reduce((sum, patch) => sum + patch.clients.length * patch.bytes, 0);
    // Checked before anything is sent: each socket buffers its own copy.
    if (events.some((event) => event.changeSource !== undefined) && !(this.#options.onSendForClient?.(bytes) ?? true)) {
      return;
    }
    for (const patch of due) this.#deliver(patch);
    for (const event of events) this.#noteSent(event);
    this.#options.onSent?.(events.length, due.reduce((sum, { clients }) => sum + clients.length, 0));
  }

  /** Notes that a client is sent a snapshot of the document. */
  noteSnapshot(subscriber: Subscriber, mark: SnapshotMark): void {
    this.#options.sync.noteSnapshot(subscriber, mark);
    this.#lastSeqOfSnapshots = Math.max(this.#lastSeqOfSnapshots, mark.seq);
  }

  /** Notes the changes that a client has made. */
  noteClientChanges(subscriber: Subscriber, events: readonly PatchEvent[]): void {
    for (const event of events) {
      if (event.kind === "TitleChanged") {
        this.#activeConvergence.noteChange(subscriber, this.#options.document, "title");
      }
      if (!("attr" in event)) continue;
      const model = this.#options.document.get_model_by_id(event.model.id);
      if (model) this.#activeConvergence.noteChange(subscriber, model, event.attr);
    }
  }

  /**
   * Sends a client the current values of the attributes that its invalid patch would have changed,
   * once it has stopped changing them.
   */
  scheduleCorrection(subscriber: Subscriber, events: readonly PatchEvent[]): void {
    for (const event of withoutRepetitions(events).flatMap((event) => this.#reverting(event))) {
      if (event.kind === "TitleChanged") {
        this.#activeConvergence.noteRefusal(subscriber, this.#options.document, "title");
      } else if ("attr" in event) this.#activeConvergence.noteRefusal(subscriber, event.model, event.attr);
    }
  }

  /** Sends a client that lagged behind the current values of the attributes that were kept back. */
  sendDirtyAttributes(subscriber: Subscriber): void {
    const dirty = this.#dirty.take(subscriber);
    if (dirty.length === 0) return;
    const { document, whenFree } = this.#options;
    whenFree(() => {
      const values = dirty.map(([id, attr]): [Target | null, string] => [document.get_model_by_id(id), attr]);
      this.#sendValues(subscriber, values.filter((value): value is [Target, string] => value[0] !== null));
    });
  }

  /** Sends a client the current values of everything that it was not allowed to change. */
  sendCorrection(subscriber: Subscriber, events: readonly PatchEvent[]): void {
    const { document, whenFree } = this.#options;
    whenFree(() => {
      if (!this.subscribers.has(subscriber)) return;
      // The client has dropped the models of a root that it removed.
      const inFull = events.some((event) => event.kind === "RootRemoved");
      const present = withoutRepetitions(events).flatMap((event) => this.#reverting(event));
      const patch = this.#encode(present, { clients: [subscriber], for: subscriber, inFull });
      const added = events.filter((event) => event.kind === "RootAdded").map(({ model }) => idOf(model));
      const removals: PatchEvent[] = added.filter((id) => id !== undefined && document.get_model_by_id(id) === null)
        .map((id) => ({ kind: "RootRemoved", model: { id: id! } }));
      const all = [...removals, ...patch.events];
      if (all.length === 0 || !subscriber.maySend(patch.bytes)) return;
      subscriber.deliver(encodeMessage("PATCH-DOC", { events: all }, { buffers: patch.buffers }));
      this.#noteModels(patch);
      for (const event of present) this.#noteEchoed(subscriber, event);
    });
  }

  /** Removes a client. */
  remove(subscriber: Subscriber): void {
    this.subscribers.delete(subscriber);
    this.#convergence?.remove(subscriber);
    this.#dirty.take(subscriber);
  }

  get #activeConvergence(): Convergence<Target> {
    return this.#convergence ??= new Convergence({
      clock: this.#options.clock,
      windowMilliseconds: this.#options.convergenceWindowMilliseconds,
      echo: (client, values) => this.#echo(client, values),
    });
  }

  /**
   * Returns the clients that need a patch of their own, because some of the events are not for
   * them, and those that share one. A client that caused all of the events is in neither group.
   */
  #split(events: readonly DocumentPatchedEvent[]): { own: Subscriber[]; shared: Subscriber[] } {
    const own: Subscriber[] = [], shared: Subscriber[] = [];
    const mayBeInSnapshots = events.some((event) => event.seq <= this.#lastSeqOfSnapshots);
    for (const subscriber of this.subscribers) {
      if (events.every((event) => isCausedBy(event, subscriber))) continue;
      const isOwn = mayBeInSnapshots || events.some((event) => isForOrBy(event, subscriber));
      (isOwn ? own : shared).push(subscriber);
    }
    return { own, shared };
  }

  #encode(
    events: readonly DocumentPatchedEvent[],
    audience: Omit<Audience, "clients"> & { clients: readonly Subscriber[] },
  ): Patch {
    const shared = audience.for === undefined ? this.#sharedChange(events, audience.clients) : undefined;
    if (shared === undefined) return this.#encodeOwn(events, audience);
    const { inlineArrayBytes } = this.#options.limits;
    const cached = sharedMessages.get(shared);
    if (cached?.inlineArrayBytes === inlineArrayBytes) return { ...cached.message, clients: audience.clients };
    const { clients, ...message } = this.#encodeOwn(events, audience);
    sharedMessages.set(shared, { inlineArrayBytes, message });
    return { ...message, clients };
  }

  /**
   * Returns the change that several sessions make, if it is the only event and no client lacks its
   * model: then its message is the same in all of these sessions.
   */
  #sharedChange(events: readonly DocumentPatchedEvent[], clients: readonly Subscriber[]): object | undefined {
    const [event, ...others] = events;
    if (event === undefined || others.length > 0 || !("shared" in event) || event.shared === undefined) {
      return undefined;
    }
    return this.#options.sync.isKnownTo(event.model, clients) ? event.shared : undefined;
  }

  #encodeOwn(
    events: readonly DocumentPatchedEvent[],
    audience: Omit<Audience, "clients"> & { clients: readonly Subscriber[] },
  ): Patch {
    const decodesDefinitions = audience.clients.every((client) => client.decodesDefinitions);
    const { events: content, buffers, models } = this.#options.sync.encode(events, {
      ...audience,
      decodesDefinitions,
      inlineBytes: this.#options.limits.inlineArrayBytes,
    });
    // The events are empty if their only receiver caused all of them.
    const frames = content.length === 0 ? [] : encodeMessage("PATCH-DOC", { events: content }, { buffers });
    return { clients: audience.clients, events: content, buffers, models, frames, bytes: lengthOf(frames) };
  }

  /** Hands a patch of a transaction to its clients. This is the only place where that happens. */
  #deliver(patch: Patch): void {
    for (const subscriber of patch.clients) {
      if (subscriber.lagging) this.#markDirty(subscriber, patch);
      else subscriber.deliver(patch.frames);
    }
    this.#noteModels(patch);
  }

  #noteModels({ models, clients }: Patch): void {
    if (models.size === 0) return;
    const others: object[] = [...this.subscribers.difference(new Set(clients))];
    if (this.journal !== undefined) others.push(this.journal);
    this.#options.sync.noteSent(models, clients, others);
  }

  #markDirty(subscriber: Subscriber, { events, buffers, models }: Patch): void {
    const kept = events.filter((event) => !this.#dirty.add(subscriber, event, models.size > 0));
    if (kept.length > 0) subscriber.deliver(encodeMessage("PATCH-DOC", { events: kept }, { buffers }));
  }

  #noteSent(event: DocumentPatchedEvent): void {
    // Whole columns are also sent to the client that streamed.
    const changeSource = "isWhole" in event && event.isWhole ? undefined : event.changeSource;
    if ("attr" in event) this.#activeConvergence.noteSent(event.model, event.attr, changeSource, isWholeValue(event));
    else if (event.kind === "TitleChanged") {
      this.#activeConvergence.noteSent(this.#options.document, "title", event.changeSource);
    }
  }

  #noteEchoed(subscriber: Subscriber, event: DocumentPatchedEvent): void {
    if ("attr" in event) this.#activeConvergence.noteEcho(subscriber, event.model, event.attr);
    else if (event.kind === "TitleChanged") {
      this.#activeConvergence.noteEcho(subscriber, this.#options.document, "title");
    }
  }

  #echo(client: object, values: [Target, string][]): void {
    this.#options.whenFree(() => {
      for (const subscriber of this.subscribers) {
        if (subscriber === client) this.#sendValues(subscriber, values);
      }
    });
  }

  #sendValues(subscriber: Subscriber, values: [Target, string][]): void {
    if (!this.subscribers.has(subscriber)) return;
    const present = values.map(([target, attr]) => this.#currentValue(target, attr));
    const patch = this.#encode(present, { clients: [subscriber], for: subscriber });
    if (patch.events.length === 0 || !subscriber.maySend(patch.bytes)) return;
    subscriber.deliver(patch.frames);
    this.#noteModels(patch);
    for (const event of present) this.#noteEchoed(subscriber, event);
  }

  /** Returns the events that revert a client's change. */
  #reverting(event: PatchEvent): DocumentPatchedEvent[] {
    const { document } = this.#options;
    if (event.kind === "TitleChanged") return [this.#currentValue(document, "title")];
    if (event.kind === "MessageSent" || event.kind === "RootAdded") return [];
    const model = document.get_model_by_id(event.model.id);
    if (model === null) return [];
    if (event.kind === "RootRemoved") {
      return document.roots.includes(model) ? [{ kind: "RootAdded", seq: NOW, model }] : [];
    }
    const property = model.spec.property(event.attr);
    const isUnset = property === undefined || property.required && model.rawValue(event.attr) === undefined;
    return isUnset ? [] : [this.#currentValue(model, event.attr)];
  }

  /** Returns an event that states the current value of an attribute, or the current title. */
  #currentValue(target: Target, attr: string): DocumentPatchedEvent {
    const { document } = this.#options;
    const seq = NOW;
    if (target === document) return { kind: "TitleChanged", seq, title: document.title };
    const model = target as Model;
    const value = model.get(attr);
    if (attr === "data" && model.isA("ColumnDataSource")) {
      return { kind: "ColumnDataChanged", seq, model, attr, cols: null, data: value };
    }
    return { kind: "ModelChanged", seq, model, attr, old: value, new: value };
  }
}

/**
 * Returns the events without those that have the same target as an earlier one: the current value
 * of an attribute is sent once, however many changes of it were refused.
 */
function withoutRepetitions(events: readonly PatchEvent[]): PatchEvent[] {
  const targets = new Set<string>();
  return events.filter((event) => {
    const id = "model" in event ? idOf(event.model) : undefined;
    const target = JSON.stringify("attr" in event ? ["attr", id, event.attr] : [event.kind, id]);
    return targets.size < targets.add(target).size;
  });
}

/**
 * Groups clients by whether they decode definitions of classes. Most sessions have one client, for
 * which `Map.groupBy` would be one of the larger parts of a short patch (0.1 µs of 11).
 */
function groupsOf(clients: readonly Subscriber[]): readonly (readonly Subscriber[])[] {
  if (clients.length === 1) return [clients];
  return [...Map.groupBy(clients, ({ decodesDefinitions }) => decodesDefinitions).values()];
}

/**
 * Returns whether a client need not receive an event, because it made the change itself. Whole
 * columns are also sent to the client that streamed.
 */
function isCausedBy(event: DocumentPatchedEvent, subscriber: Subscriber): boolean {
  return event.changeSource === subscriber && !("isWhole" in event && event.isWhole);
}

/** Returns whether a client has caused an event, or is the only one that receives it. */
function isForOrBy(event: DocumentPatchedEvent, subscriber: Subscriber): boolean {
  return event.changeSource === subscriber || event.kind === "MessageSent" && event.recipient === subscriber;
}

/** Returns whether an event replaces the whole value of an attribute. */
function isWholeValue(event: DocumentPatchedEvent): boolean {
  switch (event.kind) {
    case "ColumnDataChanged":
      return event.cols === null;
    case "ColumnsStreamed":
    case "ColumnsPatched":
      return false;
    default:
      return true;
  }
}

function idOf(model: unknown): string | undefined {
  const id = typeof model === "object" && model !== null && "id" in model ? model.id : undefined;
  return typeof id === "string" ? id : undefined;
}
