/**
 * BokehJS from the npm package in this process, without a browser: its documents and how it applies patches.
 *
 * @module
 */

import { DEFAULT_LIMITS } from "../../common/limits.ts";
import { MessageDecoder } from "../../protocol/decoder.ts";
import { encodeMessage } from "../../protocol/encode.ts";
import type { DocJson, Frame, Message } from "../../protocol/message.ts";
import { SERVER_MESSAGE_TYPES } from "../../protocol/message_types.ts";
import type { PatchEvent } from "../../protocol/patch.ts";
import { Connection } from "../../session/connection/connection.ts";
import type { Session } from "../../session/session.ts";
import { installStubDom } from "../../cli/extensions/stub_dom.ts";

type Buffers = Map<string, ArrayBuffer>;

/** A column in BokehJS. */
export type BokehjsColumn = ArrayLike<unknown> & { readonly shape?: readonly number[] };

/** A model in BokehJS. */
export interface BokehjsModel {
  readonly id: string;
  readonly type: string;
  data: Record<string, BokehjsColumn>;
  setv(values: Record<string, unknown>): void;
  stream(data: Record<string, unknown>, rollover?: number | null): void;
  patch(patches: Record<string, [unknown, unknown][]>): void;
}

/** A document in BokehJS. */
export interface BokehjsDocument {
  _recompute_timeout: number;
  roots(): BokehjsModel[];
  title(): string;
  add_root(model: BokehjsModel): void;
  remove_root(model: BokehjsModel): void;
  get_model_by_id(id: string): BokehjsModel | null;
  get_model_by_name(name: string): BokehjsModel | null;
  on_message(type: string, callback: (data: unknown) => void): void;
  on_change(callback: (event: { sync: boolean; events?: { sync: boolean }[] }) => void, allowBatches: boolean): void;
  create_json_patch(events: unknown[]): { events: PatchEvent[] };
  apply_json_patch(patch: { events: PatchEvent[] }, buffers: Buffers): void;
  replace_with_json(doc: DocJson, buffers: Buffers): void;
}

interface Bokehjs {
  require(module: "document"): {
    Document: { from_json(doc: DocJson, events: undefined, buffers: Buffers): BokehjsDocument };
  };
  logger: { set_level(level: string): void };
}

/** Loads BokehJS and its widgets. */
async function loadBokehjs(): Promise<Bokehjs> {
  installStubDom();
  const { default: bokeh } = await import("@bokeh/bokehjs/build/js/bokeh.esm.min.js");
  await import("@bokeh/bokehjs/build/js/bokeh-widgets.esm.min.js");
  return bokeh;
}

const bokehjs = await loadBokehjs();

/** Creates a document in BokehJS. It removes unreferenced models at once; in a page that takes up to 30 seconds. */
export function bokehjsDocument(doc: DocJson, buffers: ReadonlyMap<string, Uint8Array> = new Map()): BokehjsDocument {
  const { Document } = bokehjs.require("document");
  // BokehJS warns about documents of another version.
  const { version: _version, ...content } = doc;
  const document = Document.from_json({ version: "3.10.0", ...content }, undefined, ownBuffers(buffers));
  document._recompute_timeout = 0;
  return document;
}

/** Copies the buffers of a message into the type that BokehJS expects. */
export function ownBuffers(buffers: ReadonlyMap<string, Uint8Array>): Buffers {
  return new Map([...buffers].map(([id, data]) => [id, data.slice().buffer]));
}

/** A client with BokehJS that is connected to a session. Messages wait until the test delivers them. */
export class BokehjsPage {
  /** Errors that BokehJS threw while it applied patches. */
  readonly errors: unknown[] = [];
  /** Texts of the ERROR messages received. */
  readonly rejections: string[] = [];
  #document: BokehjsDocument | undefined;
  readonly #connection: Connection;
  readonly #decoder = new MessageDecoder(DEFAULT_LIMITS, SERVER_MESSAGE_TYPES);
  readonly #fromServer: Message[] = [];
  readonly #fromClient: Frame[][] = [];

  /** Opens a connection to a session without pulling the document. */
  constructor(session: Session) {
    this.#connection = new Connection(session, {
      bufferedAmount: 0,
      send: (frame) => {
        const message = this.#decoder.push(typeof frame === "string" ? frame : frame.slice());
        if (message !== undefined) this.#fromServer.push(message);
      },
      close: () => {},
    }, { limits: DEFAULT_LIMITS, decodesDefinitions: true });
  }

  /** Connects a client to a session and pulls the document. */
  static open(session: Session): BokehjsPage {
    const page = new BokehjsPage(session);
    page.pull();
    return page;
  }

  /** The document. */
  get document(): BokehjsDocument {
    if (this.#document === undefined) throw new Error("Cannot use the document: it was not pulled");
    return this.#document;
  }

  /** Whether no message waits for delivery. */
  get isQuiet(): boolean {
    return this.#fromServer.length === 0 && this.#fromClient.length === 0;
  }

  /** Returns the model with a name. */
  model(name: string): BokehjsModel {
    const model = this.document.get_model_by_name(name);
    if (model === null) throw new Error(`Cannot find the model named ${name}`);
    return model;
  }

  /** Pulls the document at once. */
  pull(): void {
    this.#fromClient.push(encodeMessage("PULL-DOC-REQ", {}));
    this.deliverToServer();
    this.deliverToPage();
  }

  /** Delivers the messages of the client, or the first `most` of them. */
  deliverToServer(most = Infinity): void {
    for (const frames of this.#fromClient.splice(0, most)) for (const frame of frames) this.#connection.receive(frame);
  }

  /** Delivers the messages of the server, or the first `most` of them. */
  deliverToPage(most = Infinity): void {
    for (const message of this.#fromServer.splice(0, most)) this.#receive(message);
  }

  /** Closes the connection. */
  close(): void {
    this.#connection.closed(1000, "");
  }

  #receive(message: Message): void {
    if (message.type === "PULL-DOC-REPLY") this.#load(message.content.doc, message.buffers);
    else if (message.type === "ERROR") this.rejections.push(message.content.text);
    else if (message.type === "PATCH-DOC" && this.#document !== undefined) {
      try {
        this.#document.apply_json_patch(message.content, ownBuffers(message.buffers));
      } catch (error) {
        this.errors.push(error);
      }
    }
  }

  #load(doc: DocJson, buffers: ReadonlyMap<string, Uint8Array>): void {
    if (this.#document !== undefined) return this.#document.replace_with_json(doc, ownBuffers(buffers));
    const document = this.#document = bokehjsDocument(doc, buffers);
    document.on_change((event) => {
      const events = (event.events ?? [event]).filter(({ sync }) => sync);
      if (events.length > 0) this.#send(document.create_json_patch(events));
    }, true);
  }

  #send(patch: { events: PatchEvent[] }): void {
    const buffers: { id: string; data: Uint8Array }[] = [];
    const content = JSON.stringify(patch, (_key, value) => {
      if (!isBokehjsBuffer(value)) return value;
      const id = `c${buffers.length}`;
      buffers.push({ id, data: new Uint8Array(value.buffer) });
      return { id };
    });
    this.#fromClient.push(encodeMessage("PATCH-DOC", content, { buffers }));
  }
}

/** Returns whether a value is BokehJS's wrapper of the bytes of an array. */
function isBokehjsBuffer(value: unknown): value is { buffer: ArrayBuffer } {
  return typeof value === "object" && value !== null && "buffer" in value && value.buffer instanceof ArrayBuffer;
}
