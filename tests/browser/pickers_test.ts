/** Date pickers show the date that the server has set, in every time zone of the browser. */

import { assertEquals } from "@std/assert";
import { serveBokeh } from "@bokeh/server";
import {
  DatePicker,
  DateRangePicker,
  DatetimePicker,
  type Model,
  MultipleDatePicker,
  MultipleDatetimePicker,
} from "@bokeh/server/models";
import { openBrowser, until } from "./browser.ts";

/** Playwright does not close its connection and timers during a test. */
const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

const DAY = new Date(Date.UTC(2024, 2, 10));
const NEXT = Temporal.PlainDate.from("2024-03-11");

function pickers(): Model[] {
  const limits = { min_date: DAY, max_date: Temporal.PlainDate.from("2024-03-20") };
  return [
    new DatePicker({ value: DAY, inline: true, ...limits, disabled_dates: [new Date(Date.UTC(2024, 2, 15))] }),
    new DatePicker({ value: NEXT, inline: true, enabled_dates: [[DAY, NEXT]] }),
    new DateRangePicker({ value: [DAY, NEXT] }),
    new MultipleDatePicker({ value: [DAY, "2024-03-12"] }),
    new DatetimePicker({ value: null, inline: true, disabled_dates: [NEXT], min_date: "2024-03-01" }),
    new MultipleDatetimePicker({ value: ["2024-03-10T15:30:00"] }),
  ];
}

for (const timezoneId of ["America/New_York", "Pacific/Auckland"]) {
  Deno.test({
    name: `date pickers: show the date that the server has set (time zone ${timezoneId})`,
    ...SANITIZERS,
    fn: async () => {
      await using server = await serveBokeh((doc) => pickers().forEach((picker) => doc.add_root(picker)), { port: 0 });
      await using browser = await openBrowser();
      const page = await browser.newPage({ timezoneId });
      await page.goto(server.url);
      await until(page, "doc.is_idle && doc.roots().length === 6");
      const shown = await page.evaluate(`Bokeh.documents[0].roots().map((model) => {
        const view = Bokeh.index.find_one(model);
        return view.shadow_el.querySelector("input.flatpickr-input[type=text], input.bk-input").value;
      })`);
      assertEquals(shown, [
        "2024-03-10",
        "2024-03-11",
        "2024-03-10 to 2024-03-11",
        "2024-03-10, 2024-03-12",
        "",
        "2024-03-10T15:30:00",
      ]);
      const open = await page.evaluate(`[0, 1].map((i) => {
        const { shadow_el } = Bokeh.index.find_one(Bokeh.documents[0].roots()[i]);
        const days = [...shadow_el.querySelectorAll(".flatpickr-day:not(.prevMonthDay):not(.nextMonthDay)")];
        return days.filter((day) => !day.classList.contains("flatpickr-disabled")).map((day) => Number(day.textContent));
      })`);
      assertEquals(open, [[10, 11, 12, 13, 14, 16, 17, 18, 19, 20], [10, 11]]);
    },
  });
}
