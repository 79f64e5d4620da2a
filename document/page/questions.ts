/**
 * Questions that a document asks its users.
 *
 * @module
 */

import type { ChangeSource } from "../../models/base/host.ts";
import type { PageHost } from "./page_host.ts";
import type { PageReport } from "./page_message.ts";

/** Options of `Document.confirm`. */
export interface ConfirmOptions {
  /** Label of the button that agrees. @default {"OK"} */
  ok?: string;
  /** Label of the button that refuses. @default {"Cancel"} */
  cancel?: string;
}

/** A question without an answer. */
interface Question {
  /** The clients whose pages show the question. */
  readonly clients: Set<ChangeSource>;
  readonly resolve: (answer: boolean) => void;
}

/** Maximum number of open questions of a document: a client can cause one with each message. */
const MAX_OPEN = 1000;

/** Holds the open questions of a document. The first answer decides. */
export class Questions {
  readonly #host: PageHost;
  readonly #open = new Map<string, Question>();

  /** Creates the questions of a document: none. */
  constructor(host: PageHost) {
    this.#host = host;
  }

  /**
   * Asks a user, or else the users of all pages. Resolves with the answer; with false if no page
   * shows the question any longer.
   *
   * @param client The client of the user. All are asked if it is undefined or has gone.
   * @throws {RangeError} If 1000 questions have no answer yet.
   */
  async ask(
    text: string,
    { ok = "OK", cancel = "Cancel" }: ConfirmOptions,
    client: ChangeSource | undefined,
  ): Promise<boolean> {
    const { interactiveClients } = this.#host;
    const asksOne = client !== undefined && interactiveClients.has(client);
    const clients = asksOne ? new Set([client]) : new Set(interactiveClients);
    if (clients.size === 0) return false;
    if (this.#open.size >= MAX_OPEN) throw new RangeError(`Cannot ask: ${MAX_OPEN} questions have no answer yet`);
    // clients cannot guess the id: only those that are asked can answer
    const id = crypto.randomUUID();
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#open.set(id, { clients, resolve });
    for (const recipient of clients) {
      this.#host.sendToPages(["confirm", id, String(text), ok, cancel], { recipient });
    }
    return await promise;
  }

  /** Takes the answer of a client that was asked. Ignores all others. */
  receive([, id, answer]: PageReport, client: ChangeSource | undefined): void {
    const question = this.#open.get(id ?? "");
    if (question === undefined || client === undefined || !question.clients.has(client)) return;
    question.clients.delete(client);
    for (const recipient of question.clients) this.#host.sendToPages(["dismiss", id], { recipient });
    this.#answer(id!, question, answer === "true");
  }

  /** Answers the questions that only a client was asked that has gone. */
  clientClosed(client: ChangeSource): void {
    for (const [id, question] of this.#open) {
      if (question.clients.delete(client) && question.clients.size === 0) this.#answer(id, question, false);
    }
  }

  /** Answers all questions with false, because the session is destroyed. */
  clear(): void {
    for (const [id, question] of this.#open) this.#answer(id, question, false);
  }

  #answer(id: string, { resolve }: Question, answer: boolean): void {
    this.#open.delete(id);
    resolve(answer);
  }
}
