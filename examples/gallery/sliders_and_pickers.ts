// Sliders and pickers: widgets for numbers, ranges, dates and times.
import type { Document } from "@bokeh/server";
import { column, row } from "@bokeh/server/layouts";
import { CategoricalSlider, DatePicker, DateRangePicker, DateRangeSlider, DateSlider } from "@bokeh/server/models";
import { DatetimePicker, MultipleDatePicker, RangeSlider, Slider, TimePicker } from "@bokeh/server/models";

/** One widget of each type. */
export default function (doc: Document): void {
  const day = (month: number, date: number) => Date.UTC(2024, month - 1, date);
  const sliders = column([
    new Slider({ title: "number", start: 0, end: 10, step: 0.1, value: 3, bar_color: "teal" }),
    new Slider({
      title: "vertical",
      start: 0,
      end: 5,
      value: 1,
      orientation: "vertical",
      direction: "rtl",
      height: 120,
    }),
    new RangeSlider({ title: "range", start: 0, end: 10, value: [2, 7], format: "0.00" }),
    new CategoricalSlider({ title: "weekday", categories: ["Mon", "Tue", "Wed"], value: "Tue" }),
    new DateSlider({ title: "date", start: day(1, 1), end: day(12, 31), value: day(2, 29), step: 1 }),
    new DateRangeSlider({ title: "dates", start: day(1, 1), end: day(12, 31), value: [day(3, 1), day(5, 31)] }),
  ]);
  const pickers = column([
    new DatePicker({ title: "date", value: "2024-02-29", min_date: "2024-01-01", disabled_dates: ["2024-02-14"] }),
    new DateRangePicker({ title: "from and to", value: ["2024-03-01", "2024-03-15"] }),
    new MultipleDatePicker({ title: "several dates", value: ["2024-03-01", "2024-03-15"], separator: ", " }),
    new DatetimePicker({ title: "date and time", value: new Date("2024-02-29T12:30:00Z") }),
    new TimePicker({ title: "time", value: (12 * 60 + 30) * 60_000, hour_increment: 2, seconds: true }),
  ]);
  doc.add_root(row(sliders, pickers));
  doc.title = "Sliders and pickers";
}
