/**
 * Notifications in the pages that show a document, for applications.
 *
 * @module
 */

import type { ChangeSource } from "../../models/base/host.ts";
import type { PageHost } from "./page_host.ts";

/** Options of a notification. */
export interface NotificationOptions {
  /**
   * How long the notification is shown, in milliseconds; null until the user closes it.
   *
   * @default 5000 for information and warnings, null for errors
   */
  duration?: number | null;
}

/** How important a notification is. */
type NotificationType = "info" | "warning" | "error";

const DURATION_MILLISECONDS = 5000;
/** Maximum number of notifications that wait for the first page. */
const MAX_WAITING = 20;

/**
 * Shows notifications in all pages of a session (`doc.notifications`), with BokehJS's own
 * notifications. Those of the function that fills the document appear when the page opens.
 */
export class DocumentNotifications {
  readonly #host: PageHost;
  #waiting: (readonly unknown[])[] = [];

  /** Creates the notifications of a document. */
  constructor(host: PageHost) {
    this.#host = host;
  }

  /** Shows information, for example that something was saved. */
  info(text: string, options?: NotificationOptions): void {
    this.#show("info", text, options);
  }

  /** Shows a warning. */
  warning(text: string, options?: NotificationOptions): void {
    this.#show("warning", text, options);
  }

  /** Shows an error, by default until the user closes it. */
  error(text: string, options?: NotificationOptions): void {
    this.#show("error", text, options);
  }

  /**
   * Sends the notifications that have waited for the first page.
   *
   * @internal
   */
  clientOpened(client: ChangeSource): void {
    for (const content of this.#waiting) this.#host.sendToPages(content, { recipient: client });
    this.#waiting = [];
  }

  #show(type: NotificationType, text: string, { duration = durationOf(type) }: NotificationOptions = {}): void {
    if (duration !== null && !(duration > 0)) {
      throw new RangeError(`Cannot show a notification for ${duration} ms: the duration must be positive, or null`);
    }
    const content = ["notify", type, String(text), duration];
    if (this.#host.hasOpened) this.#host.sendToPages(content);
    else this.#waiting = [...this.#waiting, content].slice(-MAX_WAITING);
  }
}

function durationOf(type: NotificationType): number | null {
  return type === "error" ? null : DURATION_MILLISECONDS;
}
