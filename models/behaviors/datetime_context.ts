import { DatetimeTickFormatter } from "../gen/classes.ts";

/**
 * Creates a formatter for the context of datetime ticks: the part of the date that the ticks omit,
 * such as the day for ticks that are hours, and the year for ticks that are days.
 *
 * @example
 * ```ts
 * import { DatetimeTickFormatter, RELATIVE_DATETIME_CONTEXT } from "@bokeh/server/models";
 * import { figure } from "@bokeh/server/plotting";
 *
 * const plot = figure({ x_axis_type: "datetime" });
 * plot.xaxis.formatter = new DatetimeTickFormatter({ days: "%b %d", context: RELATIVE_DATETIME_CONTEXT() });
 * ```
 */
export function RELATIVE_DATETIME_CONTEXT(): DatetimeTickFormatter {
  return new DatetimeTickFormatter({
    microseconds: "%T",
    milliseconds: "%T",
    seconds: "%H:%M",
    minsec: "%Hh",
    minutes: "%Hh",
    hourmin: "%F",
    hours: "%F",
    days: "%Y",
    months: "",
    years: "",
  });
}
