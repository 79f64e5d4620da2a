/**
 * Whether Deno sends telemetry.
 *
 * @module
 */

/** Returns whether Deno collects traces, metrics and console lines for OpenTelemetry. It accepts no other word than `true`. */
export function isTelemetryOn(): boolean {
  return Deno.env.get("OTEL_DENO") === "true";
}
