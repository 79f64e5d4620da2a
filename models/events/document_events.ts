/**
 * Events of whole documents.
 *
 * @module
 */

import { DocumentEvent, type EventFields } from "./event.ts";
import { registerEvents } from "./event_registry.ts";
import { flagOrFalse } from "./fields.ts";

/** The document is loaded and idle in a browser. */
export class DocumentReady extends DocumentEvent {
  /** Its name on the wire. */
  static override readonly event_name = "document_ready";

  /** It has no fields. */
  constructor() {
    super({});
  }
}

/** An event about the connection between a browser and the server. */
export abstract class ConnectionEvent extends DocumentEvent {}

/** The connection to a browser was lost. */
export class ConnectionLost extends ConnectionEvent {
  /** Its name on the wire. */
  static override readonly event_name = "connection_lost";
  readonly #timestamp = new Date();

  /** It has no fields of the wire. */
  constructor() {
    super({});
  }

  /** When it was lost. */
  get timestamp(): Date {
    return this.#timestamp;
  }
}

/** A browser is connected again. */
export class ClientReconnected extends ConnectionEvent {
  /** Its name on the wire. */
  static override readonly event_name = "client_reconnected";
  /** Its fields: those of Bokeh's event, and `fresh`. */
  static override readonly fields: EventFields = { fresh: flagOrFalse };
  /**
   * Whether the server has started the session anew since the browser was connected last, because the process that held it has ended:
   * what the user had entered is lost. False also if the page does not say, as pages of other servers.
   */
  declare readonly fresh: boolean;

  /** Makes the event. */
  constructor(values: { fresh?: boolean } = {}) {
    super(values);
  }
}

registerEvents(DocumentReady, ConnectionLost, ClientReconnected);
