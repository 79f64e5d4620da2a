import type { DocumentPatchedEvent, ModelChangedEvent } from "../document/events.ts";
import type { Document } from "../document/document.ts";
import { encodeMessage } from "../protocol/encode.ts";
import type { Frame, WireBuffer } from "../protocol/message.ts";
import type { PatchEvent } from "../protocol/patch.ts";
import type { Clock } from "./clock.ts";
import { Convergence } from "./convergence.ts";
import { StaleValues } from "./stale_values.ts";
import type { Subscriber } from "./subscriber.ts";

/** Options of {@linkcode Broadcast}. */
export interface BroadcastOptions {
  document: Document;
  clock: Clock;
  /** Runs a function when nobody else is at work on the document, and sends what is due before it. */
  whenFree: (fn: () => void) => void;
  /** Hears of each patch that was sent. */
  onSent?: (events: number, subscribers: number) => void;
  /** Receives the number of bytes that were sent to clients, to all together, because of what one of them sent. */
  onSentForClient?: (bytes: number) => void;
  /** See {@linkcode Convergence}. */
  convergenceWindowMilliseconds?: number | undefined;
}

/** What one audience is sent: encoded once, the same frames for all who hear it. */
interface Patch {
  events: PatchEvent[];
  buffers: WireBuffer[];
  frames: Frame[];
  bytes: number;
}

type Model = ModelChangedEvent["model"];
type Target = Model | Document;

/** Tells the clients of a session what has changed. */
export class Broadcast {
  /** Those who hear. */
  readonly subscribers: Set<Subscriber> = new Set();
  readonly #options: BroadcastOptions;
  #convergence: Convergence<Target> | undefined;
  readonly #stale = new StaleValues();

  /** Speaks for a document. */
  constructor(options: BroadcastOptions) {
    this.#options = options;
  }

