import type { Document } from "../document/document.ts";
import type { ServerContext, SessionContext, SessionRequest } from "../document/session_context.ts";
import type { SessionFiles } from "../document/session_files.ts";
import { noFiles } from "./file_table.ts";
import type { Session, SessionOptions } from "./session.ts";

/** A session as its application sees it. What few applications ask for is made when they do. */
export class OwnContext implements SessionContext {
  readonly #session: Session;
  readonly #options: SessionOptions;
  #request: SessionRequest | (() => SessionRequest) | null;
  #files: SessionFiles | undefined;
  /** A field, so that it can be taken out of the context. */
  readonly withLockedDocument = <T>(fn: (doc: Document) => T | Promise<T>): Promise<T> =>
    this.#session.transact({}, () => fn(this.#session.document));

  /** The context of a session that was made with some options. */
  constructor(session: Session, options: SessionOptions) {
    this.#session = session;
    this.#options = options;
    this.#request = options.request;
  }

  get id(): string {
    return this.#session.id;
  }

  get request(): SessionRequest | null {
    if (typeof this.#request === "function") this.#request = this.#request();
    return this.#request;
  }

  get tokenPayload(): Readonly<Record<string, unknown>> {
    return this.#options.tokenPayload;
  }

  get serverContext(): ServerContext {
    return this.#options.serverContext;
  }

  get logoutUrl(): string | null {
    return this.#options.logoutUrl;
  }

  get files(): SessionFiles {
    const { files = noFiles } = this.#options;
    return this.#files ??= files(this.id, (fn) => this.#session.document.runAs(fn));
  }

  get destroyed(): boolean {
    return this.#session.destroyed;
  }
}
