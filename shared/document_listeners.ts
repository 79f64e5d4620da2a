import { callAll } from "../common/throw_all.ts";
import type { Document } from "../document/document.ts";
import { syncOf } from "../document/document_sync.ts";

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
    return new Set(this.#alive().map(({ document }) => document)).size;
  }

  /** Adds a function that applies each following change to a document. */
  add(document: Document, apply: (change: C) => void): void {
    const listener = new DocumentListener(document, apply, this.#options.whole);
    this.#ofDocument.set(document, [...this.#ofDocument.get(document) ?? [], listener]);
    this.#all.add(new WeakRef(listener));
  }

  /**
   * Applies a change to all documents: at once to those that are not locked.
   *
   * @throws The errors of documents without a session, after all documents have changed.
   */
  notify(change: C): void {
    callAll(this.#alive().map((listener) => () => listener.notify(change)), "documents");
  }

  #alive(): DocumentListener<C>[] {
    const alive: DocumentListener<C>[] = [];
    for (const reference of this.#all) {
      const listener = reference.deref();
      if (listener === undefined || syncOf(listener.document).destroyed) this.#all.delete(reference);
      else alive.push(listener);
    }
    return alive;
  }
}

/** A function that applies changes to one document. */
class DocumentListener<C> {
  readonly document: Document;
  readonly #apply: (change: C) => void;
  readonly #whole: () => C;
  #waiting: C[] = [];

  constructor(document: Document, apply: (change: C) => void, whole: () => C) {
    this.document = document;
    this.#apply = apply;
    this.#whole = whole;
  }

  notify(change: C): void {
    this.#waiting.push(change);
    if (this.#waiting.length > MAX_WAITING) this.#waiting = [this.#whole()];
    else if (this.#waiting.length === 1) syncOf(this.document).change(() => this.#applyWaiting());
  }

  #applyWaiting(): void {
    const changes = this.#waiting;
    this.#waiting = [];
    for (const change of changes) this.#apply(change);
  }
}
