/**
 * A browser in a test: a second document, and what a person does with it.
 *
 * @module
 */

import { clientDocument, ClientSession } from "../client/client_session.ts";
import type { Transport } from "../client/transport.ts";
import type { Document } from "../document/document.ts";
import { type DocumentSync, syncOf } from "../document/document_sync.ts";
import { type BokehEvent, FileInputChange, ModelEvent } from "../models/events.ts";
import type { FileInput } from "../models/mod.ts";
import type { Model } from "../models/base/model.ts";
import type { PropertyName } from "../models/base/model_types.ts";
import type { Clock } from "../common/clock.ts";
import { chosenFiles } from "./chosen_files.ts";
import { clickOf } from "./clicks.ts";

/** One event of a patch as it stood on the wire; which fields it has depends on its kind. */
export interface TestPatchEvent {
  /** What happened, as `ModelChanged` or `ColumnsStreamed`. */
  readonly kind: string;
  /** The model, by its id; of a new root all that is sent of it. */
  readonly model?: unknown;
  /** The attribute. */
  readonly attr?: string;
  /** The attribute's new value, as it is written on the wire. */
  readonly new?: unknown;
  /** Columns that are new, or rows that were added. */
  readonly data?: unknown;
  /** Places of columns that were overwritten. */
  readonly patches?: unknown;
  /** The title of the document. */
  readonly title?: string;
  /** The type of a message; `bokeh_event` for events of models. */
  readonly msg_type?: string;
  /** The content of a message. */
  readonly msg_data?: unknown;
}

/** Patches that crossed, each as its list of events. */
export interface TestPatches {
  /** From the client to the server. */
  readonly sent: TestPatchEvent[][];
  /** From the server to the client. */
  readonly received: TestPatchEvent[][];
}

/** What a client needs of the application under test. */
export interface TestClientOptions {
  /** Id of the session. */
  id: string;
  /** The way to it. */
  transport: Transport;
  /** The clock of its timeouts. */
  clock: Clock;
  /** Takes what has gone wrong. */
  onError: (error: unknown) => void;
  /** Waits until everything has crossed. */
  settled: () => Promise<void>;
  /** Asks for a URL of the application's files. */
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
}

/** One browser that looks at a session. */
export class TestClient implements AsyncDisposable {
  /** What the browser sees: a second document, kept in step over the protocol. */
  readonly doc: Document;
  /** The patches that crossed since the document was pulled. */
  readonly patches: TestPatches = { sent: [], received: [] };
  readonly #sync: DocumentSync;
  readonly #session: ClientSession;
  readonly #options: TestClientOptions;
  /** A person: who may also change what code may not. */
  readonly #person: object = {};

  /** Makes a client that is not connected; `openSession` and `connect` make those that are. */
  constructor(options: TestClientOptions) {
    this.#options = options;
    this.doc = clientDocument();
    this.#sync = syncOf(this.doc);
    this.#sync.ignoresLateReferences = false;
    this.#session = new ClientSession({
      id: options.id,
      document: this.doc,
      transport: options.transport,
      clock: options.clock,
      reconnect: false,
      pullsAfterWrongPatch: false,
      onError: options.onError,
      onPatch: (direction, events) => this.patches[direction].push(events),
    });
  }

  /** Id of the session. */
  get id(): string {
    return this.#session.id;
  }

  /** Whether the browser is connected. */
  get connected(): boolean {
    return this.#session.connected;
  }

  /** Connects and pulls the document. */
  async open(): Promise<void> {
    await this.#session.connect();
    await this.#session.pull();
  }

  /** Waits until the server has answered everything; errors go to the application under test. */
  async answered(): Promise<void> {
    await this.#session.flushed().catch(() => {});
  }

  /**
   * Sets an attribute as a person does: also one that only browsers set, as the value of a `FileInput`, and with it the
   * throttled one that goes with it, as `value_throttled`. Resolves when everything has crossed.
   */
  async set<M extends Model, K extends PropertyName<M>>(model: M, attr: K, value: M["$props"][K]): Promise<void> {
    this.#requireMine(model, "set");
    model.setv(attr, value, { changeSource: this.#person });
    const throttled = `${attr}_throttled`;
    if (model.spec.property(throttled) !== undefined) model.setv(throttled, value, { changeSource: this.#person });
    await this.settled();
  }

  /**
   * Clicks a button, a switch, or an item of a group or a menu. Resolves when everything has crossed.
   *
   * @param item The index or the label of a group's button or a menu's item, or the item's value.
   */
  async click(model: Model, item?: number | string): Promise<void> {
    this.#requireMine(model, "click");
    if (model.spec.property("disabled") !== undefined && model.get("disabled") === true) {
      throw new Error(`Cannot click ${model}: it is disabled`);
    }
    const { active, event } = clickOf(model, item);
    if (active !== undefined) model.setv("active", active, { changeSource: this.#person });
    if (event !== undefined) await this.event(event);
    else await this.settled();
  }

  /**
   * Chooses files in a `FileInput`, or none: as in a browser its `value` is there before its `filename` and `mime_type` are. Resolves when everything
   * has crossed.
   */
  async upload(input: FileInput, ...files: File[]): Promise<void> {
    this.#requireMine(input, "upload to");
    const { value, filename, mime_type } = await chosenFiles(input, files);
    for (const [attr, now] of Object.entries({ value, filename, mime_type })) {
      input.setv(attr, now, { changeSource: this.#person });
      await this.answered();
    }
    await this.event(new FileInputChange({ model: input, value, filename, mime_type }));
  }

  /**
   * Asks for a URL that the application has made for its files, as the page's code does. Resolves when what comes of it has crossed.
   *
   * @param url What `acceptUploads` or `offerDownload` answered, perhaps with a query.
   */
  async fetch(url: string, init?: RequestInit): Promise<Response> {
    return await this.#options.fetch(url, init);
  }

  /** Lets an event happen. As in a browser, the server hears of it only if it listens. Resolves when everything has crossed. */
  async event(event: BokehEvent): Promise<void> {
    if (event instanceof ModelEvent && event.model !== null) {
      this.#requireMine(event.model, `send ${event.event_name} of`);
      if (!new Set(event.model.subscribed_events).has(event.event_name)) return await this.settled();
    }
    this.#sync.sendEvent(event);
    await this.settled();
  }

  /** Sends a message of the application's own. Resolves when everything has crossed. */
  async message(type: string, data: unknown = null): Promise<void> {
    this.doc.send_message(type, data);
    await this.settled();
  }

  /**
   * Resolves when everything has crossed both ways, with all that async callbacks do under the document's lock and with
   * next-tick callbacks; not with timeouts and periodic callbacks, for which the clock has to go on.
   *
   * @throws What the application threw meanwhile.
   */
  async settled(): Promise<void> {
    await this.#options.settled();
  }

  /** Closes the browser's tab, and waits for what the server makes of it. */
  async disconnect(): Promise<void> {
    await this.close();
    await this.settled();
  }

  /** Closes the browser's tab. */
  async close(): Promise<void> {
    await this.#session.close();
  }

  /** As {@linkcode TestClient.close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #requireMine(model: Model, what: string): void {
    if (model === null || model === undefined) throw new TypeError(`Cannot ${what} ${model}: there is no such model`);
    if (model.document === this.doc) return;
    throw new Error(`Cannot ${what} ${model}: it is not of this client, take it from its doc`);
  }
}
