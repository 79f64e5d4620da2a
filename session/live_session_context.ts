import type { Document, ServerContext, SessionContext } from "../document/document.ts";
import { syncOf } from "../document/document_sync.ts";
import type { DocumentHost } from "../document/document_host.ts";
import type { SessionFiles } from "../document/session_files.ts";
import type { SessionRequest } from "../document/session_request.ts";
import type { TaskService } from "../tasks/task_service.ts";
import { DocumentServices } from "./document_services.ts";
import { noFiles } from "./file_table.ts";
import type { SessionJournal } from "./persistence/session_journal.ts";
import type { SessionLifetime } from "./session_lifetime.ts";
import type { Subscriber } from "./sync/subscriber.ts";
import type { TransactionQueue } from "./transactions/transaction_queue.ts";

/** Options of {@linkcode LiveSessionContext}. */
export interface LiveSessionContextOptions {
  /** Id of the session. */
  readonly id: string;
  /** The session's document. */
  readonly document: Document;
  /** The application's view of the server. */
  readonly serverContext: ServerContext;
  /**
   * The request that opened the session, or a function that creates it when the application reads
   * it.
   */
  readonly request: SessionRequest | (() => SessionRequest) | null;
  /** Payload of the token that opened the session. */
  readonly tokenPayload: Readonly<Record<string, unknown>>;
  /** Whether the session was resumed from a store. @default {false} */
  readonly resumed?: boolean | undefined;
  /** URL at which the user logs out; null without a login. */
  readonly logoutUrl: string | null;
  /** Creates the session's upload and download URLs. @default {noFiles} */
  readonly files?: (sessionId: string, run: <T>(fn: () => T) => T) => SessionFiles;
  /** Runs the tasks of the session. Without it, tasks fail. */
  readonly tasks?: TaskService | undefined;
}

/** What receives the changes of a session. */
interface Recipients {
  readonly subscribers: ReadonlySet<Subscriber>;
  readonly journal: SessionJournal | undefined;
}

/**
 * A session as its application sees it (`doc.session_context`). Creates the request and the files
 * when they are first read.
 */
export class LiveSessionContext implements SessionContext, DocumentHost {
  readonly #options: LiveSessionContextOptions;
  readonly #lifetime: SessionLifetime;
  #request: SessionRequest | (() => SessionRequest) | null;
  #files: SessionFiles | undefined;
  readonly #transactions: TransactionQueue;
  readonly #recipients: Recipients;
  #services: DocumentServices | undefined;
  readonly withLockedDocument: SessionContext["withLockedDocument"];

  /** Creates the context of a session with its lifetime, its transactions and what receives them. */
  constructor(
    options: LiveSessionContextOptions,
    lifetime: SessionLifetime,
    transactions: TransactionQueue,
    recipients: Recipients,
  ) {
    this.#transactions = transactions;
    this.#recipients = recipients;
    this.#options = options;
    this.#lifetime = lifetime;
    this.#request = options.request;
    // A function property: applications may take it out of the context.
    this.withLockedDocument = async (fn) => await transactions.run({}, () => fn(options.document));
  }

  get id(): string {
    return this.#options.id;
  }

  get request(): SessionRequest | null {
    if (typeof this.#request === "function") this.#request = this.#request();
    return this.#request;
  }

  get tokenPayload(): Readonly<Record<string, unknown>> {
    return this.#options.tokenPayload;
  }

  get resumed(): boolean {
    return this.#options.resumed ?? false;
  }

  get serverContext(): ServerContext {
    return this.#options.serverContext;
  }

  get logoutUrl(): string | null {
    return this.#options.logoutUrl;
  }

  get files(): SessionFiles {
    const { id, document, files = noFiles } = this.#options;
    return this.#files ??= files(id, (fn) => syncOf(document).runAs(fn));
  }

  /**
   * What the session does for the methods of its document.
   *
   * @internal
   */
  get documentServices(): DocumentServices {
    return this.#services ??= new DocumentServices({
      transactions: this.#transactions,
      lifetime: this.#lifetime,
      tasks: this.#options.tasks,
      isSending: () => [...this.#recipients.subscribers].some(({ bufferedBytes }) => bufferedBytes > 0),
      whenStored: (recordsAll) => this.#recipients.journal?.flush(this.#lifetime.signal, recordsAll),
    });
  }

  get destroyed(): boolean {
    return this.#lifetime.destroyed;
  }
}
