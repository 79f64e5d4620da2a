/**
 * What a document makes its pages do, for applications.
 *
 * @module
 */

import type { Model } from "../../models/base/model.ts";
import { type PageHost, sendToUser } from "./page_host.ts";

/**
 * Actions in the page of the user whose change is being handled, or else in all pages of the session
 * (`doc.page`). Browsers allow some of them only soon after a click or a key: call them in the
 * callback of a button.
 */
export class PageActions {
  readonly #host: PageHost;

  /** Creates the actions of a document's pages. */
  constructor(host: PageHost) {
    this.#host = host;
  }

  /** Copies a text to the clipboard. */
  copy(text: string): void {
    sendToUser(this.#host, ["copy", String(text)]);
  }

  /** Opens the browser's dialog for printing. */
  print(): void {
    sendToUser(this.#host, ["print"]);
  }

  /**
   * Shows a model in full screen.
   *
   * @param model A plot, a widget or a layout; the whole page by default. Null ends the full screen.
   */
  fullscreen(model?: Model | null): void {
    sendToUser(this.#host, ["fullscreen", model === null ? null : model?.id ?? ""]);
  }
}
