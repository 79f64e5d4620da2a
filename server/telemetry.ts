/**
 * Traces by OpenTelemetry, which Deno collects and sends where `OTEL_DENO` says so.
 *
 * @module
 */

import { type Span, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Trace } from "../session/trace.ts";

/** Makes spans of what is traced. Without a collector they cost next to nothing. */
export function telemetryTrace(appPath?: string): Trace {
  const tracer = trace.getTracer("bokeh");
  const own = appPath === undefined ? {} : { "bokeh.app": appPath };
  return (name, attributes, work) =>
    tracer.startActiveSpan(name, { attributes: { ...own, ...attributes } }, (span) => endWith(span, work));
}

function endWith<T>(span: Span, work: () => T): T {
  try {
    const result = work();
    if (!(result instanceof Promise)) {
      span.end();
      return result;
    }
    result.then(() => span.end(), (error) => fail(span, error));
    return result;
  } catch (error) {
    fail(span, error);
    throw error;
  }
}

function fail(span: Span, error: unknown): void {
  span.recordException(error instanceof Error ? error : String(error));
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
