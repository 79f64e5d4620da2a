/**
 * The part of a document that concerns the pages that show it.
 *
 * @module
 */

import type { ChangeSource } from "../../models/base/host.ts";
import type { PatchEvent } from "../../protocol/patch.ts";
import type { SessionRequest } from "../session_request.ts";
import { DocumentLocation } from "./document_location.ts";
import { LocationState } from "./location_state.ts";
import type { PageHost } from "./page_host.ts";
import { pageReport } from "./page_message.ts";

/** What a page needs to know of the session of its document. */
interface PageContext {
  readonly request: SessionRequest | null;
  readonly resumed: boolean;
}

/** Exchanges messages with the pages that show a document. */
export class DocumentPage {
  readonly #host: PageHost;
  #location: { readonly state: LocationState; readonly api: DocumentLocation } | undefined;

  /** Creates the part of a document whose pages do not do anything yet. */
  constructor(host: PageHost) {
    this.#host = host;
  }

  /**
   * Returns the URL of the page.
   *
   * @param context The session of the document, if it has one.
   */
  location(context: PageContext | null): DocumentLocation {
    if (this.#location === undefined) {
      const state = new LocationState(this.#host, context?.request ?? null, context?.resumed ?? false);
      this.#location = { state, api: new DocumentLocation(state, this.#host) };
    }
    return this.#location.api;
  }

  /** Sends a page that has received the document what it has to do. */
  clientOpened(client: ChangeSource): void {
    this.#location?.state.clientOpened(client);
  }

  /**
   * Returns the changes of models that a message of a page requests.
   *
   * @throws {TypeError} If the message is malformed.
   */
  changesOf(content: unknown, client: ChangeSource): PatchEvent[] {
    const report = pageReport(content);
    return report[0] === "location" ? this.#location?.state.changesOf(report, client) ?? [] : [];
  }

  /** Handles a message of a page, after the changes that it requests. */
  receive(content: unknown, client: ChangeSource | undefined): void {
    const report = pageReport(content);
    if (report[0] === "location") this.#location?.state.receive(report, client);
  }
}
