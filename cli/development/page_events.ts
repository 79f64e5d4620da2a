/**
 * Server-sent events for the development script of pages.
 *
 * @module
 */

/** What a page must update: the document, the whole page, or its style sheets. */
export type PageChange = "document" | "page" | "style";

/** An event for pages: an update, or an error to show. */
export type PageEvent =
  | { readonly kind: PageChange }
  | { readonly kind: "error"; readonly text: string };

/** An open event stream. */
interface Listener {
  readonly page: string;
  readonly controller: ReadableStreamDefaultController<Uint8Array>;
}

/** The open event streams of pages. */
export class PageEvents implements Disposable {
  readonly #listeners = new Set<Listener>();

  /**
   * Opens an event stream.
   *
   * @param page Route of the application whose events are sent.
   * @param first An event to send at once, such as a failed load.
   * @returns A response whose body stays open until the page closes it or this object is disposed
   * of.
   */
  answer(page: string, first: PageEvent | undefined): Response {
    let listener: Listener;
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        listener = { page, controller };
        this.#listeners.add(listener);
        controller.enqueue(encode(": listening\n\n"));
        if (first !== undefined) controller.enqueue(encode(eventText(first)));
      },
      cancel: () => void this.#listeners.delete(listener),
    });
    return new Response(stream, { headers: { "content-type": "text/event-stream", "cache-control": "no-store" } });
  }

  /** Sends an event to all pages of an application. */
  send(page: string, event: PageEvent): void {
    const bytes = encode(eventText(event));
    for (const listener of this.#listeners) {
      if (listener.page === page) listener.controller.enqueue(bytes);
    }
  }

  /** Closes all streams. */
  [Symbol.dispose](): void {
    for (const { controller } of this.#listeners) controller.close();
    this.#listeners.clear();
  }
}

function eventText(event: PageEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
