/**
 * The client of a test: a document as a browser has it, and the actions of a user.
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
import type { TestLocation } from "./test_location.ts";
import { TestPage } from "./test_page.ts";
import { clickOf, readChosenFiles } from "./user_actions.ts";

/** An event of a patch in its wire format. Which fields it has depends on its kind. */
export interface TestPatchEvent {
  /** Kind of the event, for example `ModelChanged` or `ColumnsStreamed`. */
  readonly kind: string;
  /** The changed model as `{id}`, or the whole definition of a new root. */
  readonly model?: unknown;
  /** Name of the changed attribute. */
  readonly attr?: string;
  /** New value of the attribute. */
  readonly new?: unknown;
  /** New columns, or added rows. */
  readonly data?: unknown;
  /** Replaced parts of columns. */
  readonly patches?: unknown;
  /** New title of the document. */
  readonly title?: string;
  /** Type of a message. That of model events is `bokeh_event`. */
  readonly msg_type?: string;
  /** Content of a message. */
  readonly msg_data?: unknown;
}

/** Patches between a client and the server, each as its list of events. */
export interface TestPatches {
  /** From the client to the server. */
  readonly sent: TestPatchEvent[][];
  /** From the server to the client. */
  readonly received: TestPatchEvent[][];
}

/** Options of {@linkcode TestClient}. */
export interface TestClientOptions {
  /** Id of the session. */
  id: string;
  /** Path and query of the page. */
  url: string;
  /** Transport to the session. */
  transport: Transport;
  /** Clock of the application under test. */
  clock: Clock;
  /** Receives errors of the client and those that the server reports. */
  onError: (error: unknown) => void;
  /** Waits until all sessions have settled. */
  settled: () => Promise<void>;
  /** Requests a URL of the session's files. */
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
}

/**
 * A client of a session, which stands for a browser. `openSession` and `connect()` of a session
 * create it.
 *
 * The methods `set`, `click`, `upload`, `event` and `message` act as a user or as the page's code
 * does, and resolve when the session has settled.
 */
export class TestClient implements AsyncDisposable {
  /** The client's document, which the protocol keeps equal to the server's. */
  readonly doc: Document;
  /** The patches since the document was pulled. */
  readonly patches: TestPatches = { sent: [], received: [] };
  /** What the client's page shows besides the document. */
  readonly page: TestPage;
  readonly #sync: DocumentSync;
  readonly #session: ClientSession;
  readonly #options: TestClientOptions;
  /** Stands for the user as the source of changes. Users may set attributes that code may not. */
  readonly #user: object = {};

