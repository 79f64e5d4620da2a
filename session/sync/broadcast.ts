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
import { Convergence } from "./convergence.ts";
import { DirtyAttributes } from "./dirty_attributes.ts";
import type { Subscriber } from "./subscriber.ts";
import { UndeliveredBytes } from "../limits/undelivered_bytes.ts";

/** Options of {@linkcode Broadcast}. */
export interface BroadcastOptions {
  document: Document;
  /** The internal API of the document. */
  sync: DocumentSync;
  clock: Clock;
  /**
   * Runs a function when nobody else is at work on the document, and sends what is due before it.
   */
  whenFree: (fn: () => void) => void;
  /** Hears of each patch that was sent. */
  onSent?: (events: number, subscribers: number) => void;
  /** Bytes that may be on their way to all clients together. See {@linkcode UndeliveredBytes}. */
  undeliveredBytesPerSession: number;
  /**
   * Receives the number of bytes that clients are to be sent, all together, because of what one of
   * them sent. Returns whether they may be sent; the session ends if not.
   */
  onSendForClient?: (bytes: number) => boolean;
  /** See {@linkcode Convergence}. */
  convergenceWindowMilliseconds?: number | undefined;
}

/** What some clients are sent: encoded once, the same frames for all of them. */
interface Patch {
  clients: readonly Subscriber[];
  events: PatchEvent[];
  buffers: WireBuffer[];
  /** The models that it writes in full. */
  models: ReadonlySet<Model>;
  frames: Frame[];
  bytes: number;
}

type Model = ModelChangedEvent["model"];
type Target = Model | Document;

/** The number of events that say what is so now: no snapshot is younger. */
const NOW = Number.MAX_SAFE_INTEGER;

/** Tells the clients of a session what has changed. */
export class Broadcast {
  /** Those who hear. */
  readonly subscribers: Set<Subscriber> = new Set();
  /** Limits what is on its way to all clients together. */
  readonly undelivered: UndeliveredBytes;
  readonly #options: BroadcastOptions;
  #convergence: Convergence<Target> | undefined;
  readonly #dirty = new DirtyAttributes();
  /** The last event that the snapshot of any client holds. */
  #lastSeqOfSnapshots = 0;

  /** Speaks for a document. */
  constructor(options: BroadcastOptions) {
    this.#options = options;
    this.undelivered = new UndeliveredBytes(this.subscribers, options.undeliveredBytesPerSession);
  }

  /**
   * Sends a batch of changes: to everybody, and to those who caused some of them what others
   * caused.
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
    // Checked before anything is sent: each socket has a copy of its own of what it is to send.
    if (events.some((event) => event.changeSource !== undefined) && !this.#maySend(bytes)) return;
    for (const patch of due) this.#deliver(patch);
    for (const event of events) this.#noteSent(event);
    this.#options.onSent?.(events.length, due.reduce((sum, { clients }) => sum + clients.length, 0));
  }

  #maySend(bytes: number): boolean {
    return this.#options.onSendForClient?.(bytes) ?? true;
  }

  /** Notes that a client is sent the whole document. */
  sentSnapshot(subscriber: Subscriber, mark: SnapshotMark): void {
    this.#options.sync.noteSnapshot(subscriber, mark);
    this.#lastSeqOfSnapshots = Math.max(this.#lastSeqOfSnapshots, mark.seq);
  }

  /** Takes note of what a client has changed itself. */
  clientChanged(subscriber: Subscriber, events: readonly PatchEvent[]): void {
    for (const event of events) {
      if (event.kind === "TitleChanged") this.#converging.changed(subscriber, this.#options.document, "title");
      if (!("attr" in event)) continue;
      const model = this.#options.document.get_model_by_id(event.model.id);
      if (model) this.#converging.changed(subscriber, model, event.attr);
    }
  }

