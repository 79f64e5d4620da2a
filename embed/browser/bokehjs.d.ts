/** The part of BokehJS that the scripts of pages use. */

/**
 * A connection of BokehJS to a server. The names of its internal methods begin with an underscore.
 */
interface BokehConnection {
  /** URL of the websocket. */
  url: string;
  token: string;
  socket: WebSocket | null;
  session: BokehSession | null;
  closed_permanently: boolean;
  _receiver: object;
  connect(): Promise<BokehSession>;
  _try_reconnect(force?: boolean): void;
  _schedule_reconnect(milliseconds?: number): void;
  _on_close(event: CloseEvent, reject: (error: Error) => void): void;
  _awaiting_ack_handler(
    message: BokehMessage,
    resolve: (session: BokehSession) => void,
    reject: (error: Error) => void,
  ): void;
  _repull_session_doc(resolve: (session: BokehSession) => void, reject: (error: unknown) => void): Promise<void>;
  _pull_doc_json(): Promise<{ doc_json: BokehDocumentJson; buffers: Map<string, ArrayBuffer> }>;
  send(message: BokehMessage): void;
  /** Closes the connection permanently. */
  close(): void;
  /**
   * Marks a connection whose first attempt is the only one, a class that has been changed, or the
   * prefix of the parameters of a URL.
   */
  [mark: symbol]: boolean | string;
}

interface BokehMessage {
  header: { session?: string };
  /** Content of the message; `text` is of ERROR. */
  content: { text: string };
  msgid(): string;
  msgtype(): string;
  reqid(): string;
}

interface BokehSession {
  document: BokehPageDocument;
  _connection: BokehConnection;
  _handle_ok(message: BokehMessage): void;
  _handle_error(message: BokehMessage): void;
  _document_changed(event: BokehDocumentEvent): void;
  close(): void;
}

/** A document as it is on the wire. */
interface BokehDocumentJson {
  title: string;
  roots: unknown[];
  config: unknown;
  callbacks?: unknown;
  /** Definitions of classes. */
  defs?: { name: string }[];
}

interface BokehPageDocument {
  is_idle: boolean;
  idle: { connect(slot: () => void): void };
  views_manager?: BokehViews;
  get_model_by_name(name: string): BokehPageModel | null;
  config: {
    id: string;
    reconnect_session: boolean;
    notify_connection_status: boolean;
    notifications: { push: { emit(message: { type: string; text: string; timeout: number }): void } } | null;
  };
  on_event(name: string, callback: () => void): void;
  event_manager: { send_event(event: object): void };
  resolver: { get(name: string): object | null };
  _all_models: Map<string, BokehModel>;
  _cancel_recompute_all_models(): void;
  roots(): BokehModel[];
  title(): string;
  set_title(title: string, options: { sync: boolean }): void;
  get_model_by_id(id: string): BokehModel | null;
  on_change(callback: () => void): void;
  remove_on_change(callback: () => void): void;
  on_message(type: string, callback: (message: [action: string, ...args: never[]]) => void): void;
  _trigger_on_change(event: object): void;
  apply_json_patch(patch: { events: unknown[] }, buffers: Map<string, ArrayBuffer>): void;
  replace_with_json(json: BokehDocumentJson, buffers: Map<string, ArrayBuffer>): void;
}

/** A model as the scripts of tests read it: by its attributes. */
type BokehPageModel = BokehModel & { [attribute: string]: unknown };

interface BokehModel extends Iterable<BokehProperty> {
  id: string;
  type: string;
  document: BokehPageDocument | null;
  setv(values: Record<string, unknown>, options: { sync: boolean }): void;
  property(attr: string): BokehProperty;
  _push_changes(changes: unknown[][], sync: boolean): void;
  properties: Record<string, BokehProperty>;
}

/** The definition of a property type. */
// deno-lint-ignore no-explicit-any -- the parts depend on the type
type BokehKindDefinition = string | [name: string, ...parts: any[]];

/** A class of views. */
interface BokehViewClass {
  // deno-lint-ignore no-explicit-any -- the class is that of an application
  new (...args: any[]): any;
  // deno-lint-ignore no-explicit-any -- the class is that of an application
  prototype: any;
}

/** A class of models. */
interface BokehModelClass {
  // deno-lint-ignore no-explicit-any -- the class is that of an application
  new (...args: any[]): any;
  __qualified__: string;
  /** Digest of the bundle of a custom model. */
  __digest__?: string;
  prototype: { default_view: BokehViewClass };
  define(properties: object): void;
  override(defaults: object): void;
}

/** A widget after AnyWidget's contract. */
interface AnyWidget {
  initialize?(options: { model: object; signal: AbortSignal }): unknown;
  render?(options: { model: object; el: object; signal: AbortSignal }): unknown;
}

interface BokehProperty {
  change: { connect(slot: () => void): void; disconnect(slot: () => void): void };
  attr: string;
  /** Whether it was ever set. */
  dirty: boolean;
  /** Whether servers know it. */
  syncable: boolean;
  /** Whether only the browser sets it. */
  readonly: boolean;
  is_unset: boolean;
  get_value(): unknown;
  default_value(model: BokehModel): unknown;
}

/** A change of a document, or several of them. */
interface BokehDocumentEvent {
  sync: boolean;
  /** The changes of a batch. */
  events?: BokehDocumentEvent[];
  /** The attribute that a change of a model is of. */
  model?: BokehModel;
  attr?: string;
  /** The event of a message. */
  msg_data?: { event_name?: string };
}

