/**
 * The error of a patch that was refused.
 *
 * @module
 */

/** A patch or a document from a client was refused; nothing of it was applied. */
export class PatchError extends Error {
  /** A text that may be shown to the client: it names kinds, ids and attributes, and nothing of the server's. */
  readonly publicText: string;

  /**
   * @param publicText What was wrong, fit to be sent to the client.
   * @param options The cause: for the log only.
   */
  constructor(publicText: string, options: ErrorOptions = {}) {
    super(publicText, options);
    this.name = "PatchError";
    this.publicText = publicText;
  }
}
