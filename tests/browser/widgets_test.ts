/** Widgets that a user operates in a browser: the server receives the same values as Python's server. */

import { Buffer } from "node:buffer";
import { assertEquals } from "@std/assert";
import type { Document } from "@bokeh/server";
import { MenuItemClick } from "@bokeh/server/events";
import { column, row } from "@bokeh/server/layouts";
import {
  AutocompleteInput,
  CheckboxButtonGroup,
  CheckboxGroup,
  ColorPicker,
  ColumnDataSource,
  DataTable,
  DatePicker,
  DateRangePicker,
  DateSlider,
  DatetimePicker,
  DatetimeRangePicker,
  Dropdown,
  FileInput,
  type Model,
  MultiChoice,
  MultipleDatetimePicker,
  MultiSelect,
  NumericInput,
  PasswordInput,
  RadioGroup,
  Select,
  Spinner,
  StringEditor,
  Switch,
  TableColumn,
  TextAreaInput,
  TimePicker,
} from "@bokeh/server/models";
import { openPage } from "@bokeh/server/testing/browser";
import type { BrowserPage } from "../../testing/browser_page.ts";
import { ensureChromium } from "../../tools/setup/chromium.ts";

/** Playwright does not close its connection and timers during a test. */
const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

const DAY = 24 * 3600 * 1000;
const JANUARY = Date.UTC(2024, 0, 1);
const OPTIONS = ["a", "b", "c"];

/** Last value that the server received of each attribute, by `name.attr`. */
const received = new Map<string, unknown>();

function widgets(): Model[] {
  return [
    new DateSlider({ name: "day", start: JANUARY, end: JANUARY + 30 * DAY, value: JANUARY + 9 * DAY, width: 300 }),
    new DatePicker({ name: "date", value: "2024-01-10" }),
    new DateRangePicker({ name: "dates", value: ["2024-01-10", "2024-01-12"] }),
    new DatetimePicker({ name: "datetime", value: "2024-01-10T00:00:00" }),
    new DatetimeRangePicker({ name: "span", value: ["2024-01-10T12:00:00", "2024-01-12T12:00:00"] }),
    new MultipleDatetimePicker({ name: "datetimes", value: ["2024-01-10T00:00:00"] }),
    new TimePicker({ name: "time", value: "12:30:00" }),
    new Select({ name: "select", options: OPTIONS, value: "a" }),
    new MultiSelect({ name: "several", options: OPTIONS, value: ["a"] }),
    new MultiChoice({ name: "choice", options: OPTIONS, value: ["a"] }),
    new CheckboxGroup({ name: "boxes", labels: ["x", "y"] }),
    new CheckboxButtonGroup({ name: "buttons", labels: ["x", "y"] }),
    new RadioGroup({ name: "radio", labels: ["x", "y"], active: 0 }),
    new Switch({ name: "switch" }),
    new NumericInput({ name: "number", value: 1, mode: "float" }),
    new PasswordInput({ name: "password" }),
    new AutocompleteInput({ name: "fruit", completions: ["apple", "banana"], min_characters: 1 }),
    new TextAreaInput({ name: "area" }),
    new Spinner({ name: "spinner", value: 3, step: 0.5 }),
    new FileInput({ name: "file" }),
    new ColorPicker({ name: "color", color: "tomato" }),
  ];
}

function app(doc: Document): void {
  const all = widgets();
  for (const model of all) {
    for (const attr of ["value", "active", "color", "filename"]) {
      if (!model.properties().includes(attr)) continue;
      const listener = model as { on_change(attr: string, callback: (...args: unknown[]) => void): void };
      listener.on_change(attr, (_attr, _old, value) => received.set(`${model.name}.${attr}`, value));
    }
  }
  const menu = new Dropdown({ name: "menu", label: "menu", menu: [["One", "one"], ["Two", "two"]] });
  menu.on_event(MenuItemClick, ({ item }) => received.set("menu", item));
  const source = new ColumnDataSource({ name: "rows", data: { word: ["x", "y", "z"] } });
  source.on_change("data", (_attr, _old, { word }) => received.set("rows", [...word!]));
  source.selected.on_change("indices", (_attr, _old, indices) => received.set("selected", [...indices]));
  const columns = [new TableColumn({ field: "word", title: "Word", editor: new StringEditor() })];
  const table = new DataTable({ name: "table", source, columns, editable: true, width: 300, height: 150 });
  const places = all as never[];
  doc.add_root(row([column(places.slice(0, 11)), column([...places.slice(11), menu]), table]));
}

