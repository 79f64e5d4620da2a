/**
 * The representation of dates, times and durations on the wire.
 *
 * @module
 */

/**
 * Returns the representation of an instance of a class of `Temporal`, undefined for other objects.
 *
 * Instants and date-times are milliseconds since 1970. As in Python, the time zone of a zoned
 * date-time is ignored: its local date and time count as UTC. Dates are text, `"2024-02-29"`. Times
 * of day and durations are milliseconds.
 *
 * @throws {RangeError} If a duration has years, months or weeks, whose length is not fixed.
 */
export function encodeTemporal(value: object): number | string | undefined {
  switch ((value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag]) {
    case "Temporal.Instant":
      return nanosecondsToMilliseconds((value as Temporal.Instant).epochNanoseconds);
    case "Temporal.ZonedDateTime":
      return localMilliseconds((value as Temporal.ZonedDateTime).toPlainDateTime());
    case "Temporal.PlainDateTime":
      return localMilliseconds(value as Temporal.PlainDateTime);
    case "Temporal.PlainDate":
      return (value as Temporal.PlainDate).toString({ calendarName: "never" });
    case "Temporal.PlainTime":
      return timeOfDayToMilliseconds(value as Temporal.PlainTime);
    case "Temporal.Duration":
      return (value as Temporal.Duration).total("milliseconds");
    default:
      return undefined;
  }
}

/**
 * Returns a date or date-time as milliseconds since 1970, a time of day as milliseconds since
 * midnight, and a duration in milliseconds. Returns undefined for other objects.
 *
 * @throws {RangeError} If a duration has years, months or weeks.
 */
export function toMilliseconds(value: object): number | undefined {
  const encoded = encodeDateTime(value);
  return typeof encoded === "string" ? Date.parse(encoded) : encoded;
}

/**
 * Returns the representation of a `Date` or of an instance of a class of `Temporal`, undefined for
 * other objects.
 *
 * @throws {RangeError} If a duration has years, months or weeks.
 */
export function encodeDateTime(value: object): number | string | undefined {
  return value instanceof Date ? value.getTime() : encodeTemporal(value);
}

/**
 * Returns whether an object with a representation is a date or date-time, not a time of day or a
 * duration.
 */
export function isPointInTime(value: object): boolean {
  const tag = (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
  return tag !== "Temporal.PlainTime" && tag !== "Temporal.Duration";
}

function localMilliseconds(dateTime: Temporal.PlainDateTime): number {
  return nanosecondsToMilliseconds(dateTime.toZonedDateTime("UTC").epochNanoseconds);
}

/**
 * Converts nanoseconds to milliseconds. It divides the integer first: a number cannot hold
 * nanoseconds since 1970 exactly.
 */
function nanosecondsToMilliseconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1_000_000n) + Number(nanoseconds % 1_000_000n) / 1e6;
}

function timeOfDayToMilliseconds(time: Temporal.PlainTime): number {
  const { hour, minute, second, millisecond, microsecond, nanosecond } = time;
  const whole = ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
  return whole + microsecond / 1e3 + nanosecond / 1e6;
}
