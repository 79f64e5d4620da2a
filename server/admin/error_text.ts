/**
 * Texts of errors and names for the admin page.
 *
 * @module
 */

import { errorMessage } from "../../common/error_message.ts";

/** Maximum length of a stack, in characters. */
const MAX_STACK_LENGTH = 4000;
/** Maximum length of other texts, in characters. */
const MAX_TEXT_LENGTH = 200;
/** Number of causes of an error that are shown. */
const MAX_CAUSES = 3;
/** What can be a token or a session id. */
const SECRET = /[A-Za-z0-9_-]{32,}/g;

/** Returns the stack of an error, with those of its causes, without what can be a token or a session id. */
export function errorText(error: unknown): string {
  // cut off first, so that a long text takes no time
  const text = cut(stackOf(error, MAX_CAUSES), MAX_STACK_LENGTH);
  return text.replace(SECRET, (secret) => `${secret.slice(0, 4)}…`);
}

function stackOf(error: unknown, causes: number): string {
  if (!(error instanceof Error)) return errorMessage(error);
  const stack = error.stack ?? errorMessage(error);
  return error.cause === undefined || causes === 0 ? stack : `${stack}\nCaused by ${stackOf(error.cause, causes - 1)}`;
}

/** Returns the first 200 characters of a text. */
export function shortened(text: string): string {
  return cut(text, MAX_TEXT_LENGTH);
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
