/**
 * Detection of Deno's OpenTelemetry export.
 *
 * @module
 */

/**
 * Returns whether Deno exports traces, metrics and console lines to OpenTelemetry: `OTEL_DENO` is
 * exactly `true`.
 */
export function isTelemetryOn(): boolean {
  return Deno.env.get("OTEL_DENO") === "true";
}
