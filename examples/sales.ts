// Sales: a dashboard with a login, as it is deployed. Its view is in the URL, so that a link shows it to
// others. Managers can also upload and delete numbers.
import type { Document } from "@bokeh/server";
import type { User } from "@bokeh/server/auth";
import { parse, stringify } from "@std/csv";
import { downloadButton, FileDropper } from "@bokeh/server/files";
import { column } from "@bokeh/server/layouts";
import { Button, ColumnDataSource, Div, RangeSlider, Select } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

export const metadata = { title: "Sales", description: "Sales of this year by city and month" };

const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1);

/** Invented sales by city, in thousands, of which each session changes a copy. */
const SALES = new Map([
  ["Oslo", [31, 29, 35, 38, 44, 47, 41, 40, 46, 52, 58, 71]],
  ["Rome", [52, 50, 57, 66, 72, 78, 69, 41, 63, 70, 74, 95]],
]);

export default function sales(doc: Document): void {
  const user = doc.session_context?.request?.user as User | null | undefined;
  const isManager = user?.groups.includes("managers") ?? false;
  const all = structuredClone(SALES);

  const city = new Select({ title: "City", options: [...all.keys()], value: "Oslo" });
  const months = new RangeSlider({ title: "Months", start: 1, end: 12, step: 1, value: [1, 12], format: "0" });
  doc.location.sync({ city, months });

  const shown = () => {
    const [first, last] = months.value;
    const month = MONTHS.filter((number) => first <= number && number <= last);
    return { month, sales: month.map((number) => all.get(city.value)![number - 1] ?? 0) };
  };
  const source = new ColumnDataSource({ data: shown() });
  const update = () => {
    source.data = shown();
    plot.title.text = `Sales of ${city.value}`;
  };
  const plot = figure({
    title: `Sales of ${city.value}`,
    x_axis_label: "month",
    y_axis_label: "thousands",
    tools: "hover,save",
    description: "Bars of the sales in each month.",
    x_range: [0.4, 12.6],
    height: 300,
    sizing_mode: "stretch_width",
    tooltips: [["month", "@month"], ["sales", "@sales"]],
  });
  plot.y_range.start = 0;
  plot.vbar({ x: "month", top: "sales", width: 0.8, source });
  for (const widget of [city, months]) widget.on_change("value", update);

  const csv = () => {
    const { month, sales } = shown();
    return stringify(month.map((number, i) => ({ month: number, sales: sales[i] })), { columns: ["month", "sales"] });
  };
  const download = downloadButton("Download", csv, { name: "sales.csv", type: "text/csv" });
  const greeting = new Div({ text: escape(user ? `Logged in as ${user.name}` : "Not logged in") });
  const tools = isManager ? managerTools(doc, all, city, months, update) : [];
  doc.add_root(column([greeting, city, months, plot, download, ...tools], { sizing_mode: "stretch_width" }));
  doc.title = "Sales";
}

/** Returns the widgets that change the numbers. */
function managerTools(
  doc: Document,
  all: Map<string, number[]>,
  city: Select,
  months: RangeSlider,
  update: () => void,
): (FileDropper | Button)[] {
  const { withLockedDocument } = doc.session_context!;
  const dropper = new FileDropper(
    { accept: ".csv", max_bytes: 10_000, multiple: false },
    async ({ name, stream }) => {
      const text = await new Response(stream).text();
      const rows = parse(text, { skipFirstRow: true, columns: ["month", "sales"] });
      await withLockedDocument(() => {
        for (const row of rows) {
          const month = Number(row.month);
          if (MONTHS.includes(month)) all.get(city.value)![month - 1] = Number(row.sales) || 0;
        }
        update();
        doc.notifications.info(`Uploaded ${name}`);
      });
    },
  );
  const remove = new Button({ label: "Delete", button_type: "danger" });
  remove.on_click(async () => {
    const [first, last] = months.value;
    const text = `Delete the sales of ${city.value} in the months ${first} to ${last}?`;
    if (!await doc.confirm(text, { ok: "Delete" })) return;
    all.get(city.value)!.fill(0, first - 1, last);
    update();
    doc.notifications.info("The sales are deleted");
  });
  return [dropper, remove];
}

/** Escapes a text for HTML. */
function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
