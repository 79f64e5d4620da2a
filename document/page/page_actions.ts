/**
 * What a document makes its pages do, for applications.
 *
 * @module
 */

import type { Model } from "../../models/base/model.ts";
import type { PageHost } from "./page_host.ts";

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
    this.#send(["copy", String(text)]);
  }

  /** Opens the browser's dialog for printing. */
  print(): void {
    this.#send(["print"]);
  }

  /**
   * Shows a model in full screen.
   *
   * @param model A plot, a widget or a layout; the whole page by default. Null ends the full screen.
   */
  fullscreen(model?: Model | null): void {
    this.#send(["fullscreen", model === null ? null : model?.id ?? ""]);
  }

  #send(content: readonly unknown[]): void {
    const { currentClient } = this.#host;
    this.#host.sendToPages(content, currentClient === undefined ? {} : { recipient: currentClient });
  }
}
