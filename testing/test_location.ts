/**
 * The URL and the history of a test's client.
 *
 * @module
 */

import type { Document } from "../document/document.ts";
import { PAGE_MESSAGE } from "../document/page/page_message.ts";

/** Options of {@linkcode TestLocation} and `TestPage`. */
export interface TestLocationOptions {
  /** Document of the client. */
  doc: Document;
  /** Path and query of the page. */
  url: string;
  /** Waits until the session has settled. */
  settled: () => Promise<void>;
}

/** A message by which the server asks a page to do something. */
export type PageMessage = readonly [action: string, ...args: unknown[]];

/** Query parameters, as a message of the server contains them. */
type Parameters = readonly (readonly [name: string, text: string | null])[];

/**
 * The URL of a client's page, with its history. As a browser's page does, it follows
 * `doc.location.sync`, and reports the URL after the user has gone back or forward.
 */
export class TestLocation {
  readonly #options: TestLocationOptions;
  #entries: URL[];
  #index = 0;
  /** The URL of the current entry before the user began to drag. */
  #committed: URL;
  #visited: readonly string[] = [];

  /** Creates a history with one entry. */
  constructor(options: TestLocationOptions) {
    this.#options = options;
    this.#committed = new URL(options.url, "http://localhost/");
    this.#entries = [this.#committed];
  }

  /** The URL. */
  get href(): string {
    return this.#current.href;
  }

  /** The path, which begins with a slash. */
  get pathname(): string {
    return this.#current.pathname;
  }

  /** The query with its question mark; empty if there is none. */
  get search(): string {
    return this.#current.search;
  }

  /** The fragment with its number sign; empty if there is none. */
  get hash(): string {
    return this.#current.hash;
  }

  /** Number of entries of the history. */
  get length(): number {
    return this.#entries.length;
  }

  /** URLs that the application has opened with `doc.location.navigate`, which a test does not load. */
  get visited(): readonly string[] {
    return this.#visited;
  }

  /** Goes back as the browser's button does. Resolves when the session has settled. */
  async back(): Promise<void> {
    await this.#go(this.#index - 1);
  }

  /** Goes forward as the browser's button does. Resolves when the session has settled. */
  async forward(): Promise<void> {
    await this.#go(this.#index + 1);
  }

  /**
   * Opens a URL of the same page, as a link to a fragment or a script of the page does. Resolves
   * when the session has settled.
   *
   * @param url A URL relative to the current one, as `?f=2#details`.
   */
  async open(url: string): Promise<void> {
    this.#push(new URL(url, this.#current));
    await this.#report();
  }

  get #current(): URL {
    return this.#entries[this.#index]!;
  }

  async #go(index: number): Promise<void> {
    if (this.#entries[index] === undefined) return;
    this.#index = index;
    this.#committed = this.#current;
    await this.#report();
  }

  async #report(): Promise<void> {
    const { pathname, search, hash } = this.#current;
    this.#options.doc.send_message(PAGE_MESSAGE, ["location", "navigate", pathname, search, hash]);
    await this.#options.settled();
  }

  /**
   * Does what a message of the server asks for.
   *
   * @internal
   */
  act([action, ...args]: PageMessage): void {
    if (action === "location") this.#follow(args[0] as string, args[1] as Parameters);
    if (action === "navigate") this.#visited = [...this.#visited, String(args[0])];
    if (action === "hash") void this.open(new URL(`#${String(args[0]).replace(/^#/, "")}`, this.#current).href);
  }

  #follow(mode: string, parameters: Parameters): void {
    const url = new URL(this.#current);
    const query = new URLSearchParams(url.search);
    for (const [name, text] of parameters) {
      if (text === null) query.delete(name);
      else query.set(name, text);
    }
    url.search = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
    if (mode === "push" || mode === "settle") {
      if (url.href !== this.#committed.href) this.#push(url);
      return;
    }
    this.#entries[this.#index] = url;
    if (mode !== "drag") this.#committed = url;
  }

  #push(url: URL): void {
    this.#entries = [...this.#entries.slice(0, this.#index), this.#committed, url];
    this.#index++;
    this.#committed = url;
  }
}
