import { getLogger } from "@logtape/logtape";
import type { StoreNotice } from "../session/persistence/session_store.ts";

const log = getLogger(["bokeh", "store"]);

/** The listeners of one store member. */
export class NoticeListeners {
  readonly #listeners = new Set<(notice: StoreNotice) => void>();

  /** Adds a listener. Returns a function that removes it. */
  add(listener: (notice: StoreNotice) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Calls all listeners. A listener that throws is logged and does not stop the others. */
  notify(notice: StoreNotice): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(notice);
      } catch (error) {
        log.error("A listener for store notices failed: {error}", { error });
      }
    }
  }
}
