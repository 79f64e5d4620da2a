import type { ChangeSource } from "../../models/base/host.ts";
import type { PageHost } from "./page_host.ts";

/** Makes pages show that the server works for them. Pages know themselves which of their changes wait. */
export class BusyIndicator {
  readonly #host: PageHost;
  #tasks = 0;

  /** Creates an indicator of a document without tasks. */
  constructor(host: PageHost) {
    this.#host = host;
  }

  /** Sends a page that has received the document that it is to show the indicator. */
  clientOpened(client: ChangeSource): void {
    this.#host.sendToPages(["busy", this.#tasks, true], { recipient: client });
  }

  /** Notes that tasks have started, or ended if `change` is negative. */
  addTasks(change: number): void {
    const wereRunning = this.#tasks > 0;
    this.#tasks += change;
    if (wereRunning !== this.#tasks > 0) this.#host.sendToPages(["busy", this.#tasks]);
  }
}
