/**
 * A document as its pages use it.
 *
 * @module
 */

import type { ChangeSource } from "../../models/base/host.ts";
import type { DocumentHost } from "../document_host.ts";
import type { EventHub } from "../events/event_hub.ts";
import type { MessageRoute } from "../events/model_events.ts";

/** What the parts in this folder use of the state of a document. */
export interface PageHost {
  /** Delivers the events of the document. */
  readonly events: Pick<EventHub, "subscribe">;
  /** The session that serves the document; undefined if there is none. */
  readonly host: DocumentHost | undefined;
  /** Receives warnings about input from clients that was ignored. */
  readonly warn: (message: string) => void;
  /** The client whose change the running code handles; undefined if it handles none. */
  readonly currentClient: ChangeSource | undefined;
  /** Whether a client has received the document. */
  readonly hasOpened: boolean;
  /** The connected clients that may change the document. */
  readonly interactiveClients: ReadonlySet<ChangeSource>;
  /** Runs a callback of the application. */
  invoke(callback: () => unknown): void;
  /** Sends a message to the pages, or to one of them. */
  sendToPages(content: readonly unknown[], route?: MessageRoute): void;
}

/** Sends a message to the page of the user whose change is being handled, or else to all pages. */
export function sendToUser(host: PageHost, content: readonly unknown[]): void {
  const { currentClient } = host;
  host.sendToPages(content, currentClient === undefined ? {} : { recipient: currentClient });
}
