/** What the scripts of pages use of BokehJS. */

/** BokehJS's class of connections: the methods that begin with an underscore are its own. */
interface BokehConnection {
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
  _repull_session_doc(resolve: (session: BokehSession) => void, reject: (error: Error) => void): Promise<void>;
  /** Marks a connection whose first attempt is the only one, or a class that has been changed. */
  [mark: symbol]: boolean;
}

interface BokehMessage {
  header: { session?: string };
}

interface BokehSession {
  document: BokehPageDocument;
  _connection: BokehConnection;
  _document_changed(event: object): void;
  close(): void;
}

interface BokehPageDocument {
  config: { reconnect_session: boolean; notify_connection_status: boolean };
  event_manager: { send_event(event: object): void };
}

interface BokehReconnectedEvent {
  fresh?: boolean;
}

interface BokehModules {
  "client/connection": {
    ClientConnection: { new (url: string, token: string, query: string): BokehConnection; prototype: BokehConnection };
  };
  "client/session": { ClientSession: { prototype: BokehSession } };
  "protocol/receiver": { Receiver: new () => object };
  "core/bokeh_events": {
    ClientReconnected: { new (): BokehReconnectedEvent; prototype: BokehReconnectedEvent };
    ConnectionLost: new (connection: WeakRef<BokehConnection>, attempts: number, timeout: number | null) => object;
  };
}

interface BokehViews {
  clear(): void;
}

/** BokehJS, once its scripts are loaded. */
// deno-lint-ignore no-var -- a property of globalThis
declare var Bokeh: {
  documents: BokehPageDocument[];
  embed: { add_document_standalone(document: BokehPageDocument, element: object): Promise<BokehViews> };
  require<N extends keyof BokehModules>(name: N): BokehModules[N];
  set_log_level(level: string): void;
};

/** Scripts that the page loads or has loaded, by file name. */
// deno-lint-ignore no-var -- a property of globalThis
declare var _bokeh_scripts: Map<string, Promise<unknown>>;
