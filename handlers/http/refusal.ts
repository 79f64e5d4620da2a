/**
 * Errors that become error responses.
 *
 * @module
 */

import type { StatusCode } from "@std/http/status";

/** A request is refused. Handlers throw it; its status and message become the response. */
export class Refusal extends Error {
  /** HTTP status of the response. */
  readonly status: StatusCode;

  /**
   * Creates a refusal.
   *
   * @param status HTTP status of the response.
   * @param reason Text for the client, without secrets.
   */
  constructor(status: StatusCode, reason: string) {
    super(reason);
    this.name = "Refusal";
    this.status = status;
  }
}
