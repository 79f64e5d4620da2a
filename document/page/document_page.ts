/**
 * The part of a document that concerns the pages that show it.
 *
 * @module
 */

import type { ChangeSource } from "../../models/base/host.ts";
import type { PatchEvent } from "../../protocol/patch.ts";
import type { SessionRequest } from "../session_request.ts";
import { startScope } from "../callbacks/callback_scope.ts";
import { BusyIndicator } from "./busy_indicator.ts";
import { DocumentLocation } from "./document_location.ts";
import { LocationState } from "./location_state.ts";
import type { PageHost } from "./page_host.ts";
import { DocumentNotifications } from "./notifications.ts";
import { PageActions } from "./page_actions.ts";
import { pageReport } from "./page_message.ts";
import { type ConfirmOptions, Questions } from "./questions.ts";

/** What a page needs to know of the session of its document. */
interface PageContext {
  readonly request: SessionRequest | null;
  readonly resumed: boolean;
}

/** Exchanges messages with the pages that show a document. */
export class DocumentPage {
  readonly #host: PageHost;
  #notifications: DocumentNotifications | undefined;
  #questions: Questions | undefined;
  /** The last question of each callback. */
  readonly #asking = new WeakMap<object, Promise<boolean>>();
  #actions: PageActions | undefined;
  #busy: BusyIndicator | undefined;
  #location: { readonly state: LocationState; readonly api: DocumentLocation } | undefined;

  /** Creates the part of a document whose pages do not do anything yet. */
  constructor(host: PageHost) {
    this.#host = host;
  }

  /**
   * Returns the URL of the page.
   *
   * @param context The session of the document, if it has one.
   */
  location(context: PageContext | null): DocumentLocation {
    if (this.#location === undefined) {
      const state = new LocationState(this.#host, context?.request ?? null, context?.resumed ?? false);
      this.#location = { state, api: new DocumentLocation(state, this.#host) };
    }
    return this.#location.api;
  }

  /** Makes pages show that the server works for them. */
  showBusy(): void {
    this.#busy ??= new BusyIndicator(this.#host);
  }

  /** Notes that tasks of the session have started, or ended if `change` is negative. */
  addTasks(change: number): void {
    this.#busy?.addTasks(change);
  }

  /** Notifications in the pages. */
  get notifications(): DocumentNotifications {
    return this.#notifications ??= new DocumentNotifications(this.#host);
  }

  /** Other actions of the pages. */
  get actions(): PageActions {
    return this.#actions ??= new PageActions(this.#host);
  }

  /**
   * Asks a question: see `Document.confirm`. A callback waits for the answer without the document's
   * lock. It asks one question at a time.
   */
  confirm(text: string, options: ConfirmOptions): Promise<boolean> {
    const questions = this.#questions ??= new Questions(this.#host);
    const { currentClient, host } = this.#host;
    const ask = () => questions.ask(text, options, currentClient);
    const scope = startScope();
    const earlier = scope && this.#asking.get(scope);
    const answer = earlier === undefined ? ask() : earlier.then(ask, ask);
    if (scope !== undefined) this.#asking.set(scope, answer);
    return host?.documentServices.waitUnlocked(answer, questionName) ?? answer;
  }

  /** Sends a page that has received the document what it has to do. */
  clientOpened(client: ChangeSource): void {
    this.#location?.state.clientOpened(client);
    this.#notifications?.clientOpened(client);
    this.#busy?.clientOpened(client);
  }

  /** Records that a client has gone. */
  clientClosed(client: ChangeSource): void {
    this.#questions?.clientClosed(client);
  }

  /** Takes an answer to a question. Needs no lock: a transaction that holds it may wait for the answer. */
  receiveAnswer(content: unknown, client: ChangeSource): void {
    this.#questions?.receive(pageReport(content), client);
  }

  /** Answers all questions, because the session is destroyed. */
  clear(): void {
    this.#questions?.clear();
  }

  /**
   * Returns the changes of models that a message of a page requests.
   *
   * @throws {TypeError} If the message is malformed.
   */
  changesOf(content: unknown, client: ChangeSource): PatchEvent[] {
    const report = pageReport(content);
    return report[0] === "location" ? this.#location?.state.changesOf(report, client) ?? [] : [];
  }

  /** Handles a message of a page, after the changes that it requests. */
  receive(content: unknown, client: ChangeSource | undefined): void {
    const report = pageReport(content);
    if (report[0] === "location") this.#location?.state.receive(report, client);
  }
}

function questionName(): string {
  return "A callback after the answer to its question";
}
