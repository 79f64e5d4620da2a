/**
 * The values of sliders of dates as dates.
 *
 * @module
 */

const DAY = 86_400_000;

/** What sliders of one date offer. */
export interface DateSliderMethods {
  /** The value as a moment; null where there is none. */
  readonly value_as_datetime: Date | null;
  /** The beginning of the day of the value, in UTC; null where there is none. */
  readonly value_as_date: Date | null;
}

/** What sliders of two moments offer. */
export interface DatetimeRangeSliderMethods {
  /** The value as two moments; null where there is none. */
  readonly value_as_datetime: [Date, Date] | null;
}

/** What sliders of two dates offer. */
export interface DateRangeSliderMethods extends DatetimeRangeSliderMethods {
  /** The beginnings of the two days of the value, in UTC; null where there is none. */
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

/** The implementation, for the prototype of sliders of one date. */
export const dateSliderMethods: DateSliderMethods & ThisType<SingleSlider> = {
  get value_as_datetime() {
    return this.value === null ? null : new Date(this.value);
  },
  get value_as_date() {
    return this.value === null ? null : dayOf(this.value);
  },
};

/** The implementation, for the prototype of sliders of two moments. */
export const datetimeRangeSliderMethods: DatetimeRangeSliderMethods & ThisType<RangeSlider> = {
  get value_as_datetime() {
    return pairOf(this.value, (moment) => new Date(moment));
  },
};

/** The implementation, for the prototype of sliders of two dates. */
export const dateRangeSliderMethods: DateRangeSliderMethods & ThisType<RangeSlider> = {
  get value_as_datetime() {
    return pairOf(this.value, (moment) => new Date(moment));
  },
  get value_as_date() {
    return pairOf(this.value, dayOf);
  },
};

function dayOf(moment: number): Date {
  return new Date(Math.floor(moment / DAY) * DAY);
}

function pairOf(value: readonly number[] | null, convert: (moment: number) => Date): [Date, Date] | null {
  if (value === null) return null;
  const [start, end] = value as [number, number];
  return [convert(start), convert(end)];
}
