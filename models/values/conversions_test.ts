import { assertEquals, assertThrows } from "@std/assert";
import { Document } from "../../document/document.ts";
import type { DocJson } from "../../protocol/message.ts";
import { ndarray } from "../wire/ndarray.ts";
import { type Color, ColorPicker, DateRangeSlider, DateSlider, DatetimePicker, DatetimeRangePicker } from "../mod.ts";
import {
  AdaptiveTicker,
  CategoricalPatternMapper,
  Line,
  LinearAxis,
  LinearColorMapper,
  MultipleDatetimePicker,
  Range1d,
  Serializer,
  Slider,
} from "../mod.ts";

/** Returns a document with one model as Python sends it. */
function sent(name: string, attributes: object): DocJson {
  return { version: "3.10.2", title: "", roots: [{ type: "object", name, id: "p1", attributes }] };
}

const NOON = Date.UTC(2024, 1, 29, 12);

Deno.test("expandShortForm() converts dates and times as pickers in browsers send them", () => {
  const picker = new DatetimePicker({ value: "2024-02-29T12:00:00" });
  assertEquals(picker.value, NOON);
  picker.value = "2024-02-29";
  assertEquals(picker.value, Date.UTC(2024, 1, 29));
  picker.value = "2024-02-29T13:00:00+01:00";
  assertEquals(picker.value, NOON + 3_600_000);
  assertEquals(new DatetimeRangePicker({ value: ["2024-02-29T12:00:00", NOON + 1] }).value, [NOON, NOON + 1]);
  assertEquals(new MultipleDatetimePicker({ value: ["2024-02-29 12:00", new Date(NOON)] }).value, [
    "2024-02-29 12:00",
    NOON,
  ]);
});

Deno.test("expandShortForm() rejects durations for dates and times, as Python does", () => {
  const day = Temporal.Duration.from({ hours: 24 });
  const value = (duration: unknown) => duration as number; // The type checker rejects durations too.
  const error = "a duration is not a date or time";
  assertThrows(
    () => new DatetimePicker({ value: value(day) }),
    TypeError,
    `DatetimePicker.value to a Duration: ${error}`,
  );
  assertThrows(() => new DatetimePicker({ min_date: value(day) }), TypeError, error);
  assertThrows(() => new DateSlider({ start: 0, end: 1, value: value(day) }), TypeError, error);
  assertThrows(() => new DateRangeSlider({ start: 0, end: 1, value: [0, value(day)] }), TypeError, error);
  // Ranges of durations.
  assertEquals(new Range1d({ start: value(day), end: 0 }).start, 86_400_000);
});

Deno.test("expandShortForm() converts dates as text for date sliders", () => {
  const slider = new DateSlider({ start: "2024-01-01", end: "2024-12-31", value: "2024-02-29" });
  assertEquals([slider.start, slider.value], [Date.UTC(2024, 0, 1), Date.UTC(2024, 1, 29)]);
  const range = new DateRangeSlider({ start: slider.start, end: slider.end, value: ["2024-01-02", "2024-01-03"] });
  assertEquals(range.value, [Date.UTC(2024, 0, 2), Date.UTC(2024, 0, 3)]);
});

Deno.test("expandShortForm() converts dates as text for ranges, as Python sends them", () => {
  const day = Date.UTC(2024, 1, 29);
  const attributes = { start: "2024-02-29", reset_end: "2024-02-29T12:00:00" };
  const range = Document.from_json(sent("Range1d", attributes)).select_one(Range1d);
  assertEquals([range.start, range.reset_end], [day, NOON]);
  const { bounds } = Document.from_json(sent("LinearAxis", { bounds: ["2024-02-29", NOON] })).select_one(LinearAxis);
  assertEquals(bounds, [day, NOON]);
});

Deno.test("prepareValue() converts typed arrays to lists", () => {
  const mantissas = new Serializer({ deferred: false }).encode(ndarray(Float64Array.of(1), [1]));
  const ticker = Document.from_json(sent("AdaptiveTicker", { mantissas })).select_one(AdaptiveTicker);
  assertEquals(ticker.mantissas, [1]);
  assertThrows(() => ticker.set("mantissas", new DataView(new ArrayBuffer(8))), TypeError, "AdaptiveTicker.mantissas");
  const line = new Line();
  line.set("line_dash", Int32Array.of(4, 2));
  assertEquals(line.line_dash, [4, 2]);
  assertThrows(() => line.set("line_dash", Float64Array.of(0.5)), TypeError, "Line.line_dash");
});

Deno.test("prepareValue() accepts names of textures as hatch patterns, as Python does", () => {
  const attributes = { factors: ["a"], patterns: ["mine"], default_value: "own" };
  const mapper = Document.from_json(sent("CategoricalPatternMapper", attributes)).select_one(CategoricalPatternMapper);
  assertEquals<string[]>([...mapper.patterns, mapper.default_value], ["mine", "own"]);
});

Deno.test("expandShortForm() does not convert text that is not a date", () => {
  const picker = new DatetimePicker();
  for (const text of ["noon", "2024", "2024-02-30T25:00:00"]) assertThrows(() => picker.value = text, TypeError);
  const slider = new Slider({ start: 0, end: 1, value: 0 });
  assertThrows(() => slider.update({ value: "2024-02-29" as unknown as number }), TypeError);
});

Deno.test("expandShortForm() converts the color of a ColorPicker to hexadecimal", () => {
  const shown = (color: Color) => new ColorPicker({ color }).color;
  assertEquals(shown("green"), "#008000");
  assertEquals(shown("#ABC"), "#abc");
  assertEquals(shown([1, 2, 3]), "#010203");
  assertEquals(shown("rgb(255, 0, 127)"), "#ff007f");
  assertEquals(shown("rgba(1, 2, 3, 0.5)"), "#01020380");
});

Deno.test("expandShortForm() converts the name of a palette to its colors", () => {
  const { palette } = new LinearColorMapper({ palette: "Category10_3" });
  assertEquals([...palette], ["#1f77b4", "#ff7f0e", "#2ca02c"]);
  assertThrows(() => new LinearColorMapper({ palette: "Category10_4000" }), TypeError, "palette");
});
