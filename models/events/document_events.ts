/**
 * Events of documents and their connections.
 *
 * @module
 */

import { DocumentEvent, type EventFields } from "./event.ts";
import { registerEvents } from "./event_registry.ts";
import { optionalFlag } from "./fields.ts";

/** A browser has loaded and rendered the document. */
export class DocumentReady extends DocumentEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "document_ready";

  /** Creates the event, which has no fields. */
  constructor() {
    super({});
  }
}

/** Base class of events of the connection between a browser and the server. */
export abstract class ConnectionEvent extends DocumentEvent {}

/**
 * A browser has lost its connection to the server. The browser fires this event for JavaScript
 * callbacks.
 */
export class ConnectionLost extends ConnectionEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "connection_lost";
  readonly #timestamp = new Date();

  /** Creates the event. It has no fields on the wire. */
  constructor() {
    super({});
  }

  /** Time at which the event was created. */
  get timestamp(): Date {
    return this.#timestamp;
  }
}

/** A browser has connected again after its connection was lost. */
export class ClientReconnected extends ConnectionEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "client_reconnected";
  /** Fields of the event. `fresh` extends Bokeh's event. */
  static override readonly fields: EventFields = { fresh: optionalFlag };
  /**
   * Whether the server has created a new session since the last connection, because the process of
   * the old session has ended. The state of the old session is lost. False if the page does not
   * report it, as pages of other servers.
   */
  declare readonly fresh: boolean;

  /** Creates the event. */
  constructor(values: { fresh?: boolean } = {}) {
    super(values);
  }
}

registerEvents(DocumentReady, ConnectionLost, ClientReconnected);
