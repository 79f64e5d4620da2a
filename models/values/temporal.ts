/**
 * What a point in time, a time of day or a duration is on the wire.
 *
 * @module
 */

/**
 * The wire's value of one of the classes of `Temporal`, or undefined for any other object.
 *
 * Moments are milliseconds since 1970; as in Python, a date and time counts as it stands on the clock, whatever its time
 * zone. Dates are text, `"2024-02-29"`. Times of day and durations are milliseconds. Throws a RangeError for durations in
 * years, months or weeks, which have no length of their own.
 */
export function encodeTemporal(value: object): number | string | undefined {
  switch ((value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag]) {
    case "Temporal.Instant":
      return ofNanoseconds((value as Temporal.Instant).epochNanoseconds);
    case "Temporal.ZonedDateTime":
      return wallClock((value as Temporal.ZonedDateTime).toPlainDateTime());
    case "Temporal.PlainDateTime":
      return wallClock(value as Temporal.PlainDateTime);
    case "Temporal.PlainDate":
      return (value as Temporal.PlainDate).toString({ calendarName: "never" });
    case "Temporal.PlainTime":
      return timeOfDay(value as Temporal.PlainTime);
    case "Temporal.Duration":
      return (value as Temporal.Duration).total("milliseconds");
    default:
      return undefined;
  }
}

/**
 * Milliseconds since 1970 of a `Date`, of a moment of `Temporal`, or of the beginning of a day; those of a time of day or
 * a duration are its length. Undefined for any other object.
 */
export function toMilliseconds(value: object): number | undefined {
  const encoded = encodeMoment(value);
  return typeof encoded === "string" ? Date.parse(encoded) : encoded;
}

/** The value on the wire of a `Date` or of one of the classes of `Temporal`, undefined for any other object. */
export function encodeMoment(value: object): number | string | undefined {
  return value instanceof Date ? value.getTime() : encodeTemporal(value);
}

/** Returns whether an object names a point in time, or a day: times of day and durations do not. */
export function isPointInTime(value: object): boolean {
  const tag = (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
  return tag !== "Temporal.PlainTime" && tag !== "Temporal.Duration";
}

function wallClock(moment: Temporal.PlainDateTime): number {
  return ofNanoseconds(moment.toZonedDateTime("UTC").epochNanoseconds);
}

/** Splits before it divides: nanoseconds since 1970 do not fit a number exactly. */
function ofNanoseconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1_000_000n) + Number(nanoseconds % 1_000_000n) / 1e6;
}

function timeOfDay(time: Temporal.PlainTime): number {
  const { hour, minute, second, millisecond, microsecond, nanosecond } = time;
  const whole = ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
  return whole + microsecond / 1e3 + nanosecond / 1e6;
}
