/**
 * The real BokehJS of the npm package in this process, without a screen: its documents, and how it applies patches.
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
import { installStubDom } from "../../tools/generate_models/stub_dom.ts";

type Buffers = Map<string, ArrayBuffer>;

/** A column as BokehJS holds it. */
export type BokehjsColumn = ArrayLike<unknown> & { readonly shape?: readonly number[] };

/** A model of BokehJS. */
export interface BokehjsModel {
  readonly id: string;
  readonly type: string;
  data: Record<string, BokehjsColumn>;
  setv(values: Record<string, unknown>): void;
  stream(data: Record<string, unknown>, rollover?: number | null): void;
  patch(patches: Record<string, [unknown, unknown][]>): void;
}

/** A document of BokehJS. */
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

/** Loads BokehJS with its widgets. */
async function loadBokehjs(): Promise<Bokehjs> {
  installStubDom();
  const { default: bokeh } = await import("@bokeh/bokehjs/build/js/bokeh.esm.min.js");
  await import("@bokeh/bokehjs/build/js/bokeh-widgets.esm.min.js");
  return bokeh;
}

const bokehjs = await loadBokehjs();

/** Makes a document of BokehJS. It forgets models as soon as nothing refers to them, where a page takes up to 30 seconds. */
export function bokehjsDocument(doc: DocJson, buffers: ReadonlyMap<string, Uint8Array> = new Map()): BokehjsDocument {
  const { Document } = bokehjs.require("document");
  // the version of BokehJS is not what is tested, and another one is warned of
  const { version: _version, ...content } = doc;
  const document = Document.from_json({ version: "3.10.0", ...content }, undefined, ownBuffers(buffers));
  document._recompute_timeout = 0;
  return document;
}

/** The buffers of a message as BokehJS takes them. */
export function ownBuffers(buffers: ReadonlyMap<string, Uint8Array>): Buffers {
  return new Map([...buffers].map(([id, data]) => [id, data.slice().buffer]));
}

/** A page of BokehJS that is connected to a session. What goes over the wire waits until the test passes it on. */
export class BokehjsPage {
  /** What BokehJS threw while it applied patches. */
  readonly errors: unknown[] = [];
  /** The texts of the ERROR messages that came. */
  readonly rejections: string[] = [];
  #document: BokehjsDocument | undefined;
  readonly #connection: Connection;
  readonly #decoder = new MessageDecoder(DEFAULT_LIMITS, SERVER_MESSAGE_TYPES);
  readonly #arriving: Message[] = [];
  readonly #leaving: Frame[][] = [];

  /** Opens a connection to a session, and does not pull yet. */
  constructor(session: Session) {
    this.#connection = new Connection(session, {
      bufferedAmount: 0,
      send: (frame) => {
        const message = this.#decoder.push(typeof frame === "string" ? frame : frame.slice());
        if (message !== undefined) this.#arriving.push(message);
      },
      close: () => {},
    }, { limits: DEFAULT_LIMITS, decodesDefinitions: true });
  }

  /** Connects a page to a session and pulls the document. */
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

  /** Whether nothing is on its way. */
  get isQuiet(): boolean {
    return this.#arriving.length === 0 && this.#leaving.length === 0;
  }

  /** A model of the page by its name. */
  model(name: string): BokehjsModel {
    const model = this.document.get_model_by_name(name);
    if (model === null) throw new Error(`Cannot find the model named ${name}`);
    return model;
  }

  /** Pulls the document at once. */
  pull(): void {
    this.#leaving.push(encodeMessage("PULL-DOC-REQ", {}));
    this.deliverToServer();
    this.deliverToPage();
  }

  /** Passes on what the page has sent, or the first messages of it. */
  deliverToServer(most = Infinity): void {
    for (const frames of this.#leaving.splice(0, most)) for (const frame of frames) this.#connection.receive(frame);
  }

  /** Passes on what the server has sent, or the first messages of it. */
  deliverToPage(most = Infinity): void {
    for (const message of this.#arriving.splice(0, most)) this.#take(message);
  }

  /** Closes the connection. */
  close(): void {
    this.#connection.closed(1000, "");
  }

  #take(message: Message): void {
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
    this.#leaving.push(encodeMessage("PATCH-DOC", content, { buffers }));
  }
}

/** Whether a value is what BokehJS wraps the bytes of arrays in. */
function isBokehjsBuffer(value: unknown): value is { buffer: ArrayBuffer } {
  return typeof value === "object" && value !== null && "buffer" in value && value.buffer instanceof ArrayBuffer;
}
