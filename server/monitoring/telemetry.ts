/**
 * Traces and metrics for OpenTelemetry. Deno exports them if the environment has `OTEL_DENO=true`.
 *
 * @module
 */

import { metrics, type Span, SpanStatusCode, trace } from "@opentelemetry/api";
import type { SessionObserver } from "../../session/observability/observer.ts";
import type { Trace } from "../../session/observability/trace.ts";
import { publicPath } from "../requests/access_log.ts";
import { BOUNDS } from "./histogram.ts";
import type { MetricFamily, Sample } from "./metric_family.ts";

/** Name of the tracer and of the meter. */
const SCOPE = "bokeh";

/** Returns a function that runs work as spans. Without an exporter, spans do nothing. */
export function telemetryTrace(appPath?: string): Trace {
  const tracer = trace.getTracer(SCOPE);
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

/**
 * Returns an observer that records the durations of session creations and callbacks in histograms,
 * which need each single duration.
 */
export function telemetryObserver(appPath: string): SessionObserver {
  const meter = metrics.getMeter(SCOPE);
  const options = { unit: "s", advice: { explicitBucketBoundaries: [...BOUNDS] } };
  const callbacks = meter.createHistogram("bokeh_callback_seconds", options);
  const creations = meter.createHistogram("bokeh_session_creation_seconds", options);
  const attributes = { app: appPath };
  return (event) => {
    if (event.type === "transactionEnded") callbacks.record(event.milliseconds / 1000, attributes);
    if (event.type === "sessionCreated") creations.record(event.milliseconds / 1000, attributes);
  };
}

/** Interval between two reports of metrics. */
const REPORT_MILLISECONDS = 5000;

/**
 * Reports the counters and gauges of `/metrics` periodically, under the same names. Observable
 * instruments are not used: Deno waits for their observation while it exits, which can keep a
 * process from ending.
 *
 * @param read Returns the current metrics.
 * @returns Function that ends the reports, after a last one.
 */
export function reportMetrics(read: () => readonly MetricFamily[]): () => void {
  const recorders = new Map(read().map((family) => [family.name, recorderOf(family)]));
  const report = () => {
    for (const { name, samples } of read()) for (const sample of samples) recorders.get(name)?.(sample);
  };
  report();
  const timer = setInterval(report, REPORT_MILLISECONDS);
  Deno.unrefTimer(timer);
  return () => {
    clearInterval(timer);
    report();
  };
}

/**
 * Returns a function that records a sample of a metric, or undefined for histograms, which
 * {@linkcode telemetryObserver} records.
 */
function recorderOf({ name, type, help }: MetricFamily): ((sample: Sample) => void) | undefined {
  const meter = metrics.getMeter(SCOPE);
  const options = { description: help, ...(name.endsWith("_bytes") ? { unit: "By" } : {}) };
  if (type === "gauge") {
    const gauge = meter.createGauge(name, options);
    return ({ value, labels }) => gauge.record(value, labels);
  }
  if (type !== "counter") return undefined;
  const counter = meter.createCounter(name, options);
  const reported = new Map<string, number>();
  return ({ value, labels }) => {
    const key = JSON.stringify(labels);
    counter.add(value - (reported.get(key) ?? 0), labels);
    reported.set(key, value);
  };
}

/**
 * Removes secrets in URLs from Deno's own spans of requests: the query, which can hold a session id
 * or a token, and the ids of uploads and downloads. Deno sets the attributes of a span before any
 * handler runs, and attributes cannot be removed. Therefore this replaces the method `setAttribute`
 * of spans, once for the whole process.
 */
export function hideSecretsInSpans(): void {
  const span = trace.getTracer(SCOPE).startSpan(SCOPE);
  span.end();
  const prototype: Pick<Span, "setAttribute"> = Object.getPrototypeOf(span);
  const { setAttribute } = prototype;
  if (setAttribute.name === HIDING) return;
  prototype.setAttribute = {
    [HIDING](this: Span, name: string, value: Parameters<Span["setAttribute"]>[1]): Span {
      return setAttribute.call(this, name, typeof value === "string" ? withoutSecrets(name, value) : value);
    },
  }[HIDING]!;
}

/** Name of the replacing method, by which it is recognized. */
const HIDING = "setAttributeWithoutSecrets";

function withoutSecrets(name: string, value: string): string {
  if (name === "url.query") return "";
  if (name === "url.path") return publicPath(value);
  return name === "url.full" ? publicPath(value.replace(/[?#].*$/s, "")) : value;
}
