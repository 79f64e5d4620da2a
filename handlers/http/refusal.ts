import type { StatusCode } from "@std/http/status";

/** Why a request gets no session. Its message is for the visitor. */
export class Refusal extends Error {
  /** Status of the answer. */
  readonly status: StatusCode;

  /** The reason is told as it stands. */
  constructor(status: StatusCode, reason: string) {
    super(reason);
    this.name = "Refusal";
    this.status = status;
  }
}
