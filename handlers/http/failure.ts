/**
 * Error responses for what handlers throw.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { isErrorStatus } from "@std/http/status";
import { ProtocolError } from "../../protocol/error.ts";
import type { HandlerConfig } from "../context.ts";
import { Refusal } from "./refusal.ts";
import { errorResponse } from "./responses.ts";

const logger = getLogger(["bokeh", "handlers"]);

/**
 * Returns the response for an error. A {@linkcode Refusal} and a `ProtocolError` become their
 * status and text. Any other error is logged, reported to `onError` and becomes a 500, which shows
 * the error only in development.
 */
export function answerFailure(error: unknown, config: Pick<HandlerConfig, "development" | "onError">): Response {
  if (error instanceof Refusal) return errorResponse(error.status, error.message);
  if (error instanceof ProtocolError && error.code !== "internal") {
    const { httpStatus, publicText } = error.answer;
    return errorResponse(isErrorStatus(httpStatus) ? httpStatus : 500, publicText);
  }
  const cause = error instanceof ProtocolError ? error.cause ?? error : error;
  logger.error("A request failed: {error}", { error: cause });
  // an error of an application that could not create a session has been reported by the session's
  // observer
  if (!(cause instanceof Error && "trace" in cause)) config.onError?.(cause);
  return errorResponse(500, undefined, config.development ? { detail: detailOf(cause) } : {});
}

/**
 * Returns an error with its stack and causes. Of an application's error, the stack is limited to
 * the application's code.
 */
function detailOf(error: unknown): string {
  if (error instanceof Error && "trace" in error && typeof error.trace === "string") {
    return `${error.message}\n\n${error.trace}`;
  }
  return Deno.inspect(error, { colors: false });
}
