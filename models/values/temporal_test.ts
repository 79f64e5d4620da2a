import { assertEquals, assertThrows } from "@std/assert";
import { encodeTemporal } from "./temporal.ts";

Deno.test("encodeTemporal() keeps fractions of a millisecond", () => {
  assertEquals(encodeTemporal(Temporal.Instant.from("2024-02-29T12:30:15.123456Z")), 1709209815123.456);
  assertEquals(encodeTemporal(Temporal.PlainTime.from("00:00:00.0000005")), 0.0005);
});

Deno.test("encodeTemporal() returns negative numbers before 1970", () => {
  assertEquals(encodeTemporal(Temporal.Instant.from("1969-12-31T23:59:59.9995Z")), -0.5);
});

Deno.test("encodeTemporal() ignores the time zone of a date-time", () => {
  const dateTime = Temporal.ZonedDateTime.from("2024-01-01T00:00-05:00[America/New_York]");
  assertEquals(encodeTemporal(dateTime), Date.UTC(2024, 0, 1));
  assertEquals(encodeTemporal(dateTime.toInstant()), Date.UTC(2024, 0, 1, 5));
});

Deno.test("encodeTemporal() throws for durations in months", () => {
  assertThrows(() => encodeTemporal(Temporal.Duration.from({ months: 1 })), RangeError);
});

Deno.test("encodeTemporal() returns undefined for other objects", () => {
  assertEquals(encodeTemporal(new Date()), undefined);
  assertEquals(encodeTemporal({ [Symbol.toStringTag]: "Temporal" }), undefined);
});