  /**
   * Sees to it that a client gets back the values that it has changed in a patch that was wrong,
   * once it sends no more of them.
   */
  clientFailed(subscriber: Subscriber, events: readonly PatchEvent[]): void {
    for (const event of withoutRepetitions(events).flatMap((event) => this.#undoing(event))) {
      if (event.kind === "TitleChanged") this.#converging.refused(subscriber, this.#options.document, "title");
      else if ("attr" in event) this.#converging.refused(subscriber, event.model, event.attr);
    }
  }

  /** Sends a client that lagged behind the values that it missed. */
  caughtUp(subscriber: Subscriber): void {
    const dirty = this.#dirty.take(subscriber);
    if (dirty.length === 0) return;
    const { document, whenFree } = this.#options;
    whenFree(() => {
      const values = dirty.map(([id, attr]): [Target | null, string] => [document.get_model_by_id(id), attr]);
      this.#sendValues(subscriber, values.filter((value): value is [Target, string] => value[0] !== null));
    });
  }

  /** Tells a client what holds of all that it has changed and was not allowed to. */
  correct(subscriber: Subscriber, events: readonly PatchEvent[]): void {
    const { document, whenFree } = this.#options;
    whenFree(() => {
      if (!this.subscribers.has(subscriber)) return;
      // a client forgets the models of a root that it removes
      const inFull = events.some((event) => event.kind === "RootRemoved");
      const present = withoutRepetitions(events).flatMap((event) => this.#undoing(event));
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

  /** Takes a client out. */
  remove(subscriber: Subscriber): void {
    this.subscribers.delete(subscriber);
    this.#convergence?.forget(subscriber);
    this.#dirty.take(subscriber);
  }

  get #converging(): Convergence<Target> {
    return this.#convergence ??= new Convergence({
      clock: this.#options.clock,
      windowMilliseconds: this.#options.convergenceWindowMilliseconds,
      echo: (client, values) => this.#echo(client, values),
    });
  }

  /**
   * The clients that are sent a patch of their own, since some events are not for them, and those
   * that share one. A client that caused all of the events is sent nothing.
   */
  #split(events: readonly DocumentPatchedEvent[]): { own: Subscriber[]; shared: Subscriber[] } {
    const own: Subscriber[] = [], shared: Subscriber[] = [];
    const mayBeInSnapshots = events.some((event) => event.seq <= this.#lastSeqOfSnapshots);
    for (const subscriber of this.subscribers) {
      if (events.every((event) => isCausedBy(event, subscriber))) continue;
      const isOwn = mayBeInSnapshots || events.some((event) => event.changeSource === subscriber);
      (isOwn ? own : shared).push(subscriber);
    }
    return { own, shared };
  }

  #encode(
    events: readonly DocumentPatchedEvent[],
    audience: Omit<Audience, "clients"> & { clients: readonly Subscriber[] },
  ): Patch {
    const decodesDefinitions = audience.clients.every((client) => client.decodesDefinitions);
    const { events: content, buffers, models } = this.#options.sync.encode(events, {
      ...audience,
      decodesDefinitions,
    });
    // the client that caused all of the events is sent none of them
    const frames = content.length === 0 ? [] : encodeMessage("PATCH-DOC", { events: content }, { buffers });
    return { clients: audience.clients, events: content, buffers, models, frames, bytes: lengthOf(frames) };
  }

  /** Sends a patch to its clients. */
  #deliver(patch: Patch): void {
    for (const subscriber of patch.clients) {
      if (subscriber.lagging) this.#keepBack(subscriber, patch);
      else subscriber.deliver(patch.frames);
    }
    this.#noteModels(patch);
  }

  #noteModels({ models, clients }: Patch): void {
    if (models.size === 0) return;
    const others = [...this.subscribers.difference(new Set(clients))];
    this.#options.sync.noteSent(models, clients, others);
  }

  #keepBack(subscriber: Subscriber, { events, buffers, models }: Patch): void {
    const kept = events.filter((event) => !this.#dirty.add(subscriber, event, models.size > 0));
    if (kept.length > 0) subscriber.deliver(encodeMessage("PATCH-DOC", { events: kept }, { buffers }));
  }

  #noteSent(event: DocumentPatchedEvent): void {
    // whole columns are sent also to the client that has streamed
    const changeSource = "isWhole" in event && event.isWhole ? undefined : event.changeSource;
    if ("attr" in event) this.#converging.sent(event.model, event.attr, changeSource, isWholeValue(event));
    else if (event.kind === "TitleChanged") this.#converging.sent(this.#options.document, "title", event.changeSource);
  }

  #noteEchoed(subscriber: Subscriber, event: DocumentPatchedEvent): void {
    if ("attr" in event) this.#converging.echoed(subscriber, event.model, event.attr);
    else if (event.kind === "TitleChanged") this.#converging.echoed(subscriber, this.#options.document, "title");
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
    const present = values.map(([target, attr]) => this.#present(target, attr));
    const patch = this.#encode(present, { clients: [subscriber], for: subscriber });
    if (patch.events.length === 0 || !subscriber.maySend(patch.bytes)) return;
    subscriber.deliver(patch.frames);
    this.#noteModels(patch);
    for (const event of present) this.#noteEchoed(subscriber, event);
  }

  // what makes of a client's change what it was before
  #undoing(event: PatchEvent): DocumentPatchedEvent[] {
    const { document } = this.#options;
    if (event.kind === "TitleChanged") return [this.#present(document, "title")];
    if (event.kind === "MessageSent" || event.kind === "RootAdded") return [];
    const model = document.get_model_by_id(event.model.id);
    if (model === null) return [];
    if (event.kind === "RootRemoved") {
      return document.roots.includes(model) ? [{ kind: "RootAdded", seq: NOW, model }] : [];
    }
    const property = model.spec.property(event.attr);
    const isUnset = property === undefined || property.required && model.rawValue(event.attr) === undefined;
    return isUnset ? [] : [this.#present(model, event.attr)];
  }

  // an event that says what is so now
  #present(target: Target, attr: string): DocumentPatchedEvent {
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
 * The events without those whose target an earlier one has: an attribute's current value is sent
 * once, however many changes were refused.
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
 * Returns the clients that decode definitions of classes, and those that do not, without an empty
 * group.
 */
function groupsOf(clients: readonly Subscriber[]): Subscriber[][] {
  return [...Map.groupBy(clients, ({ decodesDefinitions }) => decodesDefinitions).values()];
}

/**
 * Whether an event tells a client nothing because it has made the change itself. Whole columns are
 * sent also to the client that has streamed.
 */
function isCausedBy(event: DocumentPatchedEvent, subscriber: Subscriber): boolean {
  return event.changeSource === subscriber && !("isWhole" in event && event.isWhole);
}

/** Whether an event replaces the value of an attribute, instead of changing a part of it. */
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
