/**
 * The messages between a document and the pages that show it.
 *
 * @module
 */

/** Type of the messages by which a document and its pages exchange requests. */
export const PAGE_MESSAGE = "bokeh_server";

/** Maximum length of the texts of a message from a page together, in characters. */
const MAX_LENGTH = 16 * 1024;
/** Maximum number of texts of a message from a page. */
const MAX_TEXTS = 8;

/** Returns whether an event of a patch is a message of a page. */
export function isPageMessage(event: { readonly kind: string; readonly msg_type?: unknown }): boolean {
  return event.kind === "MessageSent" && event.msg_type === PAGE_MESSAGE;
}

/** Returns the content of an event that is the answer to a question, undefined for other events. */
export function answerIn(
  event: { readonly kind: string; readonly msg_type?: unknown; readonly msg_data?: unknown },
): readonly unknown[] | undefined {
  const { msg_data: content } = event;
  return isPageMessage(event) && Array.isArray(content) && content[0] === "answer" ? content : undefined;
}

/** The content of a message from a page: what it reports, and texts. */
export type PageReport = readonly [subject: string, ...texts: string[]];

/**
 * Returns the content of a message from a page.
 *
 * @throws {TypeError} If it is not a short list of texts.
 */
export function pageReport(content: unknown): PageReport {
  if (!Array.isArray(content) || content.length === 0 || content.length > MAX_TEXTS) throw invalid();
  let length = 0;
  for (const text of content) {
    if (typeof text !== "string") throw invalid();
    length += text.length;
  }
  if (length > MAX_LENGTH) throw invalid();
  return content as unknown as PageReport;
}

function invalid(): TypeError {
  return new TypeError(
    `Message of type ${PAGE_MESSAGE} must be a list of at most ${MAX_TEXTS} texts with ${MAX_LENGTH} characters together`,
  );
}
