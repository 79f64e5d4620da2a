/**
 * The error of a patch or document that was refused.
 *
 * @module
 */

import { errorMessage } from "../../common/error_message.ts";

/** A patch or a document from a client was refused; nothing of it was applied. */
export class PatchError extends Error {
  /**
   * Text that may be sent to the client: it names types, ids and attributes, and contains nothing
   * internal.
   */
  readonly publicText: string;

  /**
   * @param publicText Why it was refused, safe to be sent to the client.
   * @param options The cause, for the log only.
   */
  constructor(publicText: string, options: ErrorOptions = {}) {
    super(publicText, options);
    this.name = "PatchError";
    this.publicText = publicText;
  }
}

/**
 * Longest reason in characters. Reasons quote what the client sent, which need not be sent back in
 * full.
 */
const MAX_REASON_LENGTH = 400;

/**
 * Returns a {@linkcode PatchError} with the text of an error of the layers below, whose texts
 * contain nothing internal.
 *
 * @param error The error.
 * @param where What could not be applied, for example `event 2`.
 */
export function patchError(error: unknown, where: string): PatchError {
  const text = errorMessage(error);
  const reason = text.length > MAX_REASON_LENGTH ? `${text.slice(0, MAX_REASON_LENGTH)}…` : text;
  return new PatchError(`Cannot apply ${where}: ${reason}`, { cause: error });
}