  /** Creates a client that is not connected. Prefer `openSession` and `connect()` of a session. */
  constructor(options: TestClientOptions) {
    this.#options = options;
    this.doc = clientDocument();
    this.page = new TestPage({ doc: this.doc, url: options.url, settled: options.settled });
    this.#sync = syncOf(this.doc);
    this.#sync.ignoresLateReferences = false;
    this.#session = new ClientSession({
      id: options.id,
      document: this.doc,
      transport: options.transport,
      clock: options.clock,
      // Browsers have no limit, and the server is in this process.
      maxMessageBytes: Number.MAX_SAFE_INTEGER,
      reconnect: { attempts: 1, firstMilliseconds: 0 },
      pullsAfterWrongPatch: false,
      onError: options.onError,
      onPatch: (direction, events) => this.patches[direction].push(events),
    });
  }

  /** URL and history of the client's page. */
  get location(): TestLocation {
    return this.page.location;
  }

  /** Id of the session. */
  get id(): string {
    return this.#session.id;
  }

  /** Whether the client is connected. */
  get connected(): boolean {
    return this.#session.connected;
  }

  /** Connects to the session and pulls the document. */
  async open(): Promise<void> {
    await this.#session.connect();
    await this.#session.pull();
  }

  /** Waits until the server has replied to all changes. Errors go to the option `onError` only. */
  async answered(): Promise<void> {
    await this.#session.flushed().catch(() => {});
  }

  /**
   * Sets an attribute as a user does. Also sets attributes that are read-only for code, as the
   * value of a `FileInput`, and the throttled attribute that belongs to it, as `value_throttled`.
   * Resolves when the session has settled.
   *
   * @throws {TypeError} If the value does not fit the attribute.
   * @throws {Error} If the model does not belong to this client's document.
   */
  async set<M extends Model, K extends PropertyName<M>>(model: M, attr: K, value: M["$props"][K]): Promise<void> {
    this.#requireOwn(model, "set");
    model.setv(attr, value, { changeSource: this.#user });
    const throttled = `${attr}_throttled`;
    if (model.spec.property(throttled) !== undefined) model.setv(throttled, value, { changeSource: this.#user });
    await this.settled();
  }

  /**
   * Clicks a button, a switch, or an item of a group or a menu. Resolves when the session has
   * settled.
   *
   * @param item Index or label of a group's button, or index, label or value of a menu's item.
   * @throws {TypeError} If a click on the model has no effect.
   * @throws {RangeError} If the group or menu has no such item.
   * @throws {Error} If the model is disabled, or does not belong to this client's document.
   */
  async click(model: Model, item?: number | string): Promise<void> {
    this.#requireOwn(model, "click");
    if (model.spec.property("disabled") !== undefined && model.get("disabled") === true) {
      throw new Error(`Cannot click ${model}: it is disabled`);
    }
    const { active, event } = clickOf(model, item);
    if (active !== undefined) model.setv("active", active, { changeSource: this.#user });
    if (event !== undefined) await this.event(event);
    else await this.settled();
  }

  /**
   * Chooses files in a `FileInput`. As in a browser, `value` changes before `filename` and
   * `mime_type`, and an event follows. Resolves when the session has settled.
   *
   * @param files The files. None clears the input.
   * @throws {RangeError} If there are several files and the input accepts one.
   */
  async upload(input: FileInput, ...files: File[]): Promise<void> {
    this.#requireOwn(input, "upload to");
    const { value, filename, mime_type } = await readChosenFiles(input, files);
    for (const [attr, now] of Object.entries({ value, filename, mime_type })) {
      input.setv(attr, now, { changeSource: this.#user });
      await this.answered();
    }
    await this.event(new FileInputChange({ model: input, value, filename, mime_type }));
  }

  /**
   * Requests a URL of the session's files, as code of the page does. Resolves with the response
   * when the session has settled.
   *
   * @param url A URL that `acceptUploads` or `offerDownload` has returned. A query may follow it.
   */
  async fetch(url: string, init?: RequestInit): Promise<Response> {
    return await this.#options.fetch(url, init);
  }

  /**
   * Sends an event of a model or of the document. As in a browser, events of models are sent only
   * if the application has subscribed to them. Resolves when the session has settled.
   */
  async event(event: BokehEvent): Promise<void> {
    if (event instanceof ModelEvent && event.model !== null) {
      this.#requireOwn(event.model, `send ${event.event_name} of`);
      if (!new Set(event.model.subscribed_events).has(event.event_name)) return await this.settled();
    }
    this.#sync.sendEvent(event);
    await this.settled();
  }

  /**
   * Sends a message of a type that the application has chosen. Its `on_message` callbacks receive
   * the message. Resolves when the session has settled.
   *
   * @param data Content of the message. The default is null.
   */
  async message(type: string, data: unknown = null): Promise<void> {
    this.doc.send_message(type, data);
    await this.settled();
  }

  /**
   * Waits until all sessions have settled: no message is on its way, and no callback is running,
   * asynchronous callbacks and next-tick callbacks included. Timeouts and periodic callbacks run
   * only when the test advances the clock.
   *
   * @throws The errors of the application that the test has not read.
   */
  async settled(): Promise<void> {
    await this.#options.settled();
  }

  /**
   * Closes the connection, as closing the browser's tab does, and waits until the session has
   * settled.
   */
  async disconnect(): Promise<void> {
    await this.close();
    await this.settled();
  }

  /** Closes the connection. */
  async close(): Promise<void> {
    await this.#session.close();
  }

  /** Calls {@linkcode TestClient.close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #requireOwn(model: Model, action: string): void {
    if (model === null || model === undefined) throw new TypeError(`Cannot ${action} ${model}: there is no such model`);
    if (model.document === this.doc) return;
    throw new Error(`Cannot ${action} ${model}: it is not a model of this client's doc`);
  }
}
