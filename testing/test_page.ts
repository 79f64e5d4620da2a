/**
 * The page of a test's client.
 *
 * @module
 */

import { PAGE_MESSAGE } from "../document/page/page_message.ts";
import type { Model } from "../models/base/model.ts";
import { type PageMessage, TestLocation, type TestLocationOptions } from "./test_location.ts";

/** A notification that a page has shown. */
export interface TestNotification {
  /** How important it is. */
  readonly type: "info" | "warning" | "error";
  /** Its text. */
  readonly text: string;
  /** How long it is shown in milliseconds, null until the user closes it. */
  readonly duration: number | null;
}

/** A question in a dialog. */
interface TestQuestion {
  readonly id: string;
  readonly text: string;
}

/**
 * What the page of a client shows besides the document: notifications, dialogs, the clipboard.
 */
export class TestPage {
  /** URL and history of the page. */
  readonly location: TestLocation;
  readonly #options: TestLocationOptions;
  #notifications: readonly TestNotification[] = [];
  #questions: readonly TestQuestion[] = [];
  #clipboard: string | null = null;
  #prints = 0;
  #fullscreen: Model | "page" | null = null;

  /** Creates an empty page. */
  constructor(options: TestLocationOptions) {
    this.#options = options;
    this.location = new TestLocation(options);
    options.doc.on_message(PAGE_MESSAGE, (message) => this.#act(message as PageMessage));
  }

  /** The notifications that the page has shown. */
  get notifications(): readonly TestNotification[] {
    return this.#notifications;
  }

  /** The text of the question that the page shows (`doc.confirm`); null if it shows none. */
  get question(): string | null {
    return this.#questions[0]?.text ?? null;
  }

  /** The text that `doc.page.copy` has copied last; null if there is none. */
  get clipboard(): string | null {
    return this.#clipboard;
  }

  /** How often `doc.page.print` was called. */
  get prints(): number {
    return this.#prints;
  }

  /** The model that is shown in full screen, `"page"` for the whole page, null for none. */
  get fullscreen(): Model | "page" | null {
    return this.#fullscreen;
  }

  /**
   * Answers the question that the page shows. Resolves when the session has settled.
   *
   * @param agrees Whether the user agrees.
   * @throws {Error} If the page shows no question.
   */
  async answer(agrees: boolean): Promise<void> {
    const [question, ...others] = this.#questions;
    if (question === undefined) throw new Error("Cannot answer: the page shows no question");
    this.#questions = others;
    this.#options.doc.send_message(PAGE_MESSAGE, ["answer", question.id, String(agrees)]);
    await this.#options.settled();
  }

  #act(message: PageMessage): void {
    const [action, ...args] = message;
    switch (action) {
      case "notify": {
        const [type, text, duration] = args as [TestNotification["type"], string, number | null];
        this.#notifications = [...this.#notifications, { type, text, duration }];
        return;
      }
      case "confirm":
        this.#questions = [...this.#questions, { id: String(args[0]), text: String(args[1]) }];
        return;
      case "dismiss":
        this.#questions = this.#questions.filter(({ id }) => id !== args[0]);
        return;
      case "copy":
        this.#clipboard = String(args[0]);
        return;
      case "print":
        this.#prints++;
        return;
      case "fullscreen": {
        const [id] = args as [string | null];
        this.#fullscreen = id === null ? null : id === "" ? "page" : this.#options.doc.get_model_by_id(id);
        return;
      }
      default:
        this.location.act(message);
    }
  }
}
