import { assertEquals } from "@std/assert";
import { DateRangeSlider, DateSlider, DatetimeRangeSlider } from "../mod.ts";

const [start, end] = [Date.UTC(2024, 0, 1), Date.UTC(2024, 11, 31)];
const [morning, noon] = [new Date("2024-02-29T06:00:00Z"), new Date("2024-03-01T12:00:00Z")];

Deno.test("date sliders convert their values to dates", () => {
  const slider = new DateSlider({ start, end, value: noon });
  assertEquals([slider.value_as_datetime, slider.value_as_date], [noon, new Date("2024-03-01")]);
  const range = new DateRangeSlider({ start, end, value: [morning, noon] });
  assertEquals(range.value_as_datetime, [morning, noon]);
  assertEquals(range.value_as_date, [new Date("2024-02-29"), new Date("2024-03-01")]);
  assertEquals(new DatetimeRangeSlider({ start, end, value: [morning, noon] }).value_as_datetime, [morning, noon]);
});
