import type { Document } from "../document/document.ts";
import type { ServerContext, SessionContext, SessionRequest } from "../document/session_context.ts";
import type { SessionFiles } from "../document/session_files.ts";
import { noFiles } from "./file_table.ts";

/** What is told of a session to its application. */
export interface ContextFacts {
  /** What the application sees of the server. */
  serverContext: ServerContext;
  /** The request that it was opened by. */
  request: SessionRequest | (() => SessionRequest) | null;
  /** What the token told. */
  tokenPayload: Readonly<Record<string, unknown>>;
  /** Where the user logs out, null where nobody logs in. */
  logoutUrl: string | null;
  /** Where URLs of files are; those of a session without a server lead nowhere. */
  readonly files?: (sessionId: string, run: <T>(fn: () => T) => T) => SessionFiles;
}

/** The session itself, as far as its application may use it. */
interface OwnSession {
  readonly id: string;
  readonly document: Document;
  readonly destroyed: boolean;
  transact<T>(options: object, fn: () => T | Promise<T>): Promise<T>;
}

/** A session as its application sees it. What few applications ask for is made when they do. */
export class OwnContext implements SessionContext {
  readonly #session: OwnSession;
  readonly #facts: ContextFacts;
  #request: SessionRequest | (() => SessionRequest) | null;
  #files: SessionFiles | undefined;
  /** A field, so that it can be taken out of the context. */
  readonly withLockedDocument = <T>(fn: (doc: Document) => T | Promise<T>): Promise<T> =>
    this.#session.transact({}, () => fn(this.#session.document));

  /** The context of a session, with what is told of it. */
  constructor(session: OwnSession, facts: ContextFacts) {
    this.#session = session;
    this.#facts = facts;
    this.#request = facts.request;
  }

  get id(): string {
    return this.#session.id;
  }

  get request(): SessionRequest | null {
    if (typeof this.#request === "function") this.#request = this.#request();
    return this.#request;
  }

  get tokenPayload(): Readonly<Record<string, unknown>> {
    return this.#facts.tokenPayload;
  }

  get serverContext(): ServerContext {
    return this.#facts.serverContext;
  }

  get logoutUrl(): string | null {
    return this.#facts.logoutUrl;
  }

  get files(): SessionFiles {
    const { files = noFiles } = this.#facts;
    return this.#files ??= files(this.id, (fn) => this.#session.document.runAs(fn));
  }

  get destroyed(): boolean {
    return this.#session.destroyed;
  }
}