/** Returns the first element of a widget that matches a selector. */
function part({ page }: BrowserPage, name: string, selector: string) {
  const all = widgets();
  const widget = all.find((model) => model.name === name)!;
  const same = all.filter((model) => model.type === widget.type);
  const at = same.findIndex((model) => model.name === name);
  return page.locator(`.bk-${widget.type}`).nth(at).locator(selector).first();
}

/** Clicks days in the calendar of a picker. */
async function pickDays(page: BrowserPage, name: string, ...days: number[]): Promise<void> {
  await part(page, name, "input:not([type=hidden])").click();
  const calendar = page.page.locator(".flatpickr-calendar.open");
  for (const day of days) {
    const month = ".flatpickr-day:not(.prevMonthDay):not(.nextMonthDay)";
    await calendar.locator(month).filter({ hasText: new RegExp(`^${day}$`) }).click();
  }
  await page.page.mouse.click(5, 700);
}

async function type(page: BrowserPage, name: string, text: string, selector = "input"): Promise<void> {
  await part(page, name, selector).fill(text);
  await part(page, name, selector).press("Tab");
}

Deno.test("widgets: changes by a user reach the server", SANITIZERS, async () => {
  await using page = await openPage(app, { launch: { executablePath: await ensureChromium() } });
  assertEquals(await page.get("color", "color"), "#ff6347");
  assertEquals(await part(page, "color", "input").inputValue(), "#ff6347");

  await pickDays(page, "date", 15);
  await pickDays(page, "dates", 15, 18);
  await pickDays(page, "datetime", 15);
  await pickDays(page, "span", 15, 18);
  await pickDays(page, "datetimes", 15);
  await part(page, "time", "input:not([type=hidden])").click();
  await page.page.locator(".flatpickr-calendar.open .flatpickr-hour").fill("9");
  await page.page.keyboard.press("Enter");
  await part(page, "day", ".noUi-handle").press("ArrowRight");

  await part(page, "select", "select").selectOption("b");
  await part(page, "several", "select").selectOption(["b", "c"]);
  await part(page, "choice", ".choices").click();
  await part(page, "choice", ".choices__list--dropdown [data-value=c]").click();
  await page.page.keyboard.press("Escape");
  await part(page, "boxes", "label:last-child input").click();
  await part(page, "buttons", ".bk-btn:last-child").click();
  await part(page, "radio", "label:last-child input").click();
  await page.page.locator(".bk-Switch").click();
  await type(page, "number", "2.5");
  await type(page, "password", "secret");
  await part(page, "fruit", "input").pressSequentially("ba");
  for (const key of ["ArrowDown", "Enter"]) await part(page, "fruit", "input").press(key);
  await type(page, "area", "two\nlines", "textarea");
  await part(page, "spinner", ".bk-spin-btn-up").click();
  const file = { name: "x.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\n") };
  await part(page, "file", "input").setInputFiles(file);
  await part(page, "color", "input").fill("#00ff00");
  await page.page.locator(".bk-Dropdown button").click();
  await page.page.getByText("Two", { exact: true }).click();

  await page.page.locator(".bk-DataTable .slick-cell.r1").nth(1).dblclick();
  await page.page.keyboard.press("Control+A");
  await page.page.keyboard.type("edited");
  await page.page.keyboard.press("Enter");
  await page.settled();

  assertEquals(Object.fromEntries(received), {
    "date.value": "2024-01-15",
    "dates.value": ["2024-01-15", "2024-01-18"],
    "datetime.value": JANUARY + 14 * DAY,
    "span.value": [JANUARY + 14.5 * DAY, JANUARY + 17.5 * DAY],
    "datetimes.value": ["2024-01-10T00:00:00", "2024-01-15T00:00:00"],
    "time.value": "09:30:00",
    "day.value": JANUARY + 10 * DAY,
    "select.value": "b",
    "several.value": ["b", "c"],
    "choice.value": ["a", "c"],
    "boxes.active": [1],
    "buttons.active": [1],
    "radio.active": 1,
    "switch.active": true,
    "number.value": 2.5,
    "password.value": "secret",
    "fruit.value": "banana",
    "area.value": "two\nlines",
    "spinner.value": 3.5,
    "file.value": btoa("a,b\n"),
    "file.filename": "x.csv",
    "color.color": "#00ff00",
    menu: "two",
    selected: [1],
    rows: ["x", "edited", "z"],
  });
});
