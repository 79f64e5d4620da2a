/**
 * Server-sent events to pages.
 *
 * @module
 */

/** What of a page has changed: its document, all of it, or how it looks. */
export type PageChange = "document" | "page" | "style";

/** What pages are told. */
export type PageEvent =
  | { readonly kind: PageChange }
  | { readonly kind: "error"; readonly text: string };

interface Listener {
  readonly page: string;
  readonly controller: ReadableStreamDefaultController<Uint8Array>;
}

/** The pages that listen. */
export class PageEvents implements Disposable {
  readonly #listeners = new Set<Listener>();

  /** Answers a page, which from then on is told what happens to it. */
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

  /** Tells the pages of one path. */
  tell(page: string, event: PageEvent): void {
    const bytes = encode(eventText(event));
    for (const listener of this.#listeners) {
      if (listener.page === page) listener.controller.enqueue(bytes);
    }
  }

  /** Ends all answers. */
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