interface BokehView {
  model: BokehPageModel;
  children_views?(): (BokehView | null)[];
  export(type: "svg"): { ctx: { get_serialized_svg(fix_entities: boolean): string } };
  el: BokehElement;
  button_el?: BokehElement;
  /** The SlickGrid of a table, once it is drawn. */
  grid?: BokehGrid;
}

/** A table of SlickGrid. */
interface BokehGrid {
  /** Returns an HTML element. */
  getContainerNode(): object;
  getActiveCell(): { row: number; cell: number } | null;
  /** Returns an HTML element. */
  getActiveCellNode(): object | null | undefined;
  getColumns(): { id: unknown }[];
  getDataLength(): number;
  getEditorLock(): { isActive(): boolean };
  getOptions(): { multiSelect?: boolean };
  getSortColumns(): { columnId: unknown; sortAsc?: boolean }[];
  getViewport(): { top: number };
  setActiveCell(row: number, cell: number): void;
  onActiveCellChanged: BokehGridEvent;
  onRendered: BokehGridEvent;
  onSelectedRowsChanged: BokehGridEvent;
  onSort: BokehGridEvent;
}

/** An event of SlickGrid. */
interface BokehGridEvent {
  subscribe(callback: () => void): void;
}

/** What an image is to look like. */
interface ExportOptions {
  width?: number;
  height?: number;
  transparent?: boolean;
}

interface BokehElement {
  getBoundingClientRect(): { x: number; y: number; width: number; height: number };
  requestFullscreen(): Promise<void>;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
}

interface BokehReconnectedEvent {
  fresh?: boolean;
}

interface BokehModules {
  "base": {
    default_resolver: {
      readonly names: string[];
      get(name: string): BokehModelClass | null;
      register(model: BokehModelClass, force: boolean): void;
    };
  };
  "document": { Document: { from_json(json: BokehDocumentJson): BokehPageDocument } };
  "model": { Model: BokehModelClass };
  "core/dom": { ImportedStyleSheet: new (url: string | undefined) => object };
  "core/has_props": { HasProps: abstract new () => object };
  // deno-lint-ignore no-explicit-any -- the property types of BokehJS by name
  "core/kinds": { [name: string]: any };
  "core/serialization/deserializer": { Deserializer: new (resolver: object) => { decode(rep: unknown): unknown } };
  "core/view": { View: abstract new () => object };
  "models/layouts/layout_dom": { LayoutDOM: BokehModelClass; LayoutDOMView: BokehViewClass };
  "models/ui/ui_element": { UIElement: BokehModelClass };
  "models/widgets/widget": { Widget: BokehModelClass };
  "client/connection": {
    parse_token(token: string): { session_id: string };
    ClientConnection: { new (url: string, token: string, query: string): BokehConnection; prototype: BokehConnection };
  };
  "client/session": { ClientSession: { prototype: BokehSession } };
  "models/ui/notifications": { notifications_el: { getRootNode(): { host: { style: { cssText: string } } } } };
  "core/dom_view": { DOMComponentView: { prototype: { _stylesheets(): Iterable<unknown> } } };
  "core/properties":
    & Record<
      | "AnySpec"
      | "BooleanSpec"
      | "ColorSpec"
      | "FontSizeSpec"
      | "IntSpec"
      | "LineDashSpec"
      | "NumberSpec"
      | "StringSpec",
      object
    >
    & {
      use_theme(theme: { get(model: object, attr: string): unknown }): void;
    };
  "models/plots/plot": { Plot: new () => object };
  "models/grids/grid": { Grid: new () => object };
  "models/axes/axis": { Axis: new () => object };
  "models/annotations/legend": { Legend: new () => object };
  "models/annotations/base_color_bar": { BaseColorBar: new () => object };
  "models/annotations/title": { Title: new () => object };
  "protocol/receiver": { Receiver: new () => object };
  "core/serialization": {
    Serializer: new (options: { references: Map<BokehModel, { id: string }> }) => { encode(value: unknown): unknown };
  };
  "document/events": {
    DocumentEventBatch: new (document: BokehPageDocument, events: BokehDocumentEvent[]) => BokehDocumentEvent;
    MessageSentEvent: new (document: BokehPageDocument, type: string, content: unknown) => object;
    ModelChangedEvent: new (
      document: BokehPageDocument,
      model: BokehModel,
      attr: string,
      value: unknown,
    ) => BokehDocumentEvent;
  };
  "core/bokeh_events": {
    ClientReconnected: { new (): BokehReconnectedEvent; prototype: BokehReconnectedEvent };
    ConnectionLost: new (connection: WeakRef<BokehConnection>, attempts: number, timeout: number | null) => object;
  };
}

interface BokehViews {
  roots: BokehView[];
  clear(): void;
}

/** BokehJS, once its scripts are loaded. */
// deno-lint-ignore no-var -- a property of globalThis
declare var Bokeh: {
  documents: BokehPageDocument[];
  embed: {
    add_document_standalone(
      document: BokehPageDocument,
      element: object,
      roots?: object[],
      use_for_title?: boolean,
    ): Promise<BokehViews>;
    embed_items(documents: object | string, items: object[], path?: string | null, url?: string): void;
  };
  index: { roots: BokehView[]; find_one_by_id(id: string): BokehView | null };
  safely(fn: () => void): void;
  require<N extends keyof BokehModules>(name: N): BokehModules[N];
  set_log_level(level: string): void;
};

/** What a page must load before it shows documents; undefined if it need not wait. */
// deno-lint-ignore no-var -- a property of globalThis
declare var _bokeh_appearance: Promise<unknown> | undefined;

/** Scripts that the page loads or has loaded, by file name. */
// deno-lint-ignore no-var -- a property of globalThis
declare var _bokeh_scripts: Map<string, Promise<unknown>>;
