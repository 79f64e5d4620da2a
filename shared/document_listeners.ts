import { callAll } from "../common/throw_all.ts";
import type { Document } from "../document/document.ts";
import { type DocumentSync, syncOf } from "../document/document_sync.ts";

/** Changes that wait for the lock of one document. If there are more, they become one. */
const MAX_WAITING = 100;

/** Options of {@linkcode DocumentListeners}. */
interface DocumentListenersOptions<C> {
  /** Returns one change that has the effect of all changes so far. */
  readonly whole: () => C;
}

/**
 * Applies changes of shared data to documents: to each in its own transaction, in the order of the
 * changes. Does not keep documents alive.
 */
export class DocumentListeners<C> {
  readonly #options: DocumentListenersOptions<C>;
  /** Keeps the listeners of a document alive as long as the document. */
  readonly #ofDocument = new WeakMap<Document, DocumentListener<C>[]>();
  readonly #all = new Set<WeakRef<DocumentListener<C>>>();

  /** Creates a list without documents. */
  constructor(options: DocumentListenersOptions<C>) {
    this.#options = options;
  }

  /** Number of documents of live sessions. */
  get documentCount(): number {
    return new Set(this.#alive().map(({ sync }) => sync.document)).size;
  }

  /** Adds a function that applies each following change to a document. */
  add(document: Document, apply: (change: C) => void): void {
    const listener = new DocumentListener(syncOf(document), apply, this.#options.whole);
    this.#ofDocument.set(document, [...this.#ofDocument.get(document) ?? [], listener]);
    this.#all.add(new WeakRef(listener));
  }

  /**
   * Applies a change to all documents: at once to those that are not locked.
   *
   * @throws The errors of documents without a session, after all documents have changed.
   */
  notify(change: C): void {
    const alive = this.#alive();
    // Callbacks of the first documents may make the next change, which must not overtake this one.
    for (const listener of alive) listener.enqueue(change);
    callAll(alive.map((listener) => () => listener.applySoon()), "documents");
  }

  #alive(): DocumentListener<C>[] {
    const alive: DocumentListener<C>[] = [];
    for (const reference of this.#all) {
      const listener = reference.deref();
      if (listener === undefined || listener.sync.destroyed) this.#all.delete(reference);
      else alive.push(listener);
    }
    return alive;
  }
}

/** A function that applies changes to one document. */
class DocumentListener<C> {
  readonly sync: DocumentSync;
  readonly #apply: (change: C) => void;
  readonly #whole: () => C;
  #waiting: C[] = [];
  #isScheduled = false;

  constructor(sync: DocumentSync, apply: (change: C) => void, whole: () => C) {
    this.sync = sync;
    this.#apply = apply;
    this.#whole = whole;
  }

  enqueue(change: C): void {
    this.#waiting.push(change);
    if (this.#waiting.length > MAX_WAITING) this.#waiting = [this.#whole()];
  }

  /** Applies the changes that wait as soon as the document is not locked. */
  applySoon(): void {
    if (this.#isScheduled || this.#waiting.length === 0) return;
    this.#isScheduled = true;
    this.sync.change(() => {
      this.#isScheduled = false;
      callAll(this.#takeWaiting(), "changes");
    });
  }

  *#takeWaiting(): Generator<() => void> {
    while (this.#waiting.length > 0) {
      const change = this.#waiting.shift()!;
      yield () => this.#apply(change);
    }
  }
}
