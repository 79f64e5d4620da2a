/**
 * What is answered when something was thrown.
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

/** Refusals are told as they are. All else is logged, and told only in development. */
export function answerFailure(
  error: unknown,
  config: Pick<HandlerConfig, "development" | "onError">,
  headers: Record<string, string> = {},
): Response {
  if (error instanceof Refusal) return errorResponse(error.status, error.message, { headers });
  if (error instanceof ProtocolError && error.code !== "internal") {
    const { httpStatus, publicText } = error.answer;
    return errorResponse(isErrorStatus(httpStatus) ? httpStatus : 500, publicText, { headers });
  }
  const cause = error instanceof ProtocolError ? error.cause ?? error : error;
  logger.error("A request failed: {error}", { error: cause });
  // of an application that could not make a session its own observers have heard
  if (!(cause instanceof Error && "trace" in cause)) config.onError?.(cause);
  return errorResponse(500, undefined, { headers, ...(config.development ? { detail: detailOf(cause) } : {}) });
}

/** An error with all that lies behind it; of one that carries its author's part of the stack, that part. */
function detailOf(error: unknown): string {
  if (error instanceof Error && "trace" in error && typeof error.trace === "string") {
    return `${error.message}\n\n${error.trace}`;
  }
  return Deno.inspect(error, { colors: false });
}
