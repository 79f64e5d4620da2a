/**
 * Converts the values of date sliders to dates.
 *
 * @module
 */

/** A day in milliseconds. */
const DAY = 86_400_000;

/** Additional members of `DateSlider`. */
export interface DateSliderMethods {
  /** The value as a date-time, or null if there is no value. */
  readonly value_as_datetime: Date | null;
  /** Midnight (UTC) of the value's day, or null if there is no value. */
  readonly value_as_date: Date | null;
}

/** Additional members of `DatetimeRangeSlider`. */
export interface DatetimeRangeSliderMethods {
  /** The value as two date-times, or null if there is no value. */
  readonly value_as_datetime: [Date, Date] | null;
}

/** Additional members of `DateRangeSlider`. */
export interface DateRangeSliderMethods extends DatetimeRangeSliderMethods {
  /** Midnight (UTC) of the two days of the value, or null if there is no value. */
  readonly value_as_date: [Date, Date] | null;
}

/** A slider with one handle. */
interface SingleSlider {
  readonly value: number | null;
}

/** A slider with two handles. */
interface RangeSlider {
  readonly value: readonly number[] | null;
}

/** Implementation for the prototype of `DateSlider`. */
export const dateSliderMethods: DateSliderMethods & ThisType<SingleSlider> = {
  get value_as_datetime() {
    return this.value === null ? null : new Date(this.value);
  },
  get value_as_date() {
    return this.value === null ? null : dayOf(this.value);
  },
};

/** Implementation for the prototype of `DatetimeRangeSlider`. */
export const datetimeRangeSliderMethods: DatetimeRangeSliderMethods & ThisType<RangeSlider> = {
  get value_as_datetime() {
    return pairOf(this.value, (milliseconds) => new Date(milliseconds));
  },
};

/** Implementation for the prototype of `DateRangeSlider`. */
export const dateRangeSliderMethods: DateRangeSliderMethods & ThisType<RangeSlider> = {
  get value_as_datetime() {
    return pairOf(this.value, (milliseconds) => new Date(milliseconds));
  },
  get value_as_date() {
    return pairOf(this.value, dayOf);
  },
};

function dayOf(milliseconds: number): Date {
  return new Date(Math.floor(milliseconds / DAY) * DAY);
}

function pairOf(value: readonly number[] | null, convert: (milliseconds: number) => Date): [Date, Date] | null {
  if (value === null) return null;
  const [start, end] = value as [number, number];
  return [convert(start), convert(end)];
}
