/**
 * Traces and metrics by OpenTelemetry, which Deno collects and sends if the environment has `OTEL_DENO=true`.
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

/** Makes spans of what is traced. Without a collector they cost next to nothing. */
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

/** Records how long session creations and callbacks take: histograms, which need every single duration. */
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

/** Interval between two reports of figures. */
const REPORT_MILLISECONDS = 5000;

/**
 * Reports the figures of `/metrics` that are counters and gauges at intervals, under the same names. It records them itself:
 * instruments that Deno observes can keep a process from ending, when Deno waits for an observation while it exits.
 *
 * @param read returns the figures as they are now
 * @returns reports for the last time
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

/** Returns what records a sample of a figure; undefined for histograms, which {@linkcode telemetryObserver} records. */
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
 * Keeps the secrets in URLs out of Deno's own spans of requests: the query, which may hold the id or the token of a session, and
 * the ids of uploads and downloads. Deno sets the attributes before any handler runs and cannot take them back, so this replaces
 * the method by which it sets them, once for the whole process.
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

/** Name of the method that hides secrets, by which it is recognized. */
const HIDING = "setAttributeWithoutSecrets";

function withoutSecrets(name: string, value: string): string {
  if (name === "url.query") return "";
  if (name === "url.path") return publicPath(value);
  return name === "url.full" ? publicPath(value.replace(/[?#].*$/s, "")) : value;
}