  /** Sends a batch of changes: to everybody, and to those who caused some of them what others caused. */
  send(events: readonly DocumentPatchedEvent[]): void {
    if (this.subscribers.size === 0) return;
    let forOthers: Patch | undefined;
    let heard = 0;
    let bytes = 0;
    for (const subscriber of this.subscribers) {
      const caused = events.some((event) => event.origin === subscriber);
      const patch = caused ? this.#encode(events, subscriber) : (forOthers ??= this.#encode(events, undefined));
      if (patch.events.length === 0) continue;
      heard++;
      bytes += patch.bytes;
      if (subscriber.lagging) this.#keepBack(subscriber, patch);
      else subscriber.deliver(patch.frames);
    }
    if (heard === 0) return;
    for (const event of events) this.#noteSent(event);
    this.#options.onSent?.(events.length, heard);
    if (events.some((event) => event.origin !== undefined)) this.#options.onSentForClient?.(bytes);
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

  /** Sends a client that lagged behind the values that it missed. */
  caughtUp(subscriber: Subscriber): void {
    const stale = this.#stale.take(subscriber);
    if (stale.length === 0) return;
    const { document, whenFree } = this.#options;
    whenFree(() => {
      const values = stale.map(([id, attr]): [Target | null, string] => [document.get_model_by_id(id), attr]);
      this.#sendValues(subscriber, values.filter((value): value is [Target, string] => value[0] !== null));
    });
  }

  /** Tells a client what holds of all that it has changed and was not allowed to. */
  correct(subscriber: Subscriber, events: readonly PatchEvent[]): void {
    const { document, whenFree } = this.#options;
    whenFree(() => {
      if (!this.subscribers.has(subscriber)) return;
      const patch = this.#encode(withoutRepetitions(events).flatMap((event) => this.#undoing(event)), subscriber);
      const added = events.filter((event) => event.kind === "RootAdded").map(({ model }) => idOf(model));
      const removals: PatchEvent[] = added.filter((id) => id !== undefined && document.get_model_by_id(id) === null)
        .map((id) => ({ kind: "RootRemoved", model: { id: id! } }));
      const all = [...removals, ...patch.events];
      if (all.length === 0) return;
      subscriber.deliver(encodeMessage("PATCH-DOC", { events: all }, { buffers: patch.buffers }));
      this.#options.onSentForClient?.(patch.bytes);
    });
  }

  /** Takes a client out. */
  remove(subscriber: Subscriber): void {
    this.subscribers.delete(subscriber);
    this.#convergence?.forget(subscriber);
    this.#stale.take(subscriber);
  }

  get #converging(): Convergence<Target> {
    return this.#convergence ??= new Convergence({
      clock: this.#options.clock,
      windowMilliseconds: this.#options.convergenceWindowMilliseconds,
      echo: (client, values) => this.#echo(client, values),
    });
  }

  #encode(events: readonly DocumentPatchedEvent[], audience: Subscriber | undefined): Patch {
    const encoded = this.#options.document.encode(events, { for: audience });
    const frames = encodeMessage("PATCH-DOC", { events: encoded.events }, { buffers: encoded.buffers });
    return { ...encoded, frames, bytes: frames.reduce((sum, frame) => sum + frame.length, 0) };
  }

  #keepBack(subscriber: Subscriber, { events, buffers }: Patch): void {
    const kept = events.filter((event) => !this.#stale.add(subscriber, event));
    if (kept.length > 0) subscriber.deliver(encodeMessage("PATCH-DOC", { events: kept }, { buffers }));
  }

  #noteSent(event: DocumentPatchedEvent): void {
    if ("attr" in event) this.#converging.sent(event.model, event.attr, event.origin);
    else if (event.kind === "TitleChanged") this.#converging.sent(this.#options.document, "title", event.origin);
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
    const patch = this.#encode(values.map(([target, attr]) => this.#present(target, attr)), subscriber);
    if (patch.events.length === 0) return;
    subscriber.deliver(patch.frames);
    this.#options.onSentForClient?.(patch.bytes);
    for (const [target, attr] of values) this.#converging.echoed(subscriber, target, attr);
  }

  // what makes of a client's change what it was before
  #undoing(event: PatchEvent): DocumentPatchedEvent[] {
    const { document } = this.#options;
    if (event.kind === "TitleChanged") return [this.#present(document, "title")];
    if (event.kind === "MessageSent" || event.kind === "RootAdded") return [];
    const model = document.get_model_by_id(event.model.id);
    if (model === null) return [];
    // seq 0: as for one who knows of no model, so that it is written in full
    if (event.kind === "RootRemoved") {
      return document.roots.includes(model) ? [{ kind: "RootAdded", seq: 0, model }] : [];
    }
    return model.spec.property(event.attr) === undefined ? [] : [this.#present(model, event.attr)];
  }

  // an event that says what is so now; every model that was sent before is known
  #present(target: Target, attr: string): DocumentPatchedEvent {
    const { document } = this.#options;
    const seq = Number.MAX_SAFE_INTEGER;
    if (target === document) return { kind: "TitleChanged", seq, title: document.title };
    const model = target as Model;
    const value = model.get(attr);
    if (attr === "data" && model.isA("ColumnDataSource")) {
      return { kind: "ColumnDataChanged", seq, model, attr, cols: null, data: value };
    }
    return { kind: "ModelChanged", seq, model, attr, old: value, new: value };
  }
}

/** The events without those whose target an earlier one has: an attribute's current value is sent once, however many changes were refused. */
function withoutRepetitions(events: readonly PatchEvent[]): PatchEvent[] {
  const targets = new Set<string>();
  return events.filter((event) => {
    const id = "model" in event ? idOf(event.model) : undefined;
    const target = JSON.stringify("attr" in event ? ["attr", id, event.attr] : [event.kind, id]);
    return targets.size < targets.add(target).size;
  });
}

function idOf(model: unknown): string | undefined {
  const id = typeof model === "object" && model !== null && "id" in model ? model.id : undefined;
  return typeof id === "string" ? id : undefined;
}
